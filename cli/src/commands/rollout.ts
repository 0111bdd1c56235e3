import { readFileSync } from 'node:fs';
import { packedFiles } from '@wasm-plugin/abi/package';
import { readPackage } from '@wasm-plugin/engine/host';
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { Io } from '../io.js';
import { installed, NATS_PACKAGES } from '../serve/index.js';

const NOTES = `
Each host, a "wasm-plugin serve ID@VERSION --nats URL", goes to the version when it is its turn: with the state of the plugin, and on
trial first. If it fails on one host, all go back to the version before. Without VERSION nothing is changed.

Examples:
  $ wasm-plugin rollout eq-1.1.0.zip --nats nats://localhost:4222
  $ wasm-plugin rollout acme.eq@1.0.0 --nats nats://localhost:4222
  $ wasm-plugin rollout acme.eq --nats nats://localhost:4222`;

/** `wasm-plugin rollout PLUGIN`: wants a version of a plugin on all its hosts. */
export function rolloutCommand(io: Io): Command {
  return new Command('rollout')
    .summary('want a version of a plugin on all hosts that serve it by NATS')
    .description('Puts a packed plugin into NATS, and has all hosts that serve it go to that version.')
    .argument('<plugin>', 'a packed and signed plugin, ID@VERSION of one that is there, or ID')
    .requiredOption('--nats <url>', 'the NATS server, e.g. nats://localhost:4222')
    .option('--json', 'print a document for programs')
    .addHelpText('after', NOTES)
    .action((plugin: string, options: { nats: string; json?: boolean }) => rollOut(plugin, options, io));
}

async function rollOut(
  plugin: string,
  { nats: url, json }: { nats: string; json?: boolean },
  io: Io,
): Promise<void> {
  const { connectNats, NatsPackages, Rollouts } = await installed(
    import('@wasm-plugin/native-bridge/nats'),
    NATS_PACKAGES,
  );
  const [, named, version] = /^([\w-]+(?:\.[\w-]+)*)(?:@(\d[\w.+-]*))?$/.exec(plugin) ?? [];
  const isFile = named === undefined || plugin.endsWith('.zip');
  const nats = await connectNats(url);
  try {
    const rollouts = await Rollouts.open(nats);
    let id = named ?? '';
    let wanted = version;
    if (isFile) {
      const bytes = new Uint8Array(readFileSync(plugin));
      const { manifest } = await readPackage(packedFiles(bytes, { source: plugin }));
      ({ id, version: wanted } = manifest);
      await (await NatsPackages.open(nats)).put({ id, version: manifest.version, bytes });
    }
    const rollout = wanted === undefined ? await rollouts.get(id) : await rollouts.want(id, wanted);
    if (rollout === undefined)
      throw new CliError(`Cannot show the rollout of "${id}": no version of it was ever wanted`, {
        hint: `Start a host with: wasm-plugin serve ${id}@VERSION --nats ${url} --trusted-key FILE`,
      });
    const hosts = await rollouts.served(id);
    if (json === true) return io.json({ id, ...rollout, hosts });
    io.out(`${id} ${rollout.version} is ${rollout.phase}; hosts: ${hosts.join(', ') || 'none'}\n`);
    if (rollout.reason !== undefined) io.out(`taken back: ${rollout.reason}\n`);
  } finally {
    await nats.drain();
  }
}
