import { createServer, connect as connectSocket } from 'node:net';
import type { PluginError } from '@wasm-plugin/abi';
import { createPluginHost, type ManagedPlugin } from '@wasm-plugin/engine/host';
import { PluginReloads, Supervisor } from '#internals';
import {
  connectPlugin,
  Connection,
  createToken,
  dial,
  listen,
  rpc,
  TokenCheck,
  type Connected,
  type ConnectOptions,
  type ListenOptions,
  type Listener,
  type ServedPlugin,
} from '@wasm-plugin/native-bridge';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { identity, LOCAL, type Identity } from '../../support/identity.js';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const SECRET = 'a secret of 16 bytes or more';

/** A plugin that counts, and holds calls of `wait` until they are let go. */
function counter(
  id = 'acme.counter',
  waits: (() => void)[] = [],
): ServedPlugin & { manifest: Record<string, unknown>; count(): number } {
  let count = 0;
  return {
    id,
    version: '1.0.0',
    manifest: {
      id,
      name: 'Counter',
      version: '1.0.0',
      carrier: 'wasm',
      entry: 'lies.wasm',
      world: 'acme:counter/counter',
      interfaces: ['acme:counter/counting'],
      state: { schema: 1 },
    },
    count: () => count,
    types: {
      'acme:counter/counting': {
        add: { params: [['by', 'u32']], result: 'u32' },
        wait: { params: [] },
      },
      'wasm-plugin:abi/state@0.1.0': {
        schema: { params: [], result: 'u32' },
        serialize: { params: [], result: { result: { ok: { list: 'u8' }, err: 'string' } } },
        restore: {
          params: [
            ['state', { list: 'u8' }],
            ['schema', 'u32'],
            ['version', 'string'],
          ],
          result: { result: { err: 'string' } },
        },
      },
    },
    exports: {
      'acme:counter/counting': {
        add: (by: number) => (count += by),
        wait: () => {
          count++;
          return new Promise<void>((resolve) => waits.push(resolve));
        },
      },
      'wasm-plugin:abi/state@0.1.0': {
        schema: () => 1,
        serialize: () => Uint8Array.of(count),
        restore: (state: Uint8Array) => void (count = state[0] ?? 0),
      },
    },
  };
}

async function listening(address: string, options: ListenOptions = {}): Promise<Listener> {
  const listener = await listen(address, options);
  closers.push(() => listener.close());
  return listener;
}

function connected(
  plugin: Parameters<typeof connectPlugin>[0],
  address: string,
  options: ConnectOptions = {},
): { client: Connected; lost: Promise<PluginError> } {
  let onLost: (error: PluginError) => void = () => undefined;
  const lost = new Promise<PluginError>((resolve) => (onLost = resolve));
  const client = connectPlugin(plugin, address, { retryMs: 1, ...options, onLost: (error) => onLost(error) });
  closers.push(() => client.close());
  return { client, lost };
}

type Counting = Record<'add' | 'wait', (by?: number) => Promise<unknown>>;

async function hostOf(listener: Listener) {
  const host = createPluginHost({ carriers: [rpc({ listener })] });
  closers.push(() => host.close());
  const plugin = await new Promise<ManagedPlugin>((resolve, reject) =>
    listener.onPlugin((files) => {
      host
        .add(files)
        .then(({ name }) => host.load(name))
        .then(resolve, reject);
    }),
  );
  return { host, plugin, counting: () => plugin.exports['counting'] as Counting };
}

let authority: Identity;
let server: Identity;

beforeAll(async () => {
  authority = await identity('authority', { authority: true });
  server = await identity('host', { ...LOCAL, by: authority });
});

