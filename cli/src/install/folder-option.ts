import { Option } from 'commander';

/** Default folder of installed plugins. */
export const DEFAULT_FOLDER = 'plugins';

/** `--dir`: the folder of plugins. */
export function folderOption(): Option {
  return new Option('-d, --dir <folder>', 'the folder of plugins, that a host scans').default(DEFAULT_FOLDER);
}
