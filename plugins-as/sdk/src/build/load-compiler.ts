import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as asc from 'assemblyscript/asc';

/** The compiler of AssemblyScript. */
export type Compiler = Pick<typeof asc, 'libraryFiles' | 'main'>;

/** The version of `assemblyscript` that plugins are built with: its peer dependency in `package.json` is the same. */
export const ASSEMBLYSCRIPT_VERSION = '0.28.20';

/**
 * Loads the compiler that is installed for a plugin, or else beside this package. It is not installed with this package: it
 * brings binaryen, of 93 MB, which only those need who build a plugin in AssemblyScript.
 *
 * @param entry - the plugin's entry file
 * @throws {Error} it is not installed
 */
export async function loadCompiler(entry: string): Promise<Compiler> {
  for (const from of [resolve(entry), import.meta.url]) {
    const path = resolveFrom(from);
    if (path !== undefined) return (await import(pathToFileURL(path).href)) as Compiler;
  }
  throw new Error(
    `Cannot compile "${entry}": the compiler of AssemblyScript is not installed; "npm install --save-dev assemblyscript@${ASSEMBLYSCRIPT_VERSION}" installs it`,
  );
}

function resolveFrom(from: string): string | undefined {
  try {
    // Its door `assemblyscript/asc` is only there for `import`, which cannot begin elsewhere.
    return createRequire(from).resolve('assemblyscript/dist/asc.js');
  } catch {
    return undefined;
  }
}
