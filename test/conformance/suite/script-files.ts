import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder } from '../../wast/index.js';

/** The name of a suite. `component` and `core` are folders of the conformance data. */
export type Suite =
  'component' | 'core' | 'attacks' | 'audio' | 'programs' | 'bindings' | 'carriers' | 'formats' | 'watch';

/** A script of a suite. */
export interface ScriptFile {
  /** Its folder inside the suite; the suite's name for those at the top. */
  folder: string;
  /** Its path inside the suite, with `/`. */
  name: string;
  text: string;
}

/** Reason for which a suite without its data cannot run. */
export const NO_DATA =
  'no conformance data: neither ../shared/conformance nor the folder that WASM_PLUGIN_CONFORMANCE names exists';

/** Returns the folder of a suite, or that of the WIT files, `undefined` where it does not exist. */
export function suiteFolder(suite: Suite | 'wit'): string | undefined {
  const root =
    process.env['WASM_PLUGIN_CONFORMANCE'] ??
    fileURLToPath(new URL('../shared/conformance', projectFolder()));
  const folder = join(root, suite);
  return existsSync(folder) ? folder : undefined;
}

/** Lists the scripts of a suite by name, in order. */
export async function listScripts(suite: Suite): Promise<string[]> {
  const folder = suiteFolder(suite);
  if (folder === undefined) return [];
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.wast'))
    .map((name) => name.replaceAll(sep, '/'))
    .sort();
}

/** Reads a script of a suite that exists. */
export async function readScriptFile(suite: Suite, name: string): Promise<ScriptFile> {
  const text = await readFile(join(suiteFolder(suite) ?? '', name), 'utf8');
  const folder = posix.dirname(name);
  return { folder: folder === '.' ? suite : folder, name, text };
}
