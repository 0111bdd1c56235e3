import { createServer, type Server, type Socket } from 'node:net';
import { chmod } from 'node:fs/promises';
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls';
import { PluginError } from '@wasm-plugin/abi';
import { LOOPBACK } from './dial.node.js';

/** Who may connect to an address. */
export interface ServerOptions {
  /**
   * The certificate of this side for `tls:`, as in Node's `tls.createServer`. With `ca` the other side must have one, too, that an
   * authority of `ca` has signed (mutual TLS).
   */
  tls?: Pick<TlsOptions, 'ca' | 'cert' | 'key' | 'passphrase'>;
  /** Whether those who connect prove who they are by a token. */
  hasTokens: boolean;
  /** Hears why somebody could not connect. */
  onRefused: (reason: string, peer: string) => void;
}

/** A server that runs. */
export interface RunningServer {
  /** Where it listens, with its port. */
  readonly address: string;
  close(): Promise<void>;
}

/** Connections at once. */
const MOST_CONNECTIONS = 1024;

/**
 * Listens at `unix:/path`, `tcp:localhost:port` or `tls:host:port`. A Unix socket is for the user of this process alone.
 * @throws {PluginError} WP_CARRIER the address is of no known form, or lets in who has proven nothing; WP_BRIDGE it is taken
 */
export async function startServer(
  address: string,
  onConnection: (socket: Socket, names: { peer: string; certified: string | undefined }) => void,
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
    const peer =
      'path' in place
        ? address
        : `${place.scheme}:${String(socket.remoteAddress)}:${String(socket.remotePort)}`;
    onConnection(socket, { peer, certified: certifiedName(socket) });
  };
  const server =
    place.scheme === 'tls'
      ? createTlsServer(
          {
            ...tls,
            requestCert: tls?.ca !== undefined,
            rejectUnauthorized: tls?.ca !== undefined,
            minVersion: 'TLSv1.2',
            handshakeTimeout: 10_000,
          },
          accept,
        )
      : createServer(accept);
  server.maxConnections = MOST_CONNECTIONS;
  server.on('tlsClientError', (error: Error, socket: TLSSocket) =>
    onRefused(error.message, `tls:${String(socket.remoteAddress)}`),
  );
  await listening(server, { address, place });
  const bound = server.address();
  return {
    address:
      typeof bound === 'object' && bound !== null && 'host' in place
        ? `${place.scheme}:${place.host}:${bound.port}`
        : address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type Place = { scheme: 'unix'; path: string } | { scheme: 'tcp' | 'tls'; host: string; port: number };

function placeOf(address: string, { tls, hasTokens }: Pick<ServerOptions, 'tls' | 'hasTokens'>): Place {
  const fail = (reason: string): PluginError =>
    new PluginError('WP_CARRIER', `Cannot listen at ${JSON.stringify(address)}: ${reason}`);
  const [, scheme, rest = ''] = /^(\w+):(?:\/\/)?(.*)$/s.exec(address) ?? [];
  if (scheme === 'unix' && rest !== '') return { scheme, path: rest };
  const [, host = '', port = ''] = /^(.*):(\d{1,5})$/.exec(rest) ?? [];
  if ((scheme !== 'tcp' && scheme !== 'tls') || host === '')
    throw fail('wanted "unix:/path", "tcp:localhost:port" or "tls:host:port"');
  const isLocal = LOOPBACK.test(host);
  if (scheme === 'tcp' && !isLocal) throw fail('it is not on this machine alone; use "tls:"');
  if (scheme === 'tls' && tls?.cert === undefined) throw fail('"tls.cert" and "tls.key" are missing');
  if (!isLocal && !hasTokens && tls?.ca === undefined)
    throw fail('everybody could connect; give "secrets", or "tls.ca" for mutual TLS');
  return { scheme, host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
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
