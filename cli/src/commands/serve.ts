import { existsSync, readFileSync } from 'node:fs';
import type { PluginError } from '@wasm-plugin/abi';
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { Io } from '../io.js';
import { lockFileOption, readTrustedKeys, trustedKeyOption } from '../keys/index.js';
import { grantOption, grantsFrom, limitOptions, limitsFrom } from '../run/index.js';
import {
  GRPC_PACKAGES,
  installed,
  openServed,
  reporter,
  serveNats,
  serveRolling,
  type Report,
  type Served,
} from '../serve/index.js';
import { printable } from '../terminal/index.js';

const NOTES = `
The plugin is one for hosts with the carrier "rpc": each connection has an instance of its own. Its log and settings are those of
the host; of this machine it reaches what --grant names.

  --stdio           the host has started this command, and speaks on its standard streams
  --unix, --tcp     hosts of this machine connect: "entry": "unix:/run/eq.sock" or "tcp:localhost:7420" in their plugin.json
  --ws              hosts of this machine connect: "entry": "ws://localhost:7420"; with --cert and --key also others, by wss
  --tls             hosts connect from elsewhere; --cert and --key are this side's, and --ca signs those of the hosts
  --grpc            plain clients call it by gRPC, by the files of wasm-plugin types --proto; and hosts with grpcDialer()
  --go-plugin       a host of hashicorp/go-plugin has started this command; KEY=VALUE is its magic cookie
  --nats            the plugin joins NATS's services: hosts of one plugin share its calls. One with a state has one host at a time,
                    which keeps the state in JetStream. ID@VERSION in place of a folder: the package is in JetStream, signed
                    by a --trusted-key; with "wasm-plugin rollout" all its hosts go to another version, one after the other
  --connect         the plugin connects to a host that listens, and again when the connection is lost

WASM_PLUGIN_SECRET in the environment is the secret that both sides share. With --tls it or --ca is needed.

Examples:
  $ wasm-plugin serve ./eq --unix /run/eq.sock
  $ WASM_PLUGIN_SECRET=… wasm-plugin serve eq.zip --tls 0.0.0.0:7420 --cert cert.pem --key key.pem
  $ WASM_PLUGIN_SECRET=… wasm-plugin serve ./eq --connect tls:host.example.com:7420`;

interface ServeOptions extends Record<string, unknown> {
  stdio?: boolean;
  unix?: string;
  tcp?: string;
  tls?: string;
  ws?: string;
  grpc?: string;
  goPlugin?: string;
  nats?: string;
  service?: string[];
  json?: boolean;
  connect?: string;
  cert?: string;
  key?: string;
  ca?: string;
  grant?: string[];
  folder: string;
  trustedKey?: string[];
  lockFile?: string;
  confirmCalls: string;
  confirmMs: string;
  lease: string;
}

/** The ways to be called, one of which is said. */
const WAYS = ['stdio', 'unix', 'tcp', 'tls', 'ws', 'grpc', 'goPlugin', 'nats', 'connect'] as const;

