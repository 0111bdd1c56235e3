import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  Connection,
  offersFrom,
  remoteExports,
  serve,
  streamTransport,
  type InterfaceType,
  type RemoteHost,
} from '@wasm-plugin/native-bridge';
import { afterEach, describe, expect, it } from 'vitest';

const STORE = 'test:kv/store@1.0.0';
const BUCKET = `${STORE}#bucket`;
const HOSTED = 'test:kv/disk@1.0.0';
const FILE = `${HOSTED}#file`;

/** A resource that the plugin implements. */
const STORE_TYPES: InterfaceType = {
  '[constructor]bucket': { params: [['name', 'string']], result: { own: BUCKET } },
  '[method]bucket.name': { params: [['self', { borrow: BUCKET }]], result: 'string' },
  '[method]bucket.then': { params: [['self', { borrow: BUCKET }]], result: 'string' },
  '[method]bucket.wait': { params: [['self', { borrow: BUCKET }]] },
  '[static]bucket.merge': {
    params: [
      ['one', { own: BUCKET }],
      ['other', { own: BUCKET }],
    ],
    result: { own: BUCKET },
  },
  all: { params: [['names', { list: 'string' }]], result: { list: { own: BUCKET } } },
  open: { params: [['name', 'string']], result: { result: { ok: { own: BUCKET }, err: 'string' } } },
  fail: { params: [], result: { result: { err: { own: BUCKET } } } },
  half: { params: [], result: { tuple: [{ own: BUCKET }, 'u8'] } },
  late: { params: [], result: { own: BUCKET } },
  store: {
    params: [
      ['file', { borrow: FILE, imported: true }],
      ['bucket', { own: BUCKET }],
    ],
    result: 'string',
  },
  keep: { params: [['file', { own: FILE, imported: true }]] },
  give: { params: [], result: { own: FILE, imported: true } },
  leak: { params: [['file', { borrow: FILE, imported: true }]] },
};

/** A resource that the host implements. */
const DISK_TYPES: InterfaceType = {
  '[constructor]file': { params: [['path', 'string']], result: { own: FILE } },
  '[method]file.write': {
    params: [
      ['self', { borrow: FILE }],
      ['text', 'string'],
    ],
    result: 'u32',
  },
};

const closers: (() => unknown)[] = [];

afterEach(() => {
  for (const close of closers.splice(0).toReversed()) close();
});

function ends(readable: PassThrough, writable: PassThrough) {
  return {
    readable,
    writable,
    destroy() {
      readable.destroy();
      writable.end();
    },
  };
}

/** The plugin's own objects. */
function plugin(host: Promise<RemoteHost>) {
  const disposed: string[] = [];
  const answers: (() => void)[] = [];
  const kept: { file?: Remote } = {};
  class Bucket {
    readonly label: string;
    constructor(label: string) {
      this.label = label;
    }
    name(): string {
      return this.label;
    }
    then_(): string {
      return 'then';
    }
    wait(): Promise<void> {
      return new Promise((resolve) => answers.push(resolve));
    }
    static merge(one: Bucket, other: Bucket): Bucket {
      return new Bucket(one.label + other.label);
    }
    [Symbol.dispose](): void {
      disposed.push(this.label);
    }
  }
  const functions = {
    Bucket,
    all: (names: string[]) => names.map((name) => new Bucket(name)),
    open(name: string) {
      if (name === '') throw Object.assign(new Error('refused'), { payload: 'no name' });
      return new Bucket(name);
    },
    fail() {
      throw Object.assign(new Error('refused'), { payload: new Bucket('error') });
    },
    half: () => [new Bucket('half'), 300],
    late: () => new Promise((resolve) => answers.push(() => resolve(new Bucket('late')))),
    async store(file: Remote, bucket: Bucket) {
      const written = await file['write']?.(bucket.label);
      return `${String(written)} ${bucket.label}`;
    },
    keep: (file: Remote) => void (kept.file = file),
    give: () => kept.file,
    leak: (file: Remote) => void (kept.file = file),
  };
  return {
    disposed,
    answers,
    kept,
    host,
    served: {
      id: 'test.kv',
      version: '1.0.0',
      types: { [STORE]: STORE_TYPES },
      exports: { [STORE]: functions },
    },
  };
}

