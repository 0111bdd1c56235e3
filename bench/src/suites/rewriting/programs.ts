import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A module that somebody uses. */
export interface Program {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A large program that Go compiled, and a small one that Emscripten did. */
export function programs(): Program[] {
  const { resolve } = createRequire(import.meta.url);
  return [
    ['esbuild', resolve('esbuild-wasm/esbuild.wasm')] as const,
    ['sql.js', resolve('sql.js/dist/sql-wasm.wasm')] as const,
  ].map(([name, path]) => ({ name, path, bytes: new Uint8Array(readFileSync(path)) }));
}
