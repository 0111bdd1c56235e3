import { MessageChannel } from 'node:worker_threads';
import {
  Connection,
  portTransport,
  remoteExports,
  serve,
  type InterfaceType,
  type PortLike,
  type Transport,
} from '@wasm-plugin/native-bridge';
import { afterEach, describe, expect, it } from 'vitest';

const TYPES: InterfaceType = {
  restore: { params: [['state', { list: 'u8' }]], result: 'u32' },
  serialize: { params: [], result: { result: { ok: { list: 'u8' }, err: 'string' } } },
  next: { params: [], result: 'u32' },
  at: { params: [['index', 'u32']], result: { result: { ok: 'u32', err: 'string' } } },
  block: { params: [['samples', { list: 'f32' }]], result: { list: 'f32' } },
  slow: { params: [] },
  fail: { params: [] },
};
const INDEX = Object.fromEntries(Object.keys(TYPES).map((name, index) => [name, index])) as Record<
  string,
  number
>;
const MEBIBYTE = 2 ** 20;

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Bytes that either side sent and that are not delivered yet. */
interface Way {
  most: number;
  frames: number;
}

/** Two ends of a message port, and what is on its way from the first to the second. */
function ends(): { near: Transport; far: Transport; way: Way } {
  const { port1, port2 } = new MessageChannel();
  const [near, far] = [port1, port2].map((port) => portTransport(port as unknown as PortLike)) as [
    Transport,
    Transport,
  ];
  const way: Way = { most: 0, frames: 0 };
  let underWay = 0;
  const counted = (transport: Transport): Transport => ({
    ...transport,
    pendingBytes: 0,
    send(frame) {
      underWay += frame.length;
      way.most = Math.max(way.most, underWay);
      way.frames++;
      transport.send(frame);
    },
    start: (receiver) =>
      transport.start({
        ...receiver,
        onLine: (line) => receiver.onLine(line),
        onFrame(frame) {
          underWay -= frame.length;
          receiver.onFrame(frame);
        },
        onClose: (reason) => receiver.onClose(reason),
      }),
  });
  return { near: counted(near), far: counted(far), way };
}

async function connect() {
  const { near, far, way } = ends();
  const ran: string[] = [];
  const state = new Uint8Array(64 * MEBIBYTE).fill(7);
  const stop: (() => void)[] = [];
  serve(
    {
      id: 'test.state',
      version: '1.0.0',
      types: { 'test:state/all': TYPES },
      exports: {
        'test:state/all': {
          restore: (given: Uint8Array) => {
            ran.push('restore');
            return given.length + (given.at(-1) ?? 0);
          },
          serialize: () => state,
          next: () => ran.push('next'),
          at(index: number) {
            ran.push(`at ${index}`);
            if (index === 3) throw Object.assign(new Error('refused'), { payload: 'three' });
            if (index === 9) throw new Error('a bug');
            return index * 2;
          },
          block: (samples: Float32Array) => samples,
          slow: () => {
            ran.push('slow');
            return new Promise<void>((resolve) => stop.push(resolve));
          },
        },
      },
    },
    far,
  );
  const host = new Connection(near, { offers: [] });
  closers.push(() => host.close());
  const { functions } = await host.opened;
  const exports = remoteExports(functions, (index, args) => host.call(index, args));
  type Functions = Record<string, (...args: unknown[]) => Promise<unknown>>;
  return { host, way, ran, state, stop, functions: exports['all'] as Functions };
}

describe('long messages', () => {
  it('cross with a megabyte on its way, in both directions, though nobody holds the port back', async () => {
    const { functions, way, state } = await connect();
    const saved = (await functions['serialize']?.()) as Uint8Array;
    expect(Buffer.compare(saved, state)).toBe(0);
    expect(way.most).toBeLessThan(1.5 * MEBIBYTE);
    way.most = 0;
    expect(await functions['restore']?.(saved)).toBe(state.length + 7);
    expect(way.most).toBeLessThan(1.5 * MEBIBYTE);
  });

  it('take one buffer of their size where they arrive', async () => {
    const { functions } = await connect();
    const saved = (await functions['serialize']?.()) as Uint8Array;
    expect(saved.buffer.byteLength).toBeLessThan(saved.length + 100);
  });

  it('let answers through, and keep the order of calls', async () => {
    const { host, functions, ran, state, stop } = await connect();
    const slow = functions['slow']?.();
    await host.ping();
    const all = [functions['restore']?.(state), functions['next']?.(), functions['next']?.()];
    stop[0]?.();
    await slow;
    expect(ran).toEqual(['slow']);
    await Promise.all(all);
    expect(ran).toEqual(['slow', 'restore', 'next', 'next']);
  });

  it('are answered before a connection is drained', async () => {
    const { host, functions, state } = await connect();
    const saved = functions['serialize']?.();
    await host.drain();
    expect(((await saved) as Uint8Array).length).toBe(state.length);
  });

  it('end with the connection', async () => {
    const { host, functions, state } = await connect();
    const call = functions['restore']?.(state);
    const next = functions['next']?.();
    host.close();
    await expect(call).rejects.toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
    await expect(next).rejects.toMatchObject({ code: 'WP_BRIDGE' });
    expect(host.pendingBytes).toBe(0);
  });
});

