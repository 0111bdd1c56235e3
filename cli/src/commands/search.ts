import { PluginError } from '@wasm-plugin/abi';
import { compareVersions } from '@wasm-plugin/abi/version';
import { Command } from 'commander';
import type { Io } from '../io.js';
import {
  openRegistry,
  REGISTRY_NOTES,
  registryOption,
  type Registry,
  type Release,
} from '../registry/index.js';
import { printable, renderTable } from '../terminal/index.js';

const NOTES = `
A plugin is found by its id, name and description; without a text, all are shown. An OCI registry has to answer for what there is
(_catalog), which those of many companies do not.
${REGISTRY_NOTES}

Examples:
  $ wasm-plugin search equalizer --registry https://plugins.example.com
  $ wasm-plugin search --registry oci://localhost:5000 --json

Exit codes: 0 done, also where nothing was found, 1 the registry is at fault, 2 wrong usage.`;

/** `wasm-plugin search [TEXT]`: the plugins of a registry. */
export function searchCommand(io: Io): Command {
  return new Command('search')
    .summary('find plugins in a registry')
    .description('Shows the plugins of a registry whose id, name or description has a text in it.')
    .argument('[text]', 'what to look for', '')
    .addOption(registryOption())
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(
      async (text: string, { registry: place, json = false }: { registry?: string; json?: boolean }) => {
        const registry = openRegistry(place);
        const found = await search(registry, text.toLowerCase());
        const plugins = found.map(({ id, version, name, description, deprecated }) => ({
          id,
          version,
          name,
          description,
          deprecated: deprecated ?? null,
        }));
        if (json) io.json({ registry: registry.name, plugins });
        else if (plugins.length === 0) io.out('Nothing was found\n');
        else {
          const rows = plugins.map(({ id, version, name, description }) =>
            [id, version, name, firstLine(description)].map(printable),
          );
          io.out(`${renderTable(['ID', 'VERSION', 'NAME', 'DESCRIPTION'], { rows, columns: io.columns })}\n`);
        }
      },
    );
}

/** Returns the newest release of each plugin that fits; yanked ones are passed over. */
async function search(registry: Registry, text: string): Promise<Release[]> {
  const found: Release[] = [];
  for (const id of await registry.ids()) {
    const release = await newest(registry, id);
    if (release === undefined) continue;
    const { name, description } = release;
    if ([id, name, description].some((each) => each.toLowerCase().includes(text))) found.push(release);
  }
  return found;
}

async function newest(registry: Registry, id: string): Promise<Release | undefined> {
  const versions = (await registry.versions(id)).sort((a, b) => compareVersions(b, a));
  for (const version of versions) {
    const release = await registry.release(id, version).catch((error: unknown) => {
      // A registry of images has others too.
      if (PluginError.is(error) && (error.code === 'WP_REGISTRY' || error.code === 'WP_MANIFEST'))
        return undefined;
      throw error;
    });
    if (release !== undefined && release.yanked === undefined) return release;
  }
  return undefined;
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