/** `wasm-plugin serve PLUGIN`: lets hosts in other processes call a plugin. */
export function serveCommand(io: Io): Command {
  const command = new Command('serve')
    .summary('let hosts in other processes or on other machines call a plugin')
    .description(
      'Serves a plugin by the protocol of remote plugins (PROTOCOL.md of @wasm-plugin/native-bridge).',
    )
    .argument('<plugin>', 'a folder with a plugin.json, a packed plugin, or with --nats ID@VERSION')
    .option('--stdio', 'serve the host that has started this process')
    .option('--unix <path>', 'wait for hosts at a Unix socket')
    .option('--tcp <port>', 'wait for hosts of this machine at a port')
    .option('--tls <host:port>', 'wait for hosts at an address, with TLS')
    .option('--ws <[host:]port>', 'wait for hosts at a WebSocket')
    .option('--grpc <[host:]port>', 'wait for clients of gRPC; elsewhere with --cert and --key')
    .option('--go-plugin <key=value>', 'serve the host of hashicorp/go-plugin that has started this process')
    .option(
      '--service <interface=name...>',
      'the name of a service for gRPC and go-plugin, e.g. acme:kv/store=proto.KV',
    )
    .option('--nats <url>', 'join the services of a NATS server, e.g. nats://localhost:4222')
    .option('--confirm-calls <number>', 'calls that end the trial of a version from NATS', '1000')
    .option('--confirm-ms <ms>', 'the longest trial of a version from NATS', '10000')
    .option('--lease <ms>', 'the time after which a host of NATS without a sign of life is replaced', '10000')
    .option('--json', 'say what happens as lines of JSON on the standard output')
    .option('--connect <address>', 'connect to a host: unix:PATH, tcp:localhost:PORT or tls:HOST:PORT')
    .option('--cert <file>', 'the certificate of this side, as PEM')
    .option('--key <file>', 'its key, as PEM')
    .option('--ca <file>', 'the authority of the other side, as PEM')
    .addOption(grantOption())
    .addOption(trustedKeyOption())
    .addOption(lockFileOption())
    .option('--folder <dir>', 'the folder that relative paths of fs are in', '.');
  for (const option of limitOptions()) command.addOption(option);
  return command
    .addHelpText('after', NOTES)
    .action((plugin: string, options: ServeOptions) => serve(plugin, options, io));
}

async function serve(path: string, options: ServeOptions, io: Io): Promise<void> {
  const ways = WAYS.filter((way) => options[way] !== undefined);
  if (ways.length !== 1) {
    const names = WAYS.map((way) => `--${way === 'goPlugin' ? 'go-plugin' : way}`).join(', ');
    throw new CliError(`Cannot serve: say one of ${names}`, { exitCode: 2 });
  }
  if ((options.stdio === true || options.goPlugin !== undefined) && options.json === true)
    throw new CliError(
      'Cannot serve: with --stdio and --go-plugin the standard output is the host’s; leave out --json',
      {
        exitCode: 2,
      },
    );
  const report = reporter(io, { json: options.json === true });
  const [, id, wanted] = /^([\w.-]+)@(\d[\w.+-]*)$/.exec(path) ?? [];
  if (id !== undefined && wanted !== undefined && options.nats !== undefined && !existsSync(path))
    return await roll({ id, version: wanted }, { options, report });
  const served = await openServed(path, {
    limits: limitsFrom(options),
    grants: grantsFrom(options.grant ?? []),
    folder: options.folder,
    trust: { trustedKeys: readTrustedKeys(options.trustedKey), lockFile: options.lockFile },
    onNote: (message) => report({ event: 'note', message }),
  });
  try {
    await run(served, { options, report });
  } finally {
    served.close();
  }
}

/** Serves a version of a plugin whose packages are in NATS, and those that are wanted after it. */
async function roll(
  { id, version }: { id: string; version: string },
  { options, report }: Running,
): Promise<void> {
  const trustedKeys = readTrustedKeys(options.trustedKey);
  if (trustedKeys === undefined)
    throw new CliError(`Cannot serve ${id}@${version}: anybody may have put it there`, {
      exitCode: 2,
      hint: 'Add --trusted-key with the key that it is signed with',
    });
  await serveRolling({
    id,
    version,
    url: String(options.nats),
    limits: limitsFrom(options),
    grants: grantsFrom(options.grant ?? []),
    folder: options.folder,
    trust: { trustedKeys, lockFile: options.lockFile },
    confirm: {
      calls: numberOf(options.confirmCalls, '--confirm-calls'),
      ms: numberOf(options.confirmMs, '--confirm-ms'),
    },
    leaseMs: numberOf(options.lease, '--lease'),
    report,
    ended: ended(),
  });
}

function numberOf(text: string, option: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CliError(`Cannot use "${text}" for ${option}: wanted a whole number`, { exitCode: 2 });
}

interface Running {
  options: ServeOptions;
  report: Report;
}