describe('batches', () => {
  it('are one frame there and one back, in order', async () => {
    const { host, way, ran } = await connect();
    way.frames = 0;
    const results = await host.callBatch(
      INDEX['at'] as number,
      [0, 1, 2].map((index) => [index]),
    );
    expect(results).toEqual([0, 2, 4]);
    expect(ran).toEqual(['at 0', 'at 1', 'at 2']);
    expect(way.frames).toBe(2);
    const blocks = Array.from({ length: 16 }, (_, index) => [new Float32Array(128).fill(index)]);
    expect(await host.callBatch(INDEX['block'] as number, blocks)).toEqual(blocks.map(([block]) => block));
    expect(await host.callBatch(INDEX['at'] as number, [])).toEqual([]);
  });

  it('of more calls than a frame takes are several', async () => {
    const { host } = await connect();
    const indexes = Array.from({ length: 2500 }, (_, index) => [index + 10]);
    const results = (await host.callBatch(INDEX['at'] as number, indexes)) as number[];
    expect(results).toEqual(indexes.map(([index]) => (index as number) * 2));
  });

  it('run on behind an error case, which is thrown, and end at a fault', async () => {
    const { host, ran } = await connect();
    const at = INDEX['at'] as number;
    await expect(host.callBatch(at, [[2], [3], [4]])).rejects.toMatchObject({ payload: 'three' });
    expect(ran.splice(0)).toEqual(['at 2', 'at 3', 'at 4']);
    await expect(host.callBatch(at, [[8], [9], [10]])).rejects.toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
    expect(ran).toEqual(['at 8', 'at 9']);
    await expect(host.callBatch(at, [[1], ['x']])).rejects.toThrowError(TypeError);
  });

  it('end when they are withdrawn', async () => {
    const { host, ran, stop } = await connect();
    const leaving = new AbortController();
    const batch = host.callBatch(INDEX['slow'] as number, [[], []], { signal: leaving.signal });
    await host.ping();
    leaving.abort();
    await expect(batch).rejects.toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
    await host.ping();
    stop[0]?.();
    await host.ping();
    expect(ran).toEqual(['slow']);
  });
});

/** Speaks to a side as another program would, and returns why it ended. */
async function tell(...frames: number[][]): Promise<string | undefined> {
  const { port1, port2 } = new MessageChannel();
  const port = port2 as unknown as PortLike;
  const reason = await new Promise<string | undefined>((resolve) => {
    serve(
      {
        id: 'a.b',
        version: '1.0.0',
        types: { 'a:b/c': { f: { params: [] } } },
        exports: { 'a:b/c': { f: () => 0 } },
      },
      portTransport(port1 as unknown as PortLike),
      { onClose: (error) => resolve(error?.message) },
    );
    port.postMessage('wasm-plugin-rpc {"versions":[1],"functions":[],"calls":1,"window":262144}');
    for (const frame of frames) port.postMessage(Uint8Array.from(frame));
  });
  port.close();
  return reason;
}

describe('a side that lies about long messages and batches ends the connection', () => {
  const part = (...bytes: number[]): number[] => [5, 1, 0, ...bytes];
  it.each([
    ['a length of 4 GB', [[10, 1, 0, 255, 255, 255, 255, 15]], 'messages of more than 134217728 bytes'],
    [
      'a length twice',
      [
        [10, 1, 0, 9],
        [10, 1, 0, 9],
      ],
      'comes behind its parts',
    ],
    ['more than the length', [[10, 1, 0, 1], part(1, 2)], 'a message of 1 bytes has more than that'],
    [
      'less than the length',
      [
        [10, 1, 0, 9],
        [1, 1, 0, 0],
      ],
      'a message of 9 bytes ends after 2',
    ],
    ['the length of no answer', [[10, 1, 1, 9]], 'an answer to the call 1, which was not made'],
    ['a batch of none', [[12, 1, 0, 0, 0]], 'a batch of 0 calls'],
    ['a batch of too many', [[12, 1, 0, 0, 129, 8]], 'a batch of 1025 calls'],
    ['a batch with bytes left over', [[12, 1, 0, 0, 1, 7]], '1 bytes are left over'],
  ])('%s', async (_, frames, reason) => {
    expect(await tell(...(frames as number[][]))).toContain(reason);
  });
});
