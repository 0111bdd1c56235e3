import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transpileBytes } from '@bytecodealliance/jco-transpile';

/** Exports of a module that jco wrote with `instantiation: 'async'`. */
interface Glue {
  instantiate(
    getCoreModule: (path: string) => WebAssembly.Module | Promise<WebAssembly.Module>,
    imports: Record<string, unknown>,
  ): Promise<Record<string, unknown>>;
}

/** Imports of an instance of jco, without versions in their names. */
export type JcoImports = Record<string, unknown>;

/** Transpiles a component with jco, imports the glue and instantiates it, as its users do before they can call anything. */
export async function instantiateWithJco(
  component: Uint8Array,
  imports: JcoImports,
): Promise<Record<string, unknown>> {
  const { files } = await transpileBytes(component, { name: 'component', instantiation: 'async' });
  const folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-bench-'));
  try {
    const cores = new Map<string, Uint8Array<ArrayBuffer>>();
    let glue = '';
    for (const [name, content] of Object.entries(files)) {
      if (name.endsWith('.js')) {
        glue = join(folder, basename(name, '.js') + '.mjs');
        await writeFile(glue, content);
      } else if (name.endsWith('.wasm')) cores.set(name, new Uint8Array(content));
    }
    const { instantiate } = (await import(pathToFileURL(glue).href)) as Glue;
    return await instantiate(
      (path) => WebAssembly.compile(cores.get(path) as Uint8Array<ArrayBuffer>),
      imports,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
