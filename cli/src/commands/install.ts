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
What a plugin needs is installed with it, one version of each, so that all ranges fit. The lock file in the folder,
.wasm-plugin-lock.json, says which versions and which bytes: without ids, exactly those are installed again where they are
missing. A host that is given it as "lockFile" runs nothing else.

All of it is installed or nothing: an installation that is cut off, even by the power, leaves what was there. Downloads go on
where they ended; they are kept in WASM_PLUGIN_CACHE (1 GiB, unless WASM_PLUGIN_CACHE_BYTES says otherwise).
${REGISTRY_NOTES} Without either, plugins come from where they were installed from.

Examples:
  $ wasm-plugin install acme.eq --registry https://plugins.example.com --trusted-key acme.pub
  $ wasm-plugin install acme.eq@^1.2.0 acme.delay --dir plugins --registry oci://localhost:5000
  $ wasm-plugin install

Exit codes: 0 done, 1 nothing was changed: there is no such version, it is not trusted, or the registry is at fault,
2 wrong usage.`;

interface InstallOptions {
  dir: string;
  registry?: string;
  trustedKey?: string[];
  allowDowngrade?: boolean;
  json?: boolean;
}

/** `wasm-plugin install [PLUGIN…]`: plugins of a registry into a folder. */
export function installCommand(io: Io): Command {
  return new Command('install')
    .summary('install plugins and what they need')
    .description(
      'Installs plugins of a registry, with those that they need, into a folder that a host scans.',
    )
    .argument('[plugins...]', 'ids, with a range or without: acme.eq, acme.eq@^1.2.0')
    .addOption(folderOption())
    .addOption(registryOption())
    .addOption(trustedKeyOption())
    .option('--allow-downgrade', 'let a lower version take the place of a higher one')
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (plugins: string[], options: InstallOptions) => {
      const { dir, registry, trustedKey, allowDowngrade = false, json = false } = options;
      const wanted = parseSpecs(plugins);
      const folder = new PluginFolder(dir);
      const result = await install({
        folder,
        wanted,
        registryOf: registriesOf(folder, registry),
        trustedKeys: readTrustedKeys(trustedKey),
        allowDowngrade,
        onFetch: ({ id, version }) => io.err(`${io.styleErr('cyan', 'fetch')} ${id} ${version}\n`),
      });
      if (json) io.json({ folder: dir, ...result });
      else renderInstalled(result, dir, io);
    });
}
