import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import { generateBindings } from '../bindings/index.js';
import { readWit } from '../wit/index.js';
import { decodeWorld, encodeWorld } from '../world/index.js';
import { compile } from './compile.js';
import { renameExports } from './rename-exports.js';

/** What `buildPlugin` builds. */
export interface BuildPluginOptions {
  /** The plugin's entry file; it finds its bindings in `./bindings/…`. */
  entry: string;
  /** A WIT file, or a folder with a package and its `deps`. */
  wit: string;
  /** The world that the plugin implements. */
  world: string;
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
  ascOptions = [],
}: BuildPluginOptions): Promise<Uint8Array> {
  const witSource = readWit(wit).text.text;
  const bindings = generateBindings(
    decodeWorld(await encodeWorld({ wit: witSource, world })),
    entryFrom(entry),
  );
  const module = await compile({ entry, bindings: bindings.files, ascOptions });
  const binary = await componentEmbed({
    binary: renameExports(module, [...bindings.exports, { name: '_initialize', local: '_initialize' }]),
    witSource,
    world,
    stringEncoding: 'utf16',
  });
  return componentNew(binary, []);
}

/** How the bindings, in a folder beside it, import the entry file. */
export function entryFrom(entry: string): string {
  return `../${entry.replace(/^.*[/\\]/, '').replace(/\.ts$/, '')}`;
}
