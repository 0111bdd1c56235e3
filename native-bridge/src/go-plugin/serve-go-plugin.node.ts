import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ServerCredentials,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerWritableStream,
  type Server,
} from '@grpc/grpc-js';
import { PluginError } from '@wasm-plugin/abi';
import {
  bound,
  closed,
  CONN_INFO_WIRE,
  createGrpcServer,
  EMPTY_WIRE,
  linkBy,
  STDIO_WIRE,
  type GrpcServerOptions,
} from '../grpc/index.js';
import type { PluginFactory, ServedPlugin } from '../rpc/index.js';
import { GoBroker, type ConnInfo } from './broker.node.js';
import { createCertificate, lineFromPem } from './certificate.node.js';
import { clientOf } from './go-plugin-process.node.js';
import { formatHandshakeLine, type Handshake } from './handshake.js';

/** Options of `serveGoPlugin`. */
export interface ServeGoPluginOptions
  extends Handshake, Pick<GrpcServerOptions, 'services' | 'onLeftOut' | 'onLog'> {
  /** The environment that the host has set. @default that of this process */
  env?: Readonly<Record<string, string | undefined>>;
  /** Writes the line. @default to the standard output */
  write?: (line: string) => void;
}

/** A plugin that is served to the host that has started this process. */
export interface ServedGoPlugin {
  /** For services in both directions. */
  readonly broker: GoBroker;
  /** Sends text to the host, as output of the plugin. */
  output(text: string, stream: 'stdout' | 'stderr'): void;
  /** Settles once the host has asked the plugin to end. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** Most output to keep until the host asks for it, in bytes. */
const MOST_EARLY_BYTES = 64 * 1024;

/**
 * Serves a plugin to the host of hashicorp/go-plugin that has started this process, in Go or in any language.
 * @throws {PluginError} WP_BRIDGE no host has started it, or one that speaks none of its versions
 */
export async function serveGoPlugin(
  plugin: ServedPlugin | PluginFactory,
  options: ServeGoPluginOptions,
): Promise<ServedGoPlugin> {
  const { cookieKey, cookieValue, protocolVersions = [1], env = process.env } = options;
  const {
    write = (line: string) => void process.stdout.write(`${line}\n`),
    services,
    onLeftOut,
    onLog,
  } = options;
  if (env[cookieKey] !== cookieValue) {
    const reason = 'this is a plugin, which a host starts: it is not meant to be started by hand';
    throw new PluginError('WP_BRIDGE', `Cannot serve: ${reason} (${cookieKey} is not set to its value)`);
  }
  const clientCert = env['PLUGIN_CLIENT_CERT'] ?? '';
  const own = clientCert === '' ? undefined : await createCertificate();
  const tls = own === undefined ? undefined : { own, other: clientCert };
  const serving = createGrpcServer(plugin, {
    ...(services && { services }),
    ...(onLeftOut && { onLeftOut }),
    ...(onLog && { onLog }),
  });
  const { server, health } = serving;
  health.add('plugin');
  const broker = addBroker(server, tls);
  const output = addOutput(server);
  const ended = addController(server);
  const folder = mkdtempSync(join(env['PLUGIN_UNIX_SOCKET_DIR'] ?? tmpdir(), 'plugin-'));
  const address = join(folder, 'socket');
  const credentials =
    tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(
          Buffer.from(tls.other),
          [{ private_key: Buffer.from(tls.own.key), cert_chain: Buffer.from(tls.own.cert) }],
          true,
        );
  await bound(server, { target: `unix:${address}`, credentials, address });
  const protocolVersion = agreed(env['PLUGIN_PROTOCOL_VERSIONS'], protocolVersions);
  const certificate = own === undefined ? undefined : lineFromPem(own.cert);
  const asksMultiplex = (env['PLUGIN_MULTIPLEX_GRPC'] ?? '') !== '';
  write(formatHandshakeLine({ protocolVersion, network: 'unix', address, certificate }, { asksMultiplex }));
  return {
    broker,
    output,
    ended,
    async close() {
      await broker.close();
      await closed(server, health);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Returns the highest version that both sides speak. The host hears of none by the line, as in Go. */
function agreed(asked: string | undefined, own: readonly number[]): number {
  const theirs = (asked ?? '').split(',').map(Number);
  const both = own.filter((version) => theirs.includes(version));
  return both.length > 0 ? Math.max(...both) : Math.min(...own);
}

function addBroker(server: Server, tls: ConstructorParameters<typeof GoBroker>[0]['tls']): GoBroker {
  let stream: ServerDuplexStream<ConnInfo, ConnInfo> | undefined;
  const early: ConnInfo[] = [];
  const broker = new GoBroker({
    send: (info) => void (stream === undefined ? early.push(info) : stream.write(info)),
    ...(tls === undefined ? {} : { tls }),
    link: (info, { types, services }) =>
      linkBy(clientOf(info, tls), { address: info.address, id: 'broker', options: { types, services } }),
  });
  server.addService(
    {
      startStream: {
        path: '/plugin.GRPCBroker/StartStream',
        requestStream: true,
        responseStream: true,
        requestSerialize: CONN_INFO_WIRE.serialize,
        requestDeserialize: CONN_INFO_WIRE.deserialize,
        responseSerialize: CONN_INFO_WIRE.serialize,
        responseDeserialize: CONN_INFO_WIRE.deserialize,
      },
    },
    {
      startStream(opened: ServerDuplexStream<ConnInfo, ConnInfo>) {
        stream = opened;
        for (const info of early.splice(0)) opened.write(info);
        opened.on('data', (info: ConnInfo) => broker.hear(info));
        opened.on('error', () => undefined);
        opened.on('end', () => opened.end());
      },
    },
  );
  return broker;
}

interface Output {
  channel: number;
  data: Uint8Array;
}

function addOutput(server: Server): ServedGoPlugin['output'] {
  let stream: ServerWritableStream<object, Output> | undefined;
  let early: Output[] = [];
  let earlyBytes = 0;
  server.addService(
    {
      streamStdio: {
        path: '/plugin.GRPCStdio/StreamStdio',
        requestStream: false,
        responseStream: true,
        requestSerialize: EMPTY_WIRE.serialize,
        requestDeserialize: EMPTY_WIRE.deserialize,
        responseSerialize: STDIO_WIRE.serialize,
        responseDeserialize: STDIO_WIRE.deserialize,
      },
    },
    {
      streamStdio(opened: ServerWritableStream<object, Output>) {
        stream = opened;
        opened.on('cancelled', () => (stream = undefined));
        for (const output of early) opened.write(output);
        early = [];
      },
    },
  );
  return (text, name) => {
    const output = { channel: name === 'stdout' ? 1 : 2, data: Buffer.from(text) };
    if (stream !== undefined) return void stream.write(output);
    earlyBytes += output.data.length;
    if (earlyBytes <= MOST_EARLY_BYTES) early.push(output);
  };
}

function addController(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.addService(
      {
        shutdown: {
          path: '/plugin.GRPCController/Shutdown',
          requestStream: false,
          responseStream: false,
          requestSerialize: EMPTY_WIRE.serialize,
          requestDeserialize: EMPTY_WIRE.deserialize,
          responseSerialize: EMPTY_WIRE.serialize,
          responseDeserialize: EMPTY_WIRE.deserialize,
        },
      },
      {
        shutdown(_: unknown, answer: sendUnaryData<object>) {
          answer(null, {});
          resolve();
        },
      },
    );
  });
}
