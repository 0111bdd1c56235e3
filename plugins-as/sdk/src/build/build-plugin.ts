import { basename, dirname, resolve } from 'node:path';
import { generateBindings } from '../bindings/index.js';
import { askWasmTools } from '../tools/index.js';
import { readWit } from '../wit/index.js';
import { readWorld } from '../world/index.js';
import { compile } from './compile.js';
import { embedSourceMap } from './embed-source-map.js';
import { loadCompiler } from './load-compiler.js';
import { renameExports } from './rename-exports.js';

/** Options of `buildPlugin`. */
export interface BuildPluginOptions {
  /** The plugin's entry file; it finds its bindings in `./bindings/…`. */
  entry: string;
  /** A WIT file, or a folder with a package and its `deps`. */
  wit: string;
  /** The world that the plugin implements. */
  world: string;
  /** If true, a trap names functions, files and lines. The plugin is several times as large. @default false */
  debug?: boolean;
  /** More options of the compiler, e.g. `['--enable', 'simd']`. @default [] */
  ascOptions?: readonly string[];
}

/**
 * Builds a plugin written in AssemblyScript: a component, ready to be loaded. The same sources give the same bytes.
 *
 * @throws {Error} the WIT or the sources have errors
 */
export async function buildPlugin({
  entry,
  wit,
  world,
  debug = false,
  ascOptions = [],
}: BuildPluginOptions): Promise<Uint8Array> {
  const source = readWit(wit);
  // It takes as long as the reading of the world, which a thread does. Where the world is wrong, that is what is said.
  const loading = loadCompiler(entry);
  loading.catch(() => {});
  const bindings = generateBindings(await readWorld(source, world), entryFrom(entry));
  const { module, sourceMap } = await compile({
    entry,
    compiler: await loading,
    bindings: bindings.files,
    debug,
    ascOptions,
  });
  const renamed = renameExports(module, [...bindings.exports, { name: '_initialize', local: '_initialize' }]);
  const answer = await askWasmTools({
    kind: 'componentize',
    module:
      sourceMap === undefined
        ? renamed
        : embedSourceMap(renamed, {
            map: sourceMap,
            folder: basename(dirname(resolve(entry))),
            movedBytes: renamed.length - module.length,
          }),
    wit: source.text.text,
    world,
  });
  if (answer.kind === 'done') return answer.bytes;
  throw new Error(`Cannot make a component of "${entry}": ${answer.reason}`);
}

/** Returns the path by which the bindings, in a folder beside it, import the entry file. */
export function entryFrom(entry: string): string {
  return `../${entry.replace(/^.*[/\\]/, '').replace(/\.ts$/, '')}`;
}
