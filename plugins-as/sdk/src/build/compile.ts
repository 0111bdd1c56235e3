import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Transform } from 'assemblyscript/transform';
import { ENTRY_FILE } from '../bindings/index.js';
import type { Compiler } from './load-compiler.js';

/** Options of `compile`. */
export interface CompileOptions {
  /** The plugin's entry file. */
  entry: string;
  compiler: Compiler;
  /** Files of the bindings by name; for the compiler they lie in the folder `bindings` beside the entry. */
  bindings: ReadonlyMap<string, string>;
  /** If true, keeps the names of functions and makes a source map. */
  debug: boolean;
  /** More options of `asc`, e.g. `['--enable', 'simd']`. */
  ascOptions: readonly string[];
}

/** Output of the compiler. */
export interface Compiled {
  module: Uint8Array;
  /** Absent unless a source map was requested. */
  sourceMap: string | undefined;
}

const OPTIONS = ['-O3', '--runtime', 'minimal', '--exportStart', '_initialize', '--noColors'];

/** The collector that the bindings run between calls counts its bytes, but does not tell. */
const COLLECTOR = 'rt/tcms';
const TELL = `
// @ts-ignore: decorator
@global @unsafe
export function __allocated(): usize {
  return total;
}
`;

/**
 * Compiles a plugin with its bindings to a core module.
 * @throws {Error} the sources have errors: the message is the compiler's
 */
export async function compile({
  entry,
  compiler,
  bindings,
  debug,
  ascOptions,
}: CompileOptions): Promise<Compiled> {
  const root = dirname(resolve(entry));
  const folder = join(root, 'bindings');
  let module: Uint8Array | undefined;
  let sourceMap: string | undefined;
  const read = (name: string, base: string): Promise<string | null> => {
    const path = resolve(base, name);
    const generated = dirname(path) === folder ? bindings.get(basename(path)) : undefined;
    if (generated !== undefined) return Promise.resolve(generated);
    return readFile(path, 'utf8').catch(() => null);
  };
  const located = debug || ascOptions.includes('--sourceMap');
  const abort = `abort=bindings/abort/${located ? 'abortAt' : 'abort'}`;
  const debugging = debug ? ['--debug', '--sourceMap'] : [];
  const options = [...OPTIONS, '--use', abort, ...debugging, ...ascOptions];
  const start = ['bindings', ENTRY_FILE].join('/');
  const run = (transforms: Transform[]): ReturnType<Compiler['main']> =>
    compiler.main([start, '--baseDir', root, '--outFile', 'plugin.wasm', ...options], {
      transforms,
      readFile: read,
      writeFile: (_, contents) => {
        if (typeof contents === 'string') sourceMap = contents;
        else module = contents;
      },
      listFiles: () => [],
    });
  let { error, stderr } = await withCollector(compiler, () => run(located ? [] : [WITHOUT_LIBRARY_NAMES]));
  if (error !== null && NAMELESS.test(stderr.toString()))
    ({ error, stderr } = await withCollector(compiler, () => run([])));
  if (error !== null || module === undefined) {
    const place = relative(process.cwd(), root).split(sep).join('/') || '.';
    throw new Error(`Cannot compile "${place}/${basename(entry)}":\n${stderr.toString().trim()}`, {
      cause: error,
    });
  }
  return { module, sourceMap };
}

/** The part of the compiler's program that is used. */
interface Program {
  readonly sources: readonly { readonly isLibrary: boolean; normalizedPath: string }[];
}

/**
 * Each `assert` of the library passes the name of its file to `abort`, as a text of some 60 bytes in the plugin's memory, which
 * `bindings/abort` does not read unless it is built to be looked into.
 */
const WITHOUT_LIBRARY_NAMES = {
  afterInitialize({ sources }: Program): void {
    for (const source of sources) if (source.isLibrary) source.normalizedPath = '';
  },
} as unknown as Transform;

/** The place of an error in a file of the library, without its name. */
const NAMELESS = / in \(\d+,\d+\)/;

/** Runs the compiler with a collector that reports the bytes it holds. */
async function withCollector<T>({ libraryFiles }: Compiler, run: () => Promise<T>): Promise<T> {
  const files = libraryFiles as Record<string, string>;
  const original = files[COLLECTOR];
  if (original === undefined)
    throw new Error('Cannot compile: this version of assemblyscript has another collector');
  if (!original.includes(TELL)) files[COLLECTOR] = original + TELL;
  return run();
}
