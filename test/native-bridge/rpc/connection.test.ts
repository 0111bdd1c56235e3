import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import {
  dial,
  portTransport,
  serve,
  streamTransport,
  Connection,
  type PortLike,
  type Transport,
} from '@wasm-plugin/native-bridge';
import { remoteExports, webSocketTransport, type WebSocketLike } from '@wasm-plugin/native-bridge';
import { WebSocket, WebSocketServer } from 'ws';
import { afterEach, describe, expect, it } from 'vitest';
import { ECHO, VALUES } from './echo-types.js';

type Echo = Record<string, (...args: unknown[]) => Promise<unknown>>;

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** The functions behind `ECHO`. `waits` holds the calls of `wait`. */
function echoPlugin(waits: (() => void)[] = []) {
  const functions: Record<string, unknown> = Object.fromEntries(
    VALUES.map(([name]) => [
      name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      (value: unknown) => value,
    ]),
  );
  functions['fail'] = (reason: string) => {
    throw Object.assign(new Error('refused'), { payload: reason });
  };
  functions['throw'] = () => {
    throw new Error('a bug\u001b[2J');
  };
  functions['wait'] = () => new Promise<void>((resolve) => waits.push(resolve));
  return {
    id: 'test.echo',
    version: '1.0.0',
    types: { 'test:echo/all': ECHO },
    exports: { 'test:echo/all': functions },
  };
}

async function listen(
  path?: string,
): Promise<{ server: Server; sockets: Socket[]; accepted: Promise<Socket> }> {
  const sockets: Socket[] = [];
  const server = createServer();
  const accepted = new Promise<Socket>((resolve) =>
    server.on('connection', (socket) => {
      sockets.push(socket);
      resolve(socket);
    }),
  );
  await new Promise<void>((resolve) =>
    path === undefined ? server.listen(0, '127.0.0.1', resolve) : server.listen(path, resolve),
  );
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return { server, sockets, accepted };
}

function overSocket(socket: Socket): Transport {
  return streamTransport('the host', { readable: socket, writable: socket, destroy: () => socket.destroy() });
}

async function pairOf(kind: string): Promise<[Transport, Transport]> {
  if (kind === 'a message port') {
    const { port1, port2 } = new MessageChannel();
    return [portTransport(port1 as unknown as PortLike), portTransport(port2 as unknown as PortLike)];
  }
  if (kind === 'a WebSocket' || kind === "Node's WebSocket") {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    closers.push(() => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    });
    const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve));
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const Client = kind === 'a WebSocket' ? WebSocket : globalThis.WebSocket;
    const near = new Client(url) as unknown as WebSocketLike;
    return [
      webSocketTransport(url, near),
      webSocketTransport('the host', (await accepted) as unknown as WebSocketLike),
    ];
  }
  const folder = await mkdtemp(join(tmpdir(), 'rpc-'));
  closers.push(() => rm(folder, { recursive: true }));
  const path = kind === 'a Unix socket' ? join(folder, 'socket') : undefined;
  const { server, accepted } = await listen(path);
  const address =
    path === undefined ? `tcp:127.0.0.1:${(server.address() as AddressInfo).port}` : `unix:${path}`;
  const host = await dial(address);
  return [host, overSocket(await accepted)];
}

async function connect(
  kind: string,
  waits?: (() => void)[],
): Promise<{ host: Connection; echo: Echo; plugin: Connection }> {
  const [near, far] = await pairOf(kind);
  const plugin = serve(echoPlugin(waits), far);
  const host = new Connection(near, { offers: [] });
  closers.push(() => host.close());
  const { functions } = await host.opened;
  const exports = remoteExports(functions, (index, args) => host.call(index, args));
  return { host, echo: exports['test:echo/all'] as Echo, plugin };
}

/** Node.js has a WebSocket since 22. */
const SOCKETS = ['a WebSocket', ...('WebSocket' in globalThis ? ["Node's WebSocket"] : [])];

describe.each(['a Unix socket', 'TCP', 'a message port', ...SOCKETS])('Connection over %s', (kind) => {
  it('carries every type there and back', async () => {
    const { echo } = await connect(kind);
    for (const [name, , ...values] of VALUES) {
      const call = echo[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
      for (const value of values) expect(await call?.(value), name).toEqual(value);
    }
  });

  it('carries messages that are longer than a frame', async () => {
    const { echo } = await connect(kind);
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251);
    expect(Buffer.compare((await echo['bytes']?.(bytes)) as Uint8Array, bytes)).toBe(0);
  });

  it('throws the error case of a result with its payload, and what else is thrown as in doubt', async () => {
    const { echo } = await connect(kind);
    await expect(echo['fail']?.('nö')).rejects.toMatchObject({ code: 'WP_GUEST', payload: 'nö' });
    await expect(echo['throw']?.()).rejects.toMatchObject({
      code: 'WP_BRIDGE_IN_DOUBT',
      message: expect.stringContaining('a bug\\u{1b}[2J'),
    });
    expect(await echo['u8']?.(3)).toBe(3);
  });

  it('refuses arguments that do not fit before anything is sent', async () => {
    const { echo } = await connect(kind);
    await expect(echo['u8']?.(256)).rejects.toThrowError(TypeError);
    await expect(echo['record']?.({ sampleRate: 1 })).rejects.toThrowError('"value.toString"');
    expect(await echo['u8']?.(3)).toBe(3);
  });

  it('answers 10,000 calls that are made at once', async () => {
    const { echo } = await connect(kind);
    const answers = await Promise.all(Array.from({ length: 10_000 }, (_, index) => echo['u32']?.(index)));
    expect(answers).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
  });

  it('fails calls under way as in doubt when the other side goes, and those after as not run', async () => {
    const waits: (() => void)[] = [];
    const { echo, plugin } = await connect(kind, waits);
    const lost = echo['wait']?.();
    await echo['u8']?.(1);
    plugin.close();
    await expect(lost).rejects.toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
    await expect(echo['u8']?.(1)).rejects.toMatchObject({ code: 'WP_BRIDGE' });
  });

  it('withdraws a call at its deadline and by its signal, and takes the late answer', async () => {
    const waits: (() => void)[] = [];
    const { host, echo } = await connect(kind, waits);
    const index = (await host.opened).functions.findIndex(({ name }) => name === 'wait');
    await expect(host.call(index, [], { deadlineMs: 30 })).rejects.toMatchObject({ code: 'WP_QUOTA_WALL' });
    const controller = new AbortController();
    const withdrawn = host.call(index, [], { signal: controller.signal });
    await echo['u8']?.(1);
    controller.abort();
    await expect(withdrawn).rejects.toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
    for (const resolve of waits) resolve();
    expect(await echo['u8']?.(2)).toBe(2);
    await host.ping();
  });

  it('drains: calls under way are answered, then it ends', async () => {
    const waits: (() => void)[] = [];
    const { host, echo } = await connect(kind, waits);
    const answer = echo['wait']?.();
    await echo['u8']?.(1);
    const drained = host.drain();
    for (const resolve of waits) resolve();
    await answer;
    await drained;
    await expect(echo['u8']?.(1)).rejects.toMatchObject({ code: 'WP_BRIDGE' });
  });
});
