import { Option } from 'commander';

/** Where plugins are installed if nobody says where. */
export const DEFAULT_FOLDER = 'plugins';

/** `--dir`: the folder of plugins. */
export function folderOption(): Option {
  return new Option('-d, --dir <folder>', 'the folder of plugins, that a host scans').default(DEFAULT_FOLDER);
}
