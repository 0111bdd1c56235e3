import { PluginError } from '../errors.js';
import { pathProblem } from './path-problem.js';

/** The files of a plugin, whether they lie in a folder, in a packed file or in memory. */
export interface PluginFiles {
  /** Place that the files come from, for messages. */
  readonly source: string;
  /** The paths of all files, sorted. */
  list(): Promise<readonly string[]>;
  /**
   * Reads a file.
   * @throws {PluginError} WP_PACKAGE if it is not there, is too large, is damaged, or the path leads out of the plugin
   */
  read(path: string): Promise<Uint8Array>;
  /** Returns the path of a file on this machine, for files that only the system can open. Only a folder has it. */
  locate?(path: string): Promise<string>;
}

/** The name of the manifest in a plugin. */
export const MANIFEST_FILE = 'plugin.json';

/** The end of the name of a packed plugin. */
export const PACKED_SUFFIX = '.plugin.zip';

/** Makes a plugin of files in memory. */
export function memoryFiles(
  files: Readonly<Record<string, Uint8Array | string>>,
  source = 'memory',
): PluginFiles {
  for (const path of Object.keys(files)) refusePath(path, source);
  return {
    source,
    list: async () => Object.keys(files).sort(),
    read: async (path) => {
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      if (content === undefined) throw packageError(source, `it has no file ${JSON.stringify(path)}`);
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
  };
}

/** Refuses a path that leads out of a plugin. */
export function refusePath(path: string, source: string): void {
  const problem = pathProblem(path);
  if (problem !== undefined) throw packageError(source, `${JSON.stringify(path)} ${problem}`);
}

/** Makes the error of a plugin whose files cannot be read. */
export function packageError(source: string, reason: string, cause?: unknown): PluginError {
  return new PluginError('WP_PACKAGE', `Cannot read the plugin "${source}": ${reason}`, { cause, reason });
}
