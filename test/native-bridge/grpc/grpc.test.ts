import { Client, credentials } from '@grpc/grpc-js';
import { resolveLimits } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { createToken, rpc, type RpcOptions, type ServedPlugin } from '@wasm-plugin/native-bridge';
import {
  grpcDialer,
  grpcLink,
  serveGrpc,
  type GrpcCallRecord,
  type GrpcServerOptions,
} from '@wasm-plugin/native-bridge/grpc';
import { afterEach, describe, expect, it } from 'vitest';
import { identity, LOCAL } from '../../support/identity.js';
import { ECHO, VALUES } from '../rpc/echo-types.js';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const SECRET = 'a secret of 16 bytes or more';
const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function echoPlugin(changes: Record<string, unknown> = {}): ServedPlugin {
  const functions = Object.fromEntries(VALUES.map(([name]) => [camel(name), (value: unknown) => value]));
  const fail = (reason: string): never => {
    throw Object.assign(new Error('refused'), { payload: reason });
  };
  return {
    id: 'test.echo',
    version: '1.0.0',
    types: { 'test:echo/all': ECHO },
    exports: { 'test:echo/all': { ...functions, fail, ...changes } },
  };
}

async function served(plugin: ServedPlugin, options: GrpcServerOptions = {}, address = 'grpc://127.0.0.1:0') {
  const server = await serveGrpc(address, plugin, options);
  closers.push(() => server.close());
  return server;
}

type Functions = Record<string, (...args: unknown[]) => Promise<unknown>>;

async function instanceAt(entry: string, options: RpcOptions, limits = {}) {
  const carrier = rpc(options);
  const files = memoryFiles({});
  const plugin = await carrier.load(
    { id: 'test.echo', version: '1.0.0', entry, files },
    { limits: resolveLimits(limits) },
  );
  closers.push(() => plugin.close());
  const instance = await plugin.instantiate({ imports: {} });
  return { instance, echo: instance.exports['all'] as Functions };
}

const overLink = (options = {}): RpcOptions => ({
  links: { grpc: grpcLink(options), grpcs: grpcLink(options) },
});

