import { Command } from 'commander';
import type { Io } from '../io.js';
import { findOutdated, folderOption, PluginFolder, registriesOf } from '../install/index.js';
import { REGISTRY_NOTES, registryOption } from '../registry/index.js';
import { printable, renderTable } from '../terminal/index.js';

const NOTES = `
WANTED is the highest version in the range that was asked for, which "wasm-plugin update" installs; LATEST the highest there is.
${REGISTRY_NOTES} Without either, plugins are looked for where they were installed from.

Examples:
  $ wasm-plugin outdated
  $ wasm-plugin outdated --dir plugins --json

Exit codes: 0 done, whether or not something is outdated, 1 a registry is at fault, 2 wrong usage.`;

/** `wasm-plugin outdated`: installed plugins of which there are newer versions. */
export function outdatedCommand(io: Io): Command {
  return new Command('outdated')
    .summary('show installed plugins that are not the newest')
    .description(
      'Shows installed plugins of which there are newer versions, or which their authors advise against.',
    )
    .addOption(folderOption())
    .addOption(registryOption())
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async ({ dir, registry, json = false }: { dir: string; registry?: string; json?: boolean }) => {
      const folder = new PluginFolder(dir);
      const plugins = await findOutdated(folder, registriesOf(folder, registry));
      if (json) io.json({ folder: dir, plugins });
      else if (plugins.length === 0) io.out('Everything is the newest\n');
      else {
        const rows = plugins.map(({ id, version, wanted, latest, advice }) =>
          [id, version, wanted, latest, advice ?? ''].map(printable),
        );
        const head = ['ID', 'INSTALLED', 'WANTED', 'LATEST', 'NOTE'];
        io.out(`${renderTable(head, { rows, columns: io.columns })}\n`);
      }
    });
}
