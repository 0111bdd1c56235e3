import { PluginError } from '@wasm-plugin/abi';
import { Command } from 'commander';
import type { Io } from '../io.js';
import {
  folderOption,
  install,
  parseSpecs,
  PluginFolder,
  registriesOf,
  renderInstalled,
} from '../install/index.js';
import { readTrustedKeys, trustedKeyOption } from '../keys/index.js';
import { REGISTRY_NOTES, registryOption } from '../registry/index.js';

const NOTES = `
Updated is to the highest version in the range that was asked for at "install"; "install acme.eq@^2.0.0" asks for another one.
A host with "watch" reloads what changes, with its state.
${REGISTRY_NOTES} Without either, plugins come from where they were installed from.

Examples:
  $ wasm-plugin update
  $ wasm-plugin update acme.eq --dir plugins --trusted-key acme.pub

Exit codes: 0 done, also where nothing was newer, 1 nothing was changed, 2 wrong usage.`;

interface UpdateOptions {
  dir: string;
  registry?: string;
  trustedKey?: string[];
  json?: boolean;
}

/** `wasm-plugin update [PLUGIN…]`: installed plugins to their newest versions. */
export function updateCommand(io: Io): Command {
  return new Command('update')
    .summary('update installed plugins')
    .description('Updates installed plugins, all or those named, to the newest versions in their ranges.')
    .argument('[plugins...]', 'ids of installed plugins; all, unless given')
    .addOption(folderOption())
    .addOption(registryOption())
    .addOption(trustedKeyOption())
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (plugins: string[], { dir, registry, trustedKey, json = false }: UpdateOptions) => {
      const folder = new PluginFolder(dir);
      const lock = folder.read();
      const ids = [...parseSpecs(plugins).keys()];
      for (const id of ids)
        if (!lock.has(id))
          throw new PluginError('WP_NOT_FOUND', `Cannot update "${id}": it is not installed in "${dir}"`, {
            plugin: id,
          });
      const result = await install({
        folder,
        wanted: new Map(),
        updated: ids.length === 0 ? 'all' : new Set(ids),
        registryOf: registriesOf(folder, registry),
        trustedKeys: readTrustedKeys(trustedKey),
        onFetch: ({ id, version }) => io.err(`${io.styleErr('cyan', 'fetch')} ${id} ${version}\n`),
      });
      if (json) io.json({ folder: dir, ...result });
      else renderInstalled(result, dir, io);
    });
}
