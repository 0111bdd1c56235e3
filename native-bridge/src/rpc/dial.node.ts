import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions as TlsOptions } from 'node:tls';
import { PluginError } from '@wasm-plugin/abi';
import type * as Ws from 'ws';
import { DEFAULT_BOUNDS, type Transport } from './transport.js';
import { webSocketTransport, type WebSocketLike } from './transports/message-transport.js';
import { streamTransport } from './transports/stream-transport.node.js';

/** Options of dialling an address. */
export interface DialOptions {
  /** Certificates for `tls:` and `wss:`, as in Node's `tls.connect`: `ca`, and `cert` and `key` for mutual TLS. */
  tls?: Pick<TlsOptions, 'ca' | 'cert' | 'key' | 'servername' | 'passphrase'>;
  /** The longest time until the connection stands, in milliseconds. @default 10,000 */
  dialMs?: number;
}

/** Addresses of this machine. */
export const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/;

/**
 * Loads the package that Node.js has no WebSocket server, and before 22 no client, without.
 * @throws {PluginError} WP_CARRIER it is not installed
 */
export async function needWs(): Promise<typeof Ws> {
  try {
    return await import('ws');
  } catch (error) {
    const reason = 'the package "ws" is not installed; npm install ws';
    throw new PluginError('WP_CARRIER', `Cannot use WebSockets: ${reason}`, { cause: error });
  }
}

/**
 * Dials a plugin: `unix:/path`, `tcp:host:port` on loopback, `tls:host:port`, `ws://host:port/path` on loopback, or
 * `wss://host:port/path`.
 * @throws {PluginError} WP_BRIDGE nobody answers there; WP_CARRIER the address is of no known form, or needs TLS
 */
export async function dial(address: string, options: DialOptions = {}): Promise<Transport> {
  const { tls = {}, dialMs = 10_000 } = options;
  if (/^wss?:/.test(address)) return dialWeb(address, { tls, dialMs });
  const { socket, ready } = open(address, tls);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(ready, resolve).once('error', reject);
      socket.setTimeout(dialMs, () => reject(new Error(`nobody answered in ${dialMs} ms`)));
    });
  } catch (error) {
    socket.destroy();
    const reason = error instanceof Error ? error.message : String(error);
    throw new PluginError('WP_BRIDGE', `Cannot reach ${address}: ${reason}`, { cause: error });
  }
  socket.setTimeout(0);
  socket.setNoDelay(true);
  return streamTransport(address, { readable: socket, writable: socket, destroy: () => socket.destroy() });
}

async function dialWeb(address: string, { tls, dialMs }: Required<DialOptions>): Promise<Transport> {
  const isLocal = URL.canParse(address) && LOOPBACK.test(new URL(address).hostname);
  if (!URL.canParse(address)) throw refused(address, 'it is no URL');
  if (address.startsWith('ws:') && !isLocal)
    throw refused(address, 'it is not on this machine; use "wss:" with a token or certificates');
  const { WebSocket } = await needWs();
  const socket = new WebSocket(address, {
    ...tls,
    handshakeTimeout: dialMs,
    maxPayload: DEFAULT_BOUNDS.frameBytes,
    perMessageDeflate: false,
  });
  // Before it is open, so that no message is lost.
  const transport = webSocketTransport(address, socket as unknown as WebSocketLike);
  try {
    await new Promise<void>((resolve, reject) => socket.once('open', resolve).on('error', reject));
  } catch (error) {
    socket.terminate();
    const reason = error instanceof Error ? error.message : String(error);
    throw new PluginError('WP_BRIDGE', `Cannot reach ${address}: ${reason}`, { cause: error });
  }
  return transport;
}

function open(address: string, tls: NonNullable<DialOptions['tls']>): { socket: Socket; ready: string } {
  const [, scheme, rest = ''] = /^(\w+):(?:\/\/)?(.*)$/s.exec(address) ?? [];
  if (scheme === 'unix' && rest !== '') return { socket: connectSocket(rest), ready: 'connect' };
  const [, host = '', port = ''] = /^(.*):(\d{1,5})$/.exec(rest) ?? [];
  const place = { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  if (scheme === 'tls' && host !== '')
    return {
      socket: connectTls({ ...(isIP(place.host) ? {} : { servername: place.host }), ...tls, ...place }),
      ready: 'secureConnect',
    };
  if (scheme === 'tcp' && host !== '') {
    if (LOOPBACK.test(host)) return { socket: connectSocket(place), ready: 'connect' };
    throw refused(address, 'it is not on this machine; use "tls:" with a token or certificates');
  }
  throw refused(address, 'wanted "unix:/path", "tcp:localhost:port", "tls:host:port" or "wss://host"');
}

function refused(address: string, reason: string): PluginError {
  return new PluginError('WP_CARRIER', `Cannot dial ${JSON.stringify(address)}: ${reason}`);
}
