import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { chmod } from 'node:fs/promises';
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls';
import { PluginError } from '@wasm-plugin/abi';
import { LOOPBACK, needWs } from './dial.node.js';
import { DEFAULT_BOUNDS, type Transport } from './transport.js';
import { webSocketTransport, type WebSocketLike } from './transports/message-transport.js';
import { streamTransport } from './transports/stream-transport.node.js';

/** Rules for the callers of an address. */
export interface ServerOptions {
  /**
   * The certificate of this side for `tls:`, as in Node's `tls.createServer`. With `ca` the other side must have one, too, that an
   * authority of `ca` has signed (mutual TLS).
   */
  tls?: Pick<TlsOptions, 'ca' | 'cert' | 'key' | 'passphrase'>;
  /** True if callers prove their identity by a token. */
  hasTokens: boolean;
  /** Hears why somebody could not connect. */
  onRefused: (reason: string, peer: string) => void;
}

/** A server that runs. */
export interface RunningServer {
  /** The address, with its port. */
  readonly address: string;
  close(): Promise<void>;
}

/** Connections at once. */
const MOST_CONNECTIONS = 1024;

/** A peer that has connected and has sent nothing yet. */
export interface Caller {
  readonly transport: Transport;
  /** Address of the caller, for messages. */
  readonly peer: string;
  /** The common name of the certificate that it has proven to have. */
  readonly certified: string | undefined;
}

/**
 * Listens at `unix:/path`, `tcp:localhost:port`, `tls:host:port`, `ws://localhost:port` or `wss://host:port`. Only the user of
 * this process can connect to a Unix socket.
 * @throws {PluginError} WP_CARRIER the address is of no known form, or would admit callers without a proof of identity;
 * WP_BRIDGE it is taken
 */
export async function startServer(
  address: string,
  onCaller: (caller: Caller) => void,
  options: ServerOptions,
): Promise<RunningServer> {
  const { tls, onRefused } = options;
  const place = placeOf(address, options);
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 15_000);
  };
  const callerOf = (socket: Socket, toTransport: (peer: string) => Transport): Caller => {
    const peer =
      'path' in place
        ? address
        : `${place.scheme}:${String(socket.remoteAddress)}:${String(socket.remotePort)}`;
    return { transport: toTransport(peer), peer, certified: certifiedName(socket) };
  };
  const onStream = (socket: Socket): void => {
    accept(socket);
    const ends = { readable: socket, writable: socket, destroy: () => socket.destroy() };
    onCaller(callerOf(socket, (peer) => streamTransport(peer, ends)));
  };
  const server = isWeb(place)
    ? await webServer(place.scheme === 'wss' ? tlsOptions(tls) : undefined, {
        onSocket: accept,
        onWebSocket: (web, socket) => onCaller(callerOf(socket, (peer) => webSocketTransport(peer, web))),
      })
    : place.scheme === 'tls'
      ? createTlsServer(tlsOptions(tls), onStream)
      : createServer(onStream);
  server.maxConnections = MOST_CONNECTIONS;
  server.on('tlsClientError', (error: Error, socket: TLSSocket) =>
    onRefused(error.message, `tls:${String(socket.remoteAddress)}`),
  );
  await listening(server, { address, place });
  const bound = server.address();
  return {
    address:
      typeof bound === 'object' && bound !== null && 'host' in place
        ? `${place.scheme}:${isWeb(place) ? '//' : ''}${place.host}:${bound.port}`
        : address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type Place =
  { scheme: 'unix'; path: string } | { scheme: 'tcp' | 'tls' | 'ws' | 'wss'; host: string; port: number };

const SCHEMES: readonly string[] = ['tcp', 'tls', 'ws', 'wss'];

/** Returns true if a server at the place speaks HTTP before anything else. */
function isWeb({ scheme }: Place): boolean {
  return scheme === 'ws' || scheme === 'wss';
}

function tlsOptions(tls: ServerOptions['tls']): TlsOptions {
  const proven = tls?.ca !== undefined;
  return {
    ...tls,
    requestCert: proven,
    rejectUnauthorized: proven,
    minVersion: 'TLSv1.2',
    handshakeTimeout: 10_000,
  };
}

interface WebEvents {
  onSocket(socket: Socket): void;
  onWebSocket(web: WebSocketLike, socket: Socket): void;
}

/**
 * Makes a server of WebSockets. A page of any origin may reach a port of this machine, and says its origin: those are refused, as
 * hosts and plugins say none.
 */
async function webServer(tls: TlsOptions | undefined, { onSocket, onWebSocket }: WebEvents): Promise<Server> {
  const { WebSocketServer } = await needWs();
  const server = tls === undefined ? createHttpServer() : createHttpsServer(tls);
  server.on('connection', onSocket);
  server.on('request', (_, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({
    server,
    maxPayload: DEFAULT_BOUNDS.frameBytes,
    perMessageDeflate: false,
    verifyClient: ({ origin }: { origin?: string }) => origin === undefined,
  });
  sockets.on('connection', (web, request) => onWebSocket(web as unknown as WebSocketLike, request.socket));
  sockets.on('error', () => undefined);
  return server;
}

function placeOf(address: string, { tls, hasTokens }: Pick<ServerOptions, 'tls' | 'hasTokens'>): Place {
  const fail = (reason: string): PluginError =>
    new PluginError('WP_CARRIER', `Cannot listen at ${JSON.stringify(address)}: ${reason}`);
  const [, scheme, rest = ''] = /^(\w+):(?:\/\/)?(.*)$/s.exec(address) ?? [];
  if (scheme === 'unix' && rest !== '') return { scheme, path: rest };
  const [, host = '', port = ''] = /^(.*):(\d{1,5})$/.exec(rest) ?? [];
  if (scheme === undefined || !SCHEMES.includes(scheme) || host === '')
    throw fail(
      'wanted "unix:/path", "tcp:localhost:port", "tls:host:port", "ws://localhost:port" or "wss://host:port"',
    );
  const isLocal = LOOPBACK.test(host);
  const isOpen = scheme === 'tcp' || scheme === 'ws';
  if (isOpen && !isLocal) throw fail('it is not on this machine alone; use "tls:" or "wss:"');
  if (!isOpen && tls?.cert === undefined) throw fail('"tls.cert" and "tls.key" are missing');
  if (!isLocal && !hasTokens && tls?.ca === undefined)
    throw fail('everybody could connect; give "secrets", or "tls.ca" for mutual TLS');
  return {
    scheme: scheme as 'tcp' | 'tls' | 'ws' | 'wss',
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port),
  };
}

async function listening(
  server: Server,
  { address, place }: { address: string; place: Place },
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      if ('path' in place) server.listen(place.path, resolve);
      else server.listen(place.port, place.host, resolve);
    });
    if ('path' in place) await chmod(place.path, 0o600);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PluginError('WP_BRIDGE', `Cannot listen at ${address}: ${reason}`, { cause: error });
  }
}

/** Returns the common name of the certificate that the other side has proven to have. */
function certifiedName(socket: Socket): string | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const name: unknown = socket.getPeerCertificate().subject?.CN;
  return typeof name === 'string' ? name : undefined;
}
