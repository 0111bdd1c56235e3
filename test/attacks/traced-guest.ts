import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError, type Limits } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import { ByteWriter } from '@wasm-plugin/engine/module';
import { wrapModule } from '../support/wrap-module.js';

/** The contents of custom sections by their names. */
export type CustomSections = Readonly<Record<string, Uint8Array>>;

const FUNCTIONS = 12;

/** Writes a core module whose "run" calls itself through twelve functions, and then fails. */
export async function failingModule(
  customs: CustomSections,
  { body = 'unreachable', padding = '' }: { body?: string; padding?: string } = {},
): Promise<Uint8Array> {
  const functions = Array.from({ length: FUNCTIONS }, (_, at) => {
    const next = at === FUNCTIONS - 1 ? body : `(call ${at + 1})`;
    return `(func ${at === 0 ? '(export "run")' : ''} ${padding} ${next})`;
  });
  return withCustoms(await parse(`(module ${functions.join('\n')})`), customs);
}

function withCustoms(module: Uint8Array, customs: CustomSections): Uint8Array {
  const writer = new ByteWriter(module.length);
  writer.copyFrom(module);
  for (const [name, contents] of Object.entries(customs)) {
    const section = new ByteWriter(contents.length + name.length + 8);
    section.name(name);
    section.copyFrom(contents);
    writer.byte(0);
    writer.sized(section.view());
  }
  return writer.copy();
}

/** Loads the module as a component, and returns a call that fails by the code `wanted`. */
export async function failingCall(
  module: Uint8Array,
  { limits, wanted }: { limits: Limits; wanted: string },
): Promise<() => PluginError> {
  const plugin = await createEngine({ limits }).load(await wrapModule(module, { run: '' }));
  const run = plugin.instantiate().exports['run'] as () => void;
  return () => {
    try {
      run();
    } catch (error) {
      if (PluginError.is(error) && error.code === wanted) return error;
      throw error;
    }
    throw new Error('the call returned');
  };
}
