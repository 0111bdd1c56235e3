import { randomBytes } from 'node:crypto';
import { resolveLimits } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { rpc, type RpcOptions, type ServedPlugin } from '@wasm-plugin/native-bridge';
import {
  connectNats,
  natsDialer,
  natsLink,
  NatsPackages,
  serveNats,
  type NatsServeOptions,
} from '@wasm-plugin/native-bridge/nats';
import { packFiles } from '@wasm-plugin/abi/package';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { missingNats, NatsServer } from '../../support/nats-server.js';
import { ECHO, VALUES } from '../rpc/echo-types.js';

const missing = missingNats();
if (missing !== undefined) console.log(`skipped: ${missing}`);

let server: NatsServer;
const closers: (() => unknown)[] = [];
const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function echoPlugin(changes: Record<string, unknown> = {}): ServedPlugin {
  const functions = Object.fromEntries(VALUES.map(([name]) => [camel(name), (value: unknown) => value]));
  const fail = (reason: string): never => {
    throw Object.assign(new Error('refused'), { payload: reason });
  };
  return {
    id: 'test.echo',
    version: '1.0.0',
    types: { 'test:echo/all@1.0.0': ECHO },
    exports: { 'test:echo/all@1.0.0': { ...functions, fail, ...changes } },
  };
}

async function join(plugin: Parameters<typeof serveNats>[1] = echoPlugin(), options: NatsServeOptions = {}) {
  const nats = await connectNats(server.url);
  closers.push(() => nats.close());
  const serving = await serveNats(nats, plugin, options);
  return { nats, serving };
}

type Functions = Record<string, (...args: unknown[]) => Promise<unknown>>;

async function instanceBy(options: RpcOptions, limits = {}) {
  const carrier = rpc(options);
  const source = { id: 'test.echo', version: '1.0.0', entry: server.url, files: memoryFiles({}) };
  const plugin = await carrier.load(source, { limits: resolveLimits(limits) });
  closers.push(() => plugin.close());
  const instance = await plugin.instantiate({ imports: {} });
  return { instance, echo: instance.exports['all'] as Functions };
}

const LINK: RpcOptions = { links: { nats: natsLink() } };
const DIALER: RpcOptions = { dialers: { nats: natsDialer() } };

