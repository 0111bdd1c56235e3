import { readFileSync } from 'node:fs';
import type { WitWorld } from '../world/index.js';
import { ABORT_FILE, Context, RUNTIME_FILE, STATE_FILE, WIT_FILE } from './context.js';
import { bindExports, bindRuntime, type ExportNames } from './exports.js';
import { bindImports } from './imports.js';
import { tupleClass } from './tuple-class.js';

/** The AssemblyScript that stands between a plugin and the canonical ABI. */
export interface Bindings {
  /** Text by file name, to be put into one folder. */
  files: Map<string, string>;
  /** Names of the compiled module's exports, each with its name in AssemblyScript. */
  exports: { name: string; local: string }[];
}

/** The file among the bindings that the compiler starts from. */
export const ENTRY_FILE = 'exports.ts';

/**
 * Makes the bindings of a world.
 *
 * The plugin's entry file exports a namespace for each interface that the world exports, named in camelCase, with
 * the functions and resource classes in it; functions that the world exports by themselves it exports directly.
 *
 * @param entry the plugin's entry file, relative to the folder of the bindings and without `.ts`: `../index`
 * @throws {Error} the world has something that cannot be bound: a list of fixed length, an exported resource that an
 * import borrows
 */
export function generateBindings(world: WitWorld, entry = '../index'): Bindings {
  const context = new Context(world);
  const names: ExportNames = new Map();
  bindRuntime(context, names);
  for (const imported of [world.rootImports, ...world.imports]) bindImports(context, imported);
  for (const exported of [world.rootExports, ...world.exports]) bindExports(context, exported, names);
  const tuples = [...context.tuples].sort((a, b) => a - b).map(tupleClass);
  const files = new Map<string, string>([
    [`${WIT_FILE}.ts`, [libraryFile(WIT_FILE), ...tuples].join('\n')],
    ...[RUNTIME_FILE, ABORT_FILE, STATE_FILE].map((name): [string, string] => [
      `${name}.ts`,
      libraryFile(name),
    ]),
  ]);
  for (const module of context.modules) files.set(`${module.file}.ts`, module.text(entry));
  return { files, exports: [...names].map(([name, local]) => ({ name, local })) };
}

function libraryFile(name: string): string {
  return readFileSync(new URL(`../../assembly/${name}.ts`, import.meta.url), 'utf8');
}