describe('listen()', () => {
  it('registers a plugin that connects by itself with its manifest, whatever that says of how it runs', async () => {
    const listener = await listening('tcp:127.0.0.1:0');
    connected(counter(), listener.address);
    const { plugin, counting } = await hostOf(listener);
    expect(plugin.name).toBe('acme.counter');
    expect(await counting().add(3)).toBe(3);
  });

  it('takes a plugin back that has lost its connection: calls in doubt fail, none is made again', async () => {
    const listener = await listening('tcp:127.0.0.1:0');
    const served: ReturnType<typeof counter>[] = [];
    const { client } = connected(() => {
      served.push(counter());
      return served.at(-1) as ServedPlugin;
    }, listener.address);
    const { host, counting } = await hostOf(listener);
    const reloads = new PluginReloads(host);
    let onRestart: (state: string) => void = () => undefined;
    const restarted = new Promise<string>((resolve) => (onRestart = resolve));
    const supervisor = new Supervisor(host, reloads, {
      backoff: { firstMs: 1 },
      onEvent: (event) => event.kind === 'restarted' && onRestart(event.state),
    });
    closers.push(() => supervisor.close());
    supervisor.watch('acme.counter');
    await counting().add(5);
    await reloads.save('acme.counter');
    const doubtful = counting().wait();
    await counting().add(0);
    client.connection?.close();
    await expect(doubtful).rejects.toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
    expect(await restarted).toBe('last-good');
    expect(await counting().add(1)).toBe(6);
    expect(served.map((each) => each.count())).toEqual([6, 6]);
  });

  it.each([
    ['tcp:0.0.0.0:0', {}, 'it is not on this machine alone; use "tls:"'],
    ['tls:127.0.0.1:0', {}, '"tls.cert" and "tls.key" are missing'],
    ['http:x:1', {}, 'wanted "unix:/path"'],
  ])('refuses to listen at %s', async (address, options, reason) => {
    await expect(listen(address, options)).rejects.toMatchObject({
      code: 'WP_CARRIER',
      message: expect.stringContaining(reason),
    });
  });

  it('refuses to listen off this machine where nobody proves who they are', async () => {
    await expect(listen('tls:0.0.0.0:0', { tls: server })).rejects.toMatchObject({
      code: 'WP_CARRIER',
      message: expect.stringContaining('everybody could connect'),
    });
  });
});

describe('tokens over TLS', () => {
  const start = (): Promise<Listener> =>
    listening('tls:127.0.0.1:0', { tls: server, secrets: { 'acme.counter': SECRET } });

  it('let a plugin in that knows its secret', async () => {
    const listener = await start();
    connected(counter(), listener.address, { secret: SECRET, tls: { ca: authority.cert } });
    const { counting } = await hostOf(listener);
    expect(await counting().add(2)).toBe(2);
  });

  it.each([
    ['none', counter(), {}, 'it has no token'],
    ['one of another secret', counter(), { secret: `${SECRET}!` }, 'its token is wrong'],
    ['one of another plugin', counter('acme.other'), { secret: SECRET }, 'its token is wrong'],
  ])('keep out who has %s, and tell it why', async (_, plugin, options, reason) => {
    const refused: PluginError[] = [];
    const listener = await listening('tls:127.0.0.1:0', {
      tls: server,
      secrets: { 'acme.counter': SECRET },
      onRefused: (error) => refused.push(error),
    });
    const { lost } = connected(plugin, listener.address, { ...options, tls: { ca: authority.cert } });
    expect((await lost).message).toContain(`it refuses this side: Cannot let "${plugin.id}" in: ${reason}`);
    expect(refused[0]?.message).toContain(reason);
  });

  it('keep out a token that was used before', async () => {
    const listener = await start();
    const token = createToken(SECRET, 'acme.counter');
    const meet = async (): Promise<Connection> => {
      const transport = await dial(listener.address, { tls: { ca: authority.cert } });
      const { id, version, manifest } = counter();
      const connection = new Connection(transport, { id, version, manifest, token, offers: [] });
      closers.push(() => connection.close());
      return connection;
    };
    await meet();
    await new Promise<void>((resolve) => listener.onPlugin(() => resolve()));
    await expect((await meet()).opened).rejects.toMatchObject({
      code: 'WP_BRIDGE',
      message: expect.stringContaining('its token was used before'),
    });
  });

  it('end', () => {
    let ms = 1_000_000_000_000;
    const check = new TokenCheck({ a: SECRET }, () => ms);
    const token = createToken(SECRET, 'a', { seconds: 60, now: () => ms });
    ms += 60_000;
    expect(() => check.admit({ id: 'a', token })).toThrowError('its token has expired');
    const long = createToken(SECRET, 'a', { seconds: 3600, now: () => ms });
    expect(() => check.admit({ id: 'a', token: long })).toThrowError('holds for more than 300 s');
    expect(() => check.admit({ id: '__proto__', token })).toThrowError('its token is wrong');
    expect(() => check.admit({ id: 'a', token: 'x' })).toThrowError('its token is of no known form');
    expect(() => createToken('short', 'a')).toThrowError(RangeError);
  });
});