describe.skipIf(missing !== undefined)('serveNats()', () => {
  beforeAll(async () => {
    server = await NatsServer.start();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });
  afterAll(() => server.close());

  it.each([
    ['calls', LINK],
    ['connections', DIALER],
  ])('takes every type by %s', async (_, way) => {
    await join();
    const { echo, instance } = await instanceBy(way);
    for (const [name, , ...values] of VALUES)
      for (const value of values) expect(await echo[camel(name)]?.(value), name).toEqual(value);
    await expect(echo['fail']?.('no')).rejects.toMatchObject({ code: 'WP_GUEST', payload: 'no' });
    await instance.close();
    expect(instance.state).toBe('closed');
  });

  it('has resources by connections alone: calls refuse them by name', async () => {
    const box = 'test:echo/all@1.0.0#box';
    class Box {
      size(): number {
        return 3;
      }
    }
    await join({
      id: 'test.echo',
      version: '1.0.0',
      types: {
        'test:echo/all@1.0.0': {
          '[constructor]box': { params: [], result: { own: box } },
          '[method]box.size': { params: [['self', { borrow: box }]], result: 'u32' },
        },
      },
      exports: { 'test:echo/all@1.0.0': { Box } },
    });
    await expect(instanceBy(LINK)).rejects.toMatchObject({
      code: 'WP_CARRIER',
      message: expect.stringContaining('"test:echo/all@1.0.0#[constructor]box" has resources'),
    });
    const { instance } = await instanceBy(DIALER);
    const remote = instance.exports['all'] as { Box: new () => Promise<{ size(): Promise<number> }> };
    expect(await (await new remote.Box()).size()).toBe(3);
  });

  it('hears the log of the instance that calls share', async () => {
    const lines: string[] = [];
    const onLog = (level: string, message: string): void => void lines.push(`${level} ${message}`);
    type Log = { log(level: string, message: string): Promise<void> };
    await join(
      (host) =>
        echoPlugin({
          u8: async (value: number) => {
            await ((await host).exports['log'] as Log).log('warn', `got ${value}`);
            return value;
          },
        }),
      { onLog },
    );
    const { echo } = await instanceBy(LINK);
    expect(await echo['u8']?.(7)).toBe(7);
    expect(lines).toEqual(['warn got 7']);
  });

  it('carries long messages in a connection', async () => {
    await join();
    const { echo } = await instanceBy(DIALER);
    const long = new Uint8Array(3_000_000).fill(7);
    expect(Buffer.compare((await echo['bytes']?.(long)) as Uint8Array, long)).toBe(0);
  });

  it('is a service that is found, asked for its health, and counted', async () => {
    const { serving } = await join();
    const { echo } = await instanceBy(LINK);
    await echo['u8']?.(1);
    expect(serving.service.ping()).toMatchObject({ name: 'test-echo', version: '1.0.0' });
    const stats = await serving.service.stats();
    const counted = stats.endpoints?.reduce((sum, each) => sum + each.num_requests, 0);
    expect(counted).toBe(1);
    expect(serving.service.info().endpoints.map(({ subject }) => subject)).toContain(
      'wasm-plugin.test_echo.call.test:echo/all@1_0_0.u8',
    );
  });

  it('fails what throws as in doubt, what does not fit and what nobody serves as not run', async () => {
    const bug = (): never => {
      throw new Error('a bug\u001b[2J\nand more');
    };
    const { serving } = await join(echoPlugin({ throw: bug }));
    const { echo } = await instanceBy(LINK);
    const error = await echo['throw']?.().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
    expect(String(error)).not.toContain('\u001b');
    await expect(echo['u8']?.(256)).rejects.toThrow(TypeError);
    await serving.close();
    await expect(echo['u8']?.(1)).rejects.toMatchObject({ code: 'WP_BRIDGE' });
    await expect(instanceBy(LINK)).rejects.toThrow('nobody serves it');
    await expect(instanceBy(DIALER)).rejects.toThrow('nobody serves it');
  });

  it('hands deadlines on; a late call may have run', async () => {
    let deadline = 0;
    await join({
      ...echoPlugin(),
      run: (_, __, { deadlineMs, signal }) => {
        deadline = deadlineMs;
        return new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    });
    const { echo, instance } = await instanceBy(LINK, { wallMs: 200 });
    await expect(echo['wait']?.()).rejects.toMatchObject({ code: 'WP_QUOTA_WALL' });
    expect(deadline).toBe(200);
    expect(instance.state).toBe('ready');
  });

  it('shares calls among the hosts of one queue; where one leaves, none is lost', async () => {
    const counts = [0, 0];
    const host = (at: number) =>
      join(echoPlugin({ u32: (value: number) => ((counts[at] as number)++, value) }));
    const [first] = [await host(0), await host(1)];
    const { echo } = await instanceBy(LINK);
    const calls = Array.from({ length: 400 }, (_, index) => index);
    const half = Promise.all(calls.map((index) => echo['u32']?.(index)));
    await first.serving.close();
    const rest = await Promise.all(calls.map((index) => echo['u32']?.(index)));
    expect([await half, rest]).toEqual([calls, calls]);
    expect(counts[0]! + counts[1]!).toBe(800);
    expect(Math.min(...counts)).toBeGreaterThan(50);
  });

  it('refuses more calls than it takes at once, as not run', async () => {
    const waits: (() => void)[] = [];
    await join(echoPlugin({ wait: () => new Promise<void>((resolve) => waits.push(resolve)) }), { calls: 2 });
    const { echo } = await instanceBy(LINK);
    const calls = Array.from({ length: 5 }, () => echo['wait']?.());
    const refused = await Promise.allSettled(calls.slice(2));
    for (const each of refused)
      expect((each as PromiseRejectedResult).reason).toMatchObject({ code: 'WP_BRIDGE' });
    for (const resolve of waits) resolve();
    await Promise.all(calls.slice(0, 2));
  });

  it('ends connections when NATS restarts, and goes on with calls after it', async () => {
    const waits: (() => void)[] = [];
    const { nats } = await join(
      echoPlugin({ wait: () => new Promise<void>((resolve) => waits.push(resolve)) }),
    );
    const { echo, instance } = await instanceBy(DIALER);
    const calls = await instanceBy(LINK);
    const inDoubt = expect(echo['wait']?.()).rejects.toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
    await echo['u8']?.(1);
    const back = new Promise<void>((resolve) => {
      void (async () => {
        for await (const { type } of nats.status()) if (type === 'reconnect') resolve();
      })();
    });
    await server.stop();
    await inDoubt;
    expect(instance.state).toBe('dead');
    await server.start();
    await back;
    // The caller comes back by itself, too; a call meanwhile waits for it.
    let answer: unknown;
    while (answer === undefined) {
      answer = await calls.echo['u8']?.(7).catch(() => undefined);
      // A refusal may come at once: without this the sockets would never get their turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(answer).toBe(7);
    expect(await (await instanceBy(DIALER)).echo['u8']?.(8)).toBe(8);
  });

  it('keeps packed plugins in the object store, each version once', async () => {
    const nats = await connectNats(server.url);
    closers.push(() => nats.close());
    const packages = await NatsPackages.open(nats);
    const bytes = await packFiles(
      memoryFiles({ 'plugin.json': '{"id":"acme.eq"}', 'plugin.wasm': randomBytes(2_000_000) }),
    );
    await packages.put({ id: 'acme.eq', version: '1.0.0', bytes });
    const files = await packages.get('acme.eq', '1.0.0');
    expect(new TextDecoder().decode(await files.read('plugin.json'))).toBe('{"id":"acme.eq"}');
    expect(await files.read('plugin.wasm')).toHaveLength(2_000_000);
    await expect(packages.put({ id: 'acme.eq', version: '1.0.0', bytes })).rejects.toMatchObject({
      code: 'WP_PACKAGE',
    });
    await expect(packages.get('acme.eq', '2.0.0')).rejects.toThrow('it is not there');
    await packages.put({ id: 'acme.eq', version: '3.0.0', bytes: bytes.subarray(0, 100) });
    await expect(packages.get('acme.eq', '3.0.0')).rejects.toMatchObject({ code: 'WP_PACKAGE' });
  });

  it('is not reached where nobody listens', async () => {
    await expect(connectNats('nats://127.0.0.1:1', { dialMs: 300 })).rejects.toMatchObject({
      code: 'WP_BRIDGE',
    });
    await expect(connectNats('nats://user:secret@127.0.0.1:1', { dialMs: 300 })).rejects.not.toThrow(
      'secret',
    );
  });
});