describe('serveGrpc()', () => {
  it('answers plain calls with every type, by what the server says of itself', async () => {
    const { address } = await served(echoPlugin());
    const { echo } = await instanceAt(address, overLink());
    for (const [name, , ...values] of VALUES)
      for (const value of values) expect(await echo[camel(name)]?.(value), name).toEqual(value);
    await expect(echo['fail']?.('no')).rejects.toMatchObject({ code: 'WP_GUEST', payload: 'no' });
  });

  it('carries connections of hosts by one stream each', async () => {
    const { address } = await served(echoPlugin());
    const { instance, echo } = await instanceAt(address, { dialers: { grpc: grpcDialer() } });
    for (const [name, , ...values] of VALUES)
      for (const value of values) expect(await echo[camel(name)]?.(value), name).toEqual(value);
    expect(await echo['bytes']?.(new Uint8Array(3_000_000).fill(7))).toHaveLength(3_000_000);
    await instance.close();
    expect(instance.state).toBe('closed');
  });

  it('says who it is, which call, which trace; and is not called for another plugin', async () => {
    const records: GrpcCallRecord[] = [];
    const { address } = await served(echoPlugin(), { onCall: (record) => records.push(record) });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { echo } = await instanceAt(address, overLink({ traceparent: () => traceparent }));
    await echo['u8']?.(1);
    expect(records[0]).toMatchObject({ path: '/test.echo.All/U8', traceparent, status: 0 });
    expect(records[0]?.callId).toMatch(/^[\da-f-]{36}$/);
    const other = await grpcLink()(address, {
      id: 'test.other',
      version: '1.0.0',
      entry: address,
      files: memoryFiles({}),
    });
    closers.push(() => other.close());
    await expect(other.call(0, [true])).rejects.toMatchObject({ code: 'WP_BRIDGE' });
  });

  it('hands the deadline of a call on, and hears of its end', async () => {
    let heard: ((ms: number) => void) | undefined;
    const deadline = new Promise<number>((resolve) => (heard = resolve));
    const aborted = new Promise<void>((resolve) => {
      const plugin: ServedPlugin = {
        ...echoPlugin(),
        run: (_, __, { deadlineMs, signal }) => {
          heard?.(deadlineMs);
          return new Promise(() => signal.addEventListener('abort', () => resolve()));
        },
      };
      closers.push(() => undefined);
      void served(plugin).then(async ({ address }) => {
        const { echo, instance } = await instanceAt(address, overLink(), { wallMs: 300 });
        await expect(echo['wait']?.()).rejects.toMatchObject({ code: 'WP_QUOTA_WALL' });
        expect(instance.state).toBe('ready');
      });
    });
    expect(await deadline).toBeGreaterThan(0);
    expect(await deadline).toBeLessThanOrEqual(300);
    await aborted;
  });

  it('fails what throws as in doubt, and what does not fit as not run', async () => {
    const bug = (): never => {
      throw new Error('a bug\u001b[2J');
    };
    const { address } = await served(echoPlugin({ throw: bug, bool: () => 7 }));
    const { echo } = await instanceAt(address, overLink());
    const error = await echo['throw']?.().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
    expect(String(error)).not.toContain('\u001b');
    await expect(echo['u8']?.(256)).rejects.toThrow(TypeError);
    await expect(echo['bool']?.(true)).rejects.toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
  });

  it('lets in by a token that holds once', async () => {
    const { address } = await served(echoPlugin(), { secret: SECRET });
    const { echo } = await instanceAt(address, overLink({ secret: SECRET }));
    expect(await echo['u8']?.(7)).toBe(7);
    await expect(instanceAt(address, overLink())).rejects.toThrow('it has no token');
    await expect(instanceAt(address, { dialers: { grpc: grpcDialer() } })).rejects.toMatchObject({
      code: 'WP_BRIDGE',
    });
    const client = new Client(address.replace('grpc://', ''), credentials.createInsecure());
    closers.push(() => client.close());
    const { Metadata } = await import('@grpc/grpc-js');
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${createToken(SECRET, '')}`);
    const call = (): Promise<string> =>
      new Promise((resolve) => {
        const same = (bytes: Buffer): Buffer => bytes;
        client.makeUnaryRequest('/test.echo.All/Wait', same, same, Buffer.alloc(0), metadata, {}, (error) =>
          resolve(error?.details ?? ''),
        );
      });
    expect(await call()).not.toContain('token');
    expect(await call()).toContain('its token was used before');
  });

  it('lets in by certificates, and nobody with another one', async () => {
    const authority = await identity('authority', { authority: true });
    const own = await identity('plugin', { ...LOCAL, by: authority });
    const tls = { ...own, ca: authority.cert };
    const { address } = await served(echoPlugin(), { tls }, 'grpcs://localhost:0');
    const caller = await identity('host', { ...LOCAL, by: authority });
    const { echo } = await instanceAt(address, overLink({ tls: { ...caller, ca: authority.cert } }));
    expect(await echo['u8']?.(7)).toBe(7);
    const stranger = await identity('stranger', { authority: true });
    for (const bad of [
      { ca: authority.cert },
      { ca: stranger.cert, ...caller },
      { ca: authority.cert, ...(await identity('host', { ...LOCAL, by: stranger })) },
      { ca: authority.cert, ...(await identity('host', { ...LOCAL, by: authority, expired: true })) },
    ])
      await expect(instanceAt(address, overLink({ tls: bad, dialMs: 500 }))).rejects.toMatchObject({
        code: 'WP_BRIDGE',
      });
  });

  it.each([
    ['grpc://0.0.0.0:0', 'use "grpcs:"'],
    ['grpcs://0.0.0.0:0', '"tls.cert"'],
    ['http://localhost:1', 'wanted "grpc://localhost:port"'],
    ['grpc://localhost:0,localhost:0', 'several'],
  ])('does not listen at %s', async (address, reason) => {
    await expect(serveGrpc(address, echoPlugin())).rejects.toThrow(reason);
  });

  it('is not dialled elsewhere without TLS', async () => {
    await expect(instanceAt('grpc://example.com:1', overLink())).rejects.toMatchObject({
      code: 'WP_CARRIER',
    });
  });
});

describe('several servers', () => {
  async function servers(changes: Record<string, unknown>[]) {
    const counts = changes.map(() => 0);
    const all = await Promise.all(
      changes.map((change, index) =>
        served(echoPlugin({ u8: (value: number) => ((counts[index] as number)++, value), ...change })),
      ),
    );
    const address = `grpc://${all.map((server) => server.address.replace('grpc://', '')).join(',')}`;
    return { all, counts, address };
  }

  it('are called in turn; where one ends, calls go on', async () => {
    const { all, counts, address } = await servers([{}, {}]);
    const { echo } = await instanceAt(address, overLink());
    for (let call = 0; call < 40; call++) await echo['u8']?.(call);
    // The first calls go to whichever is connected first.
    expect(Math.min(...counts)).toBeGreaterThan(10);
    await all[0]?.close();
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, call) => echo['u8']?.(call)));
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    for (const each of failed) expect((each as PromiseRejectedResult).reason).toHaveProperty('code');
    expect(failed.length).toBeLessThan(5);
    const settled = counts.reduce((sum, count) => sum + count, 0);
    for (let call = 0; call < 20; call++) await echo['u8']?.(call);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(settled + 20);
  });

  it('are left out while they fail', { timeout: 30_000 }, async () => {
    let broken = 0;
    const { counts, address } = await servers([
      {
        u8: () => {
          broken++;
          throw new Error('broken');
        },
      },
      {},
    ]);
    const { echo } = await instanceAt(address, overLink());
    // Until the one that fails is left out: at the end of an interval of a second.
    let streak = 0;
    for (let call = 0; streak < 200; call++) {
      const outcome = await echo['u8']?.(call & 0xff).then(
        () => 'answered',
        (error: { code?: string }) => error.code,
      );
      expect(outcome === 'answered' || outcome === 'WP_BRIDGE_IN_DOUBT').toBe(true);
      streak = outcome === 'answered' ? streak + 1 : 0;
    }
    expect(broken).toBeGreaterThan(0);
    expect(counts[1]).toBeGreaterThan(200);
  });
});
