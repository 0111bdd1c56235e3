import { decodeComponent, validateComponent } from '@wasm-plugin/engine/component';
import { CliError } from '../cli-error.js';
import { GRPC_PACKAGES, installed, interfaceTypes } from '../serve/index.js';
import type { Source } from './generate-declarations.js';

/** `.proto` files by name, and the items that they leave out. */
export interface Protos {
  readonly files: Map<string, string>;
  /** Functions that protobuf cannot say, with the reason. */
  readonly leftOut: readonly string[];
}

/**
 * Writes the exports of a world or a component in protobuf, as `wasm-plugin serve --grpc` serves them.
 * @param id - the package of functions of the world itself
 * @throws {CliError} WP_ABI_WORLD: the text is not valid WIT, or has no such world
 */
export async function generateProtos(id: string, source: Source): Promise<Protos> {
  const { protoFiles } = await installed(import('@wasm-plugin/native-bridge/grpc'), GRPC_PACKAGES);
  const bytes = source.kind === 'component' ? source.bytes : await dummyComponent(source);
  const { types, leftOut } = interfaceTypes(validateComponent(decodeComponent(bytes)));
  const protos = protoFiles({ id, types });
  const handles = leftOut.map((name) => `${name}: handles of resources hold in one connection`);
  return { files: new Map(Object.entries(protos.files)), leftOut: [...handles, ...protos.leftOut] };
}

/** Makes a component of a world that does nothing: its types are those of the world. */
async function dummyComponent({ text, world }: Source & { kind: 'wit' }): Promise<Uint8Array> {
  const { componentEmbed, componentNew } = await import('@bytecodealliance/jco-transpile/wasm-tools');
  try {
    const module = await componentEmbed({
      dummy: true,
      witSource: text,
      ...(world === undefined ? {} : { world }),
    });
    return new Uint8Array(await componentNew(module, []));
  } catch (error) {
    const { payload, message } = error as { payload?: unknown; message?: string };
    throw new CliError(`Cannot make .proto files: ${typeof payload === 'string' ? payload : message}`, {
      code: 'WP_ABI_WORLD',
    });
  }
}
