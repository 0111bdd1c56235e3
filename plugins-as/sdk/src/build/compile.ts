import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { libraryFiles, main } from 'assemblyscript/asc';
import { ENTRY_FILE } from '../bindings/index.js';

/** What `compile` compiles. */
export interface CompileOptions {
  /** The plugin's entry file. */
  entry: string;
  /** Files of the bindings by name; for the compiler they lie in the folder `bindings` beside the entry. */
  bindings: ReadonlyMap<string, string>;
  /** More options of `asc`, e.g. `['--enable', 'simd']`. */
  ascOptions: readonly string[];
}

const OPTIONS = [
  '-O3',
  '--runtime',
  'minimal',
  '--exportStart',
  '_initialize',
  // A trap says as much as the text of an abort would, which nobody could read.
  '--use',
  'abort=',
  '--noColors',
];

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
 *
 * @throws {Error} the sources have errors: the message is what the compiler says
 */
export async function compile({ entry, bindings, ascOptions }: CompileOptions): Promise<Uint8Array> {
  const root = dirname(resolve(entry));
  const folder = join(root, 'bindings');
  let output: Uint8Array | undefined;
  const read = (name: string, base: string): Promise<string | null> => {
    const path = resolve(base, name);
    const generated = dirname(path) === folder ? bindings.get(basename(path)) : undefined;
    if (generated !== undefined) return Promise.resolve(generated);
    return readFile(path, 'utf8').catch(() => null);
  };
  const start = ['bindings', ENTRY_FILE].join('/');
  const { error, stderr } = await withCollector(() =>
    main([start, '--baseDir', root, '--outFile', 'plugin.wasm', ...OPTIONS, ...ascOptions], {
      readFile: read,
      writeFile: (_, contents) => {
        output = contents as Uint8Array;
      },
      listFiles: () => [],
    }),
  );
  if (error !== null || output === undefined) {
    const place = relative(process.cwd(), root).split(sep).join('/') || '.';
    throw new Error(`Cannot compile "${place}/${basename(entry)}":\n${stderr.toString().trim()}`, {
      cause: error,
    });
  }
  return output;
}

/** Runs the compiler with a collector that tells how many bytes it holds. */
async function withCollector<T>(run: () => Promise<T>): Promise<T> {
  const files = libraryFiles as Record<string, string>;
  const original = files[COLLECTOR];
  if (original === undefined)
    throw new Error('Cannot compile: this version of assemblyscript has another collector');
  if (!original.includes(TELL)) files[COLLECTOR] = original + TELL;
  return run();
}