type Remote = object & Record<string, (...args: unknown[]) => Promise<unknown>>;
type RemoteBucket = (new (name: string) => Promise<Remote>) & Remote;
type Store = Record<string, (...args: unknown[]) => Promise<unknown>> & { Bucket: RemoteBucket };

/** Connects a plugin and a host; `written` holds what the host's files got. */
async function connect() {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const written: string[] = [];
  const closed: string[] = [];
  class File {
    readonly path: string;
    constructor(path: string) {
      this.path = path;
    }
    write(text: string): number {
      written.push(`${this.path}: ${text}`);
      return text.length;
    }
    [Symbol.dispose](): void {
      closed.push(this.path);
    }
  }
  let made: ReturnType<typeof plugin> | undefined;
  const far = serve((coming) => (made = plugin(coming)).served, streamTransport('the host', ends(up, down)));
  let error: Error | undefined;
  const near = new Connection(streamTransport('the plugin', ends(down, up)), {
    offers: offersFrom({ types: { [HOSTED]: DISK_TYPES }, exports: { [HOSTED]: { File } } }),
    onClose: (reason) => (error = reason),
  });
  closers.push(() => near.close());
  const { functions } = await near.opened;
  const exports = remoteExports(functions, (index, args) => near.call(index, args), near.classOf);
  const inner = made as ReturnType<typeof plugin>;
  return {
    near,
    far,
    store: exports[STORE] as Store,
    File,
    written,
    closed,
    ...inner,
    remoteHost: await inner.host,
    reason: () => error?.message,
    settle: () => near.ping(),
  };
}

function dispose(object: object): void {
  (object as Disposable)[Symbol.dispose]();
}

