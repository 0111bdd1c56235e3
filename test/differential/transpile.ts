import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transpileBytes } from '@bytecodealliance/jco-transpile';

/** Exports of an instance: interfaces and functions by name. */
export type Exports = Record<string, Record<string, (...args: unknown[]) => unknown>>;

type Instantiate = (
  getCoreModule: (path: string) => Promise<WebAssembly.Module>,
  imports: object,
) => Promise<Exports>;

/** A component as jco runs it. */
export interface TranspiledComponent {
  instantiate(imports: object): Promise<Exports>;
  /** Removes the files; what was imported stays usable. */
  close(): Promise<void>;
}

/** Transpiles a component with jco into a temporary folder and imports the result. */
export async function transpiled(bytes: Uint8Array): Promise<TranspiledComponent> {
  const { files } = await transpileBytes(bytes, {
    name: 'guest',
    instantiation: 'async',
    noComponentErrorWrapping: false, // the published mapping: an `Error` with a payload,
  });
  const folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-transpiled-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const contents = new Map<string, Uint8Array>(Object.entries(files));
  for (const [name, content] of contents) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const glue = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'guest.js')).href)) as {
    instantiate: Instantiate;
  };
  return {
    instantiate: (imports) =>
      glue.instantiate((path) => WebAssembly.compile(contents.get(path) as Uint8Array<ArrayBuffer>), imports),
    close: () => rm(folder, { recursive: true }),
  };
}