/** Serves until the process is told to end, or the host of `--stdio` has. */
async function run({ factory, manifest }: Served, { options, report }: Running): Promise<void> {
  // Loaded here alone: no other verb needs the bridge.
  const bridge = await import('@wasm-plugin/native-bridge');
  const secret = process.env['WASM_PLUGIN_SECRET'];
  const tls = {
    ...(options.cert === undefined ? {} : { cert: readFileSync(options.cert) }),
    ...(options.key === undefined ? {} : { key: readFileSync(options.key) }),
    ...(options.ca === undefined ? {} : { ca: readFileSync(options.ca) }),
  };
  const shared = { tls, ...(secret === undefined ? {} : { secret }) };
  if (options.stdio === true) {
    return await new Promise<void>((resolve, reject) => {
      const ends = {
        readable: process.stdin,
        writable: process.stdout,
        destroy: () => void process.stdin.destroy(),
      };
      const onClose = (error: PluginError | undefined): void =>
        error === undefined || error.message.endsWith('the other side closed the connection')
          ? resolve()
          : reject(error);
      bridge.serve(factory, bridge.streamTransport('the host', ends), { onClose });
    });
  }
  if (options.connect !== undefined) {
    const connected = bridge.connectPlugin(factory, options.connect, {
      ...shared,
      onLost: ({ message }, retryInMs) => report({ event: 'lost', message, retryInMs }),
    });
    await ended();
    return await connected.close();
  }
  const { id, version } = manifest;
  const listening = (address: string): void => report({ event: 'listening', id, version, address });
  if (options.nats !== undefined)
    return await serveNats({ factory, manifest }, { url: options.nats, report, ended: ended() });
  const services = servicesOf(options);
  const onLeftOut = (reason: string): void =>
    report({ event: 'note', message: `not served by gRPC: ${reason}` });
  const onLog = (level: string, message: string): void =>
    report({ event: 'log', level, message: printable(message) });
  if (options.goPlugin !== undefined) {
    const { serveGoPlugin } = await installed(
      import('@wasm-plugin/native-bridge/go-plugin'),
      `${GRPC_PACKAGES} selfsigned`,
    );
    const [cookieKey, cookieValue] = pairOf(options.goPlugin, '--go-plugin');
    const server = await serveGoPlugin(factory, { cookieKey, cookieValue, services, onLeftOut, onLog });
    await Promise.race([server.ended, ended()]);
    return await server.close();
  }
  if (options.grpc !== undefined) {
    const { serveGrpc } = await installed(import('@wasm-plugin/native-bridge/grpc'), GRPC_PACKAGES);
    const place = options.grpc.includes(':') ? options.grpc : `localhost:${options.grpc}`;
    const server = await serveGrpc(`${options.cert === undefined ? 'grpc' : 'grpcs'}://${place}`, factory, {
      ...shared,
      services,
      onLeftOut,
      onLog,
    });
    listening(server.address);
    await ended();
    return await server.close();
  }
  const server = await bridge.serveAt(addressOf(options), factory, {
    ...shared,
    onRefused: ({ message }) => report({ event: 'refused', message }),
  });
  listening(server.address);
  await ended();
  await server.close();
}

function servicesOf({ service = [] }: ServeOptions): Record<string, string> {
  return Object.fromEntries(service.map((text) => pairOf(text, '--service')));
}

function pairOf(text: string, option: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new CliError(`Cannot use "${text}" for ${option}: wanted NAME=VALUE`, { exitCode: 2 });
}

function addressOf({ unix, tcp, ws, tls, cert }: ServeOptions): string {
  if (unix !== undefined) return `unix:${unix}`;
  if (tcp !== undefined) return `tcp:localhost:${tcp}`;
  if (ws === undefined) return `tls:${String(tls)}`;
  return `${cert === undefined ? 'ws' : 'wss'}://${ws.includes(':') ? ws : `localhost:${ws}`}`;
}

/** Settles when the process is told to end. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