describe('resources of a plugin', () => {
  it('are classes: constructed, called, given away and dropped', async () => {
    const { store, near, disposed, settle } = await connect();
    const bucket = await new store.Bucket('a');
    expect(bucket).toBeInstanceOf(store.Bucket);
    expect(store.Bucket.name).toBe('Bucket');
    expect(await bucket['name']?.()).toBe('a');
    expect(await bucket['then_']?.()).toBe('then');
    const merged = (await store.Bucket['merge']?.(bucket, await new store.Bucket('b'))) as Remote;
    expect(await merged['name']?.()).toBe('ab');
    await expect(bucket['name']?.()).rejects.toThrowError(
      'Cannot pass "self": it must be a "test:kv/store@1.0.0#bucket" that is there, it is dropped, given away',
    );
    expect(near.handles).toEqual({ given: 0, received: 1 });
    expect(disposed).toEqual([]);
    dispose(merged);
    dispose(merged);
    await settle();
    expect(disposed).toEqual(['ab']);
    expect(near.handles).toEqual({ given: 0, received: 0 });
  });

  it('come in lists and results', async () => {
    const { store, far, near } = await connect();
    const buckets = (await store['all']?.(['a', 'b', 'c'])) as Remote[];
    expect(await Promise.all(buckets.map((bucket) => bucket['name']?.()))).toEqual(['a', 'b', 'c']);
    await expect(store['open']?.('')).rejects.toMatchObject({ payload: 'no name' });
    const opened = (await store['open']?.('d')) as Remote;
    expect(await opened['name']?.()).toBe('d');
    const error = (await store['fail']?.().catch((thrown: unknown) => thrown)) as { payload: Remote };
    expect(await error.payload['name']?.()).toBe('error');
    dispose(error.payload);
    await near.ping();
    expect([far.handles.given, near.handles.received]).toEqual([4, 4]);
  });

  it('are dropped when the connection ends', async () => {
    const { store, near, far, disposed } = await connect();
    const bucket = await new store.Bucket('a');
    await new store.Bucket('b');
    near.close();
    while (far.handles.given > 0) await pause(1);
    expect(disposed).toEqual(['a', 'b']);
    await expect(bucket['name']?.()).rejects.toMatchObject({ code: 'WP_BRIDGE' });
    expect(() => dispose(bucket)).not.toThrow();
  });

  it('are dropped in vain while a call has them: it happens at its end', async () => {
    const { store, disposed, answers, settle } = await connect();
    const bucket = await new store.Bucket('a');
    const waiting = bucket['wait']?.();
    await settle();
    dispose(bucket);
    await expect(store.Bucket['merge']?.(bucket, bucket)).rejects.toThrowError(TypeError);
    expect(disposed).toEqual([]);
    answers[0]?.();
    await waiting;
    await settle();
    expect(disposed).toEqual(['a']);
  });

  it('cannot be given away while they are lent, nor twice in a call', async () => {
    const { store, answers, settle } = await connect();
    const [one, other] = [await new store.Bucket('a'), await new store.Bucket('b')];
    const waiting = one['wait']?.();
    await settle();
    await expect(store.Bucket['merge']?.(other, one)).rejects.toThrowError('it is lent to a call');
    answers[0]?.();
    await waiting;
    await expect(store.Bucket['merge']?.(one, one)).rejects.toThrowError('it must be');
    // The arguments of a call that was not made are the caller's.
    const merged = (await store.Bucket['merge']?.(one, other)) as Remote;
    expect(await merged['name']?.()).toBe('ab');
  });

  it('of an answer that nobody waits for are dropped', async () => {
    const { store, near, answers, disposed, settle } = await connect();
    const { functions } = await near.opened;
    const index = functions.findIndex(({ name }) => name === 'late');
    const leaving = new AbortController();
    const call = near.call(index, [], { signal: leaving.signal });
    await settle();
    leaving.abort();
    await expect(call).rejects.toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
    answers[0]?.();
    while (disposed.length === 0) await settle();
    expect(disposed).toEqual(['late']);
    expect(await (await new store.Bucket('x'))['name']?.()).toBe('x');
  });

  it('of a result that cannot be sent stay with the plugin', async () => {
    const { store, far } = await connect();
    await expect(store['half']?.()).rejects.toMatchObject({ code: 'WP_BRIDGE_IN_DOUBT' });
    expect(far.handles.given).toBe(0);
  });

  it('of one connection are refused by another', async () => {
    const [one, other] = [await connect(), await connect()];
    const bucket = await new one.store.Bucket('a');
    await expect(other.store.Bucket['merge']?.(bucket, bucket)).rejects.toThrowError(
      'of this connection, it is that of another one',
    );
    await expect(one.store.Bucket['merge']?.({}, bucket)).rejects.toThrowError('it is something else');
  });

  it('are given back by the collector', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { store, far, settle } = await connect();
    await new store.Bucket('a');
    while (far.handles.given > 0) {
      await pause(1);
      collect();
      await settle();
    }
  });
});

describe('resources of a host', () => {
  it('are classes for the plugin', async () => {
    const { remoteHost, written, closed, far } = await connect();
    const { File } = remoteHost.exports[HOSTED] as { File: RemoteBucket };
    const file = await new File('/a');
    expect(await file['write']?.('text')).toBe(4);
    expect(written).toEqual(['/a: text']);
    dispose(file);
    await far.ping();
    expect(closed).toEqual(['/a']);
  });

  it('are lent to a call of the plugin, and no longer', async () => {
    const { store, File, near, written, kept } = await connect();
    expect(await store['store']?.(new File('/b'), await new store.Bucket('key'))).toBe('3 key');
    expect(written).toEqual(['/b: key']);
    expect(near.handles).toEqual({ given: 0, received: 0 });
    await store['leak']?.(new File('/c'));
    await expect(kept.file?.['write']?.('late')).rejects.toThrowError('its call has ended');
  });

  it('are given to the plugin and come back as the same object', async () => {
    const { store, File, near, kept } = await connect();
    const file = new File('/d');
    await store['keep']?.(file);
    expect(near.handles.given).toBe(1);
    expect(await kept.file?.['write']?.('x')).toBe(1);
    expect(await store['give']?.()).toBe(file);
    expect(near.handles.given).toBe(0);
  });

  it('that are still with the plugin are disposed of when the connection ends', async () => {
    const { store, File, near, closed } = await connect();
    await store['keep']?.(new File('/e'));
    near.close();
    expect(closed).toEqual(['/e']);
  });
});
