import { dirname, isAbsolute } from 'node:path';
import { PluginError, type CarrierSource } from '@wasm-plugin/abi';
import {
  connectBy,
  CONN_INFO_WIRE,
  EMPTY_WIRE,
  linkBy,
  STDIO_WIRE,
  type GrpcLinkOptions,
} from '../grpc/index.js';
import type { Dialer, Linker } from '../rpc/index.js';
import { GoBroker, type ConnInfo } from './broker.node.js';
import {
  clientOf,
  startGoPlugin,
  type GoPluginProcess,
  type GoPluginStart,
} from './go-plugin-process.node.js';

/** Options of `goPluginLink`. */
export interface GoPluginOptions extends GoPluginStart, Pick<GrpcLinkOptions, 'types' | 'services'> {
  /** Hears of the broker of each plugin that is started, for services in both directions. */
  onBroker?: (broker: GoBroker) => void;
}

/** The entry of a go-plugin: an executable file behind it. */
const SCHEME = 'go-plugin:';

/** Time that a plugin has to end after it was asked to, in milliseconds. */
const END_MS = 2000;

/**
 * Runs plugins made with hashicorp/go-plugin, in any language, as its own hosts do:
 * `rpc({ links: { 'go-plugin': goPluginLink({ cookieKey, cookieValue, types, services }) } })`, with `"entry": "go-plugin:kv"` in the
 * `plugin.json`. Each instance is a process of its own.
 */
export function goPluginLink(options: GoPluginOptions): Linker {
  return async (entry, source) => {
    const started = await start(entry, source, options);
    const { client, child, ended } = started;
    const { types, services } = options;
    const shared = { ...(types && { types }), ...(services && { services }) };
    const link = await linkBy(client, { address: entry, id: source.id, options: shared });
    const broker = openBroker(started);
    options.onBroker?.(broker);
    hearOutput(started, options);
    const end = async (): Promise<void> => {
      await broker.close();
      await stop(started);
    };
    return {
      ...link,
      // A process of its own: the end of a call ends it.
      survives: false,
      ended: ended.then((reason) => new PluginError('WP_BRIDGE', `Cannot talk to the Go plugin: ${reason}`)),
      async drain() {
        await link.idle();
        await end();
      },
      close: () => {
        child.kill('SIGKILL');
        client.close();
      },
    };
  };
}

/** Runs plugins of `serveGoPlugin` by a connection: with log, settings and all that a host gives. */
export function goPluginDialer(options: GoPluginOptions): Dialer {
  return async (entry, source) => {
    const started = await start(entry, source, options);
    const { client } = started;
    hearOutput(started, options);
    const transport = connectBy(client, { address: entry, options: {}, closes: false });
    const end = (): void => void stop(started);
    return {
      name: transport.name,
      get pendingBytes() {
        return transport.pendingBytes;
      },
      sendLine: (line) => transport.sendLine(line),
      send: (frame) => transport.send(frame),
      start: (receiver) =>
        transport.start({
          onLine: (line) => receiver.onLine(line),
          onFrame: (frame) => receiver.onFrame(frame),
          onDrain: () => receiver.onDrain?.(),
          onClose(reason) {
            end();
            receiver.onClose(reason);
          },
        }),
      close() {
        transport.close();
        end();
      },
    };
  };
}

async function start(
  entry: string,
  source: CarrierSource,
  options: GoPluginOptions,
): Promise<GoPluginProcess> {
  const file = entry.startsWith(SCHEME) ? entry.slice(SCHEME.length) : entry;
  if (isAbsolute(file)) return startGoPlugin(file, { cwd: dirname(file), ...options });
  if (source.files.locate === undefined) {
    const reason = 'its executable is packed; unpack the plugin to a folder';
    throw new PluginError('WP_CARRIER', `Cannot start "${source.id}": ${reason}`, { plugin: source.id });
  }
  const path = await source.files.locate(file);
  return startGoPlugin(path, { cwd: dirname(path), ...options });
}

function openBroker({ client, tls }: GoPluginProcess): GoBroker {
  const { serialize, deserialize } = CONN_INFO_WIRE;
  const stream = client.makeBidiStreamRequest('/plugin.GRPCBroker/StartStream', serialize, deserialize);
  const broker = new GoBroker({
    send: (info) => void stream.write(info),
    ...(tls === undefined ? {} : { tls }),
    link: (info, { types, services }) =>
      linkBy(clientOf(info, tls), { address: info.address, id: 'broker', options: { types, services } }),
  });
  stream.on('data', (info: ConnInfo) => broker.hear(info));
  // A plugin without a broker says so.
  stream.on('error', () => undefined);
  return broker;
}

/** Listens to the plugin's output once it serves: go-plugin takes its standard streams over. */
function hearOutput({ client }: GoPluginProcess, { onOutput }: GoPluginOptions): void {
  const stream = client.makeServerStreamRequest(
    '/plugin.GRPCStdio/StreamStdio',
    EMPTY_WIRE.serialize,
    STDIO_WIRE.deserialize,
    {},
  );
  stream.on('data', ({ channel, data }: { channel: number; data: Uint8Array }) => {
    for (const line of Buffer.from(data).toString().split('\n'))
      if (line !== '') onOutput?.(line, channel === 1 ? 'stdout' : 'stderr');
  });
  stream.on('error', () => undefined);
}

/** Asks a plugin to end, and ends it if it does not. */
async function stop({ client, child, ended }: GoPluginProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const { serialize, deserialize } = EMPTY_WIRE;
    const deadline = Date.now() + END_MS;
    client.makeUnaryRequest(
      '/plugin.GRPCController/Shutdown',
      serialize,
      deserialize,
      {},
      { deadline },
      () => undefined,
    );
    const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await ended;
    clearTimeout(timer);
  }
  client.close();
}
