import { once } from 'node:events';
import { chmod, lstat, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { plainJson, PluginError } from '@wasm-plugin/abi';
import { refusalOf } from './door-guard.node.js';
import { answerRequest, NoSuchRequest, statusOf, type DoorHost } from './door-requests.js';

/** Options of the door for operators. */
export interface DoorOptions {
  /** Path of a Unix socket. Only this user may connect to it. */
  readonly unix?: string;
  /** A port of the loopback interface; 0 for any that is free. */
  readonly port?: number;
  /** Text that each request has to bring, 16 characters or more. Needed with `port`. */
  readonly token?: string | undefined;
  /** Called for each request that does something, and of each that was turned away. */
  readonly onRequest?: ((request: DoorRequest) => void) | undefined;
}

/** A request at the door. */
export interface DoorRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A door that is open. */
export interface Door {
  /** `unix:/run/host.sock`, or `http://127.0.0.1:7421`. */
  readonly address: string;
  close(): Promise<void>;
}

const LEAST_TOKEN = 16;

/**
 * Opens a door for operators: HTTP over a Unix socket that this user alone may use, or on the loopback interface with a token.
 * Requests of web pages are refused. To be closed, before the host is.
 * @throws {TypeError} neither or both of `unix` and `port`, or a port without a token
 * @throws {Error} the place is taken
 */
export async function openDoor(host: DoorHost, options: DoorOptions): Promise<Door> {
  const { unix, port, token, onRequest } = options;
  if ((unix === undefined) === (port === undefined))
    throw new TypeError('Cannot open a door: give "unix" or "port", and not both');
  if (port !== undefined && (token === undefined || token.length < LEAST_TOKEN))
    throw new TypeError(
      `Cannot open a door at a port: it needs a token of ${LEAST_TOKEN} characters or more`,
    );
  const server = createServer((request, response) => {
    void respond(request, response, { host, token, onRequest });
  });
  // A request has no body that is read, and is short.
  server.headersTimeout = 10_000;
  server.maxHeadersCount = 100;
  if (unix !== undefined) await listenAt(server, unix);
  else {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }
  const { port: given } = (server.address() ?? {}) as AddressInfo;
  return {
    address: unix === undefined ? `http://127.0.0.1:${given}` : `unix:${unix}`,
    async close() {
      server.close();
      server.closeAllConnections();
      if (unix !== undefined) await rm(unix, { force: true });
    },
  };
}

/** Listens at a socket; what a host that has died left there is taken away. */
async function listenAt(server: Server, path: string): Promise<void> {
  if (await isTaken(path))
    throw new PluginError('WP_LIFECYCLE', `Cannot open a door at "${path}": another host listens there`);
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSocket() === false)
    throw new PluginError(
      'WP_LIFECYCLE',
      `Cannot open a door at "${path}": a file is there that is no socket; name another path`,
    );
  await rm(path, { force: true });
  // Nobody else may connect, also not in the moment before `chmod`.
  const before = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(before);
  }
  await once(server, 'listening');
  await chmod(path, 0o600);
}

function isTaken(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { host, token, onRequest }: Pick<DoorOptions, 'token' | 'onRequest'> & { host: DoorHost },
): Promise<void> {
  request.resume();
  const { method = 'GET', url = '/' } = request;
  const path = url.split('?')[0] as string;
  const send = (status: number, body: string, type = 'application/json; charset=utf-8'): void => {
    if (status !== 200 || method !== 'GET') onRequest?.({ method, path, status });
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(body);
  };
  const refusal = refusalOf(request, token);
  if (refusal !== undefined) return send(refusal.status, jsonText({ error: { message: refusal.message } }));
  try {
    const answer = await answerRequest(host, { method, path });
    if ('text' in answer) send(200, answer.text, answer.type);
    else send(200, jsonText(answer.json));
  } catch (error) {
    const status = statusOf(error);
    const reason =
      error instanceof NoSuchRequest
        ? new Error(`Cannot ${method} ${path}: there is no such request`)
        : error;
    send(status, jsonText({ error: reason }));
  }
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(plainJson(value))}\n`;
}