describe('certificates', () => {
  it('of a host that are wrong or have expired are refused by the plugin', async () => {
    const stranger = await identity('stranger', { authority: true });
    const expired = await identity('host', { ...LOCAL, by: authority, expired: true });
    for (const [cert, ca, reason] of [
      [server, stranger, /unable to verify|self-signed|issuer/],
      [expired, authority, /expired/],
    ] as const) {
      const listener = await listening('tls:127.0.0.1:0', { tls: cert, secrets: { 'acme.counter': SECRET } });
      const { lost } = connected(counter(), listener.address, { secret: SECRET, tls: { ca: ca.cert } });
      expect((await lost).message).toMatch(reason);
    }
  });

  it('of a plugin let it in as who they name alone', async () => {
    const tls = { ...server, ca: authority.cert };
    const own = await identity('acme.counter', { ...LOCAL, by: authority });
    const listener = await listening('tls:127.0.0.1:0', { tls });
    connected(counter(), listener.address, { tls: { ca: authority.cert, ...own } });
    const { counting } = await hostOf(listener);
    expect(await counting().add(2)).toBe(2);
    const posing = connected(counter('acme.other'), listener.address, {
      tls: { ca: authority.cert, ...own },
    });
    expect((await posing.lost).message).toContain('its certificate is for "acme.counter"');
  });

  it('of a plugin that are missing, of a stranger, or have expired keep it out', async () => {
    const stranger = await identity('stranger', { authority: true });
    const refused: string[] = [];
    const listener = await listening('tls:127.0.0.1:0', {
      tls: { ...server, ca: authority.cert },
      onRefused: (error) => refused.push(error.message),
    });
    let registered = false;
    listener.onPlugin(() => (registered = true));
    for (const own of [
      {},
      await identity('acme.counter', { ...LOCAL, by: stranger }),
      await identity('acme.counter', { ...LOCAL, by: authority, expired: true }),
    ]) {
      const { lost } = connected(counter(), listener.address, { tls: { ca: authority.cert, ...own } });
      expect((await lost).code).toBe('WP_BRIDGE');
    }
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(registered).toBe(false);
  });
});

describe('strangers', () => {
  it('that are no plugins are refused in words', async () => {
    const listener = await listening('tcp:127.0.0.1:0');
    const port = Number(listener.address.split(':').at(-1));
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connectSocket(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\n'));
      socket.on('data', (bytes) => (text += String(bytes))).on('close', () => resolve(text));
    });
    expect(answer).toContain('"refused"');
    expect(answer).toContain('GET / HTTP/1.1');
  });

  it('that say nothing are gone after a while', async () => {
    const refused = new Promise<string>((resolve) => {
      void listening('tcp:127.0.0.1:0', {
        helloMs: 10,
        onRefused: (error) => resolve(error.message),
      }).then((listener) => connectSocket(Number(listener.address.split(':').at(-1)), '127.0.0.1'));
    });
    expect(await refused).toContain('Cannot talk to');
  });

  it('that stop to answer are noticed by heartbeats', async () => {
    const silent = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => undefined);
      socket.write('wasm-plugin-rpc {"versions":[1],"functions":[],"calls":1}\n');
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closers.push(() => silent.close());
    const { port } = silent.address() as { port: number };
    const transport = await dial(`tcp:127.0.0.1:${port}`);
    const error = await new Promise<PluginError | undefined>(
      (resolve) => new Connection(transport, { offers: [], heartbeatMs: 10, onClose: resolve }),
    );
    expect(error?.message).toContain('nothing came from it in 20 ms');
  });
});
