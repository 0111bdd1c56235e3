import { formatCapability } from '@wasm-plugin/abi';
import { Command } from 'commander';
import type { Io } from '../io.js';
import { findPlugins, renderPluginList } from '../list/index.js';
import { lockFileOption, readTrustedKeys, trustedKeyOption } from '../keys/index.js';
import { grantOption, grantsFrom } from '../run/index.js';

const NOTES = `
A plugin is a folder with a plugin.json, or a packed plugin (*.plugin.zip). Names that begin with "." or "_" are
skipped. A folder that is a plugin itself is shown alone. Each component is compiled and held against its manifest: the
versions, imports, interfaces, state, dependencies and, of wasm-plugin:abi, the world. Nothing runs, unless --load asks
for it: then each plugin is started after those it depends on, with the capabilities of --grant, and ended again.

The status is "ok", "broken", or "needs more": it is whole, and needs a host that gives imports of its own, or settings
that have no default.

Examples:
  $ wasm-plugin list plugins
  $ wasm-plugin list plugins --load --grant log --grant config
  $ wasm-plugin list plugins --json | jq -r '.plugins[] | select(.problems != []) | .id'

Exit codes: 0 done, 1 a folder cannot be read or a plugin has a problem, 2 wrong usage.`;

interface ListOptions {
  load?: boolean;
  grant?: string[];
  trustedKey?: string[];
  lockFile?: string;
  json?: boolean;
}

/** `wasm-plugin list [DIR]`: the plugins in a folder. */
export function listCommand(io: Io): Command {
  return new Command('list')
    .summary('show the plugins in a folder, and what is wrong with them')
    .description(
      'Finds the plugins in a folder: their ids, versions, carriers, interfaces, sizes, and what keeps them from running.',
    )
    .argument('[dir]', 'a folder with plugins, or one that is a plugin', '.')
    .option('--load', 'start each plugin, to see whether it does')
    .addOption(grantOption('with --load: what plugins may reach'))
    .addOption(trustedKeyOption())
    .addOption(lockFileOption())
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (folder: string, options: ListOptions) => {
      const { load = false, grant = [], trustedKey, lockFile, json = false } = options;
      const found = await findPlugins(folder, {
        load,
        grants: grantsFrom(grant).map(formatCapability),
        trustedKeys: readTrustedKeys(trustedKey),
        lockFile,
      });
      if (json) io.json(found);
      else io.out(renderPluginList(found, io));
      if (found.problems.length > 0 || found.plugins.some(({ problems }) => problems.length > 0)) {
        process.exitCode = 1;
      }
    });
}
