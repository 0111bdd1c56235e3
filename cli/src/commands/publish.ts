import { openPlugin } from '@wasm-plugin/abi/package';
import { checkedFiles, parsePublicKey } from '@wasm-plugin/abi/trust';
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import { readInput } from '../component/index.js';
import type { Io } from '../io.js';
import { readTrustedKeys, trustedKeyOption } from '../keys/index.js';
import { readManifest } from '../pack/index.js';
import { openRegistry, REGISTRY_NOTES, registryOption } from '../registry/index.js';

const NOTES = `
What is published is what "wasm-plugin pack" made, and "wasm-plugin sign" signed: every file is checked first. A version never
changes; one that should not be used any more is yanked or deprecated.
${REGISTRY_NOTES}

In an OCI registry acme.eq is the repository acme/eq: the standard artifact, so "wkg get acme:eq" fetches its component.

Examples:
  $ wasm-plugin publish acme.eq-1.2.0.plugin.zip --registry /srv/plugins
  $ wasm-plugin publish acme.eq-1.2.0.plugin.zip --registry oci://localhost:5000 --trusted-key acme.pub

Exit codes: 0 done, 1 the plugin or the registry is at fault, 2 wrong usage.`;

interface PublishOptions {
  registry?: string;
  trustedKey?: string[];
  json?: boolean;
}

/** `wasm-plugin publish FILE`: a packed plugin into a registry. */
export function publishCommand(io: Io): Command {
  return new Command('publish')
    .summary('put a packed plugin into a registry')
    .description('Puts a packed plugin into a registry, from which others install it.')
    .argument('<file>', 'a packed plugin')
    .addOption(registryOption())
    .addOption(trustedKeyOption())
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (file: string, { registry: place, trustedKey, json = false }: PublishOptions) => {
      const registry = openRegistry(place);
      const keys = readTrustedKeys(trustedKey)?.map(parsePublicKey);
      const opened = await openPlugin(file);
      if (opened.locate !== undefined)
        throw new CliError(`Cannot publish "${file}": it is a folder`, {
          hint: 'Pack it first: wasm-plugin pack',
        });
      const files = await checkedFiles(opened, keys);
      const contents = new Map<string, Uint8Array>();
      for (const path of await files.list()) contents.set(path, await files.read(path));
      const manifest = await readManifest(files);
      await registry.publish({ manifest, archive: readInput(file), files: contents, sha256: files.sha256 });
      const { id, version } = manifest;
      if (json) io.json({ id, version, registry: registry.name, sha256: files.sha256 });
      else io.out(`${io.style('green', '✓')} ${id} ${version} in ${registry.name}\n`);
    });
}
