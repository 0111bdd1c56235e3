import { Command } from 'commander';
import type { Io } from '../io.js';
import { folderOption, parseSpecs, PluginFolder, renderInstalled, uninstall } from '../install/index.js';

const NOTES = `
Plugins that only those needed go with them. What another plugin needs stays, and is refused by name.

Examples:
  $ wasm-plugin uninstall acme.eq
  $ wasm-plugin uninstall acme.eq acme.delay --dir plugins

Exit codes: 0 done, 1 nothing was changed: one is not installed or is needed, 2 wrong usage.`;

/** `wasm-plugin uninstall PLUGIN…`: removes installed plugins. */
export function uninstallCommand(io: Io): Command {
  return new Command('uninstall')
    .summary('remove installed plugins')
    .description('Removes installed plugins, and those that only they needed.')
    .argument('<plugins...>', 'ids of installed plugins')
    .addOption(folderOption())
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (plugins: string[], { dir, json = false }: { dir: string; json?: boolean }) => {
      const removed = await uninstall(new PluginFolder(dir), [...parseSpecs(plugins).keys()]);
      if (json) io.json({ folder: dir, removed });
      else renderInstalled({ installed: [], removed, notices: [] }, dir, io);
    });
}
