import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostTokens } from './host-tokens.js';
import { subjects, type Subject } from './subjects.js';
import type { Exports } from './transpile.js';

const VALUES = readFileSync(new URL('../../plugins-rust/build/values.wasm', import.meta.url));

type Item = { label(): string; rename(label: string): void; same(other: Item): boolean } & Disposable;
type Make = (new (label: string) => Item) & { join(a: Item, b: Item): Item };

const symbolDispose: typeof Symbol.dispose =
  Symbol.dispose ?? (Symbol.for('dispose') as typeof Symbol.dispose);

/** Steps of a script. */
type Log = unknown[];

function tried(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return Object.hasOwn(error as object, 'payload')
      ? { payload: (error as { payload: unknown }).payload }
      : 'threw';
  }
}

interface Calls {
  [name: string]: (...args: unknown[]) => unknown;
}

function itemsOf(exports: Exports): Calls & { Item: Make } {
  return exports['items'] as unknown as Calls & { Item: Make };
}

function resultOf<T>(calls: Calls, name: string, ...args: unknown[]): T {
  return calls[name]?.(...args) as T;
}

describe('resources, against jco', () => {
  const logs = new Map<string, string[]>();
  let running: Subject[];

  beforeAll(async () => {
    running = await subjects(VALUES, (name) => {
      const log: string[] = [];
      logs.set(name, log);
      return {
        'wasm-plugin:values/echo': new Proxy({}, { get: () => () => undefined }),
        'wasm-plugin:values/tokens': hostTokens(log),
      };
    });
  });

  /** Runs a script on every subject and compares its results and its effects on the host. */
  function compare(wanted: { log: Log; host: string[] }, script: (exports: Exports, log: Log) => void): void {
    const [first, ...others] = running.map(({ name, exports }) => {
      const log: Log = [];
      logs.get(name)?.splice(0);
      script(exports, log);
      return { log, host: [...(logs.get(name) ?? [])] };
    });
    for (const other of others) expect(other).toEqual(first);
    expect(first).toEqual(wanted);
  }

  it('constructs, calls methods and statics', () => {
    compare({ log: ['c', 'b', false, 'cb', true, 'threw', 'threw'], host: [] }, (exports, log) => {
      const { Item } = itemsOf(exports);
      const a = new Item('a');
      const b = new Item('b');
      a.rename('c');
      log.push(a.label(), b.label(), a.same(b));
      const joined = Item.join(a, b);
      log.push(
        joined.label(),
        joined instanceof Item,
        tried(() => a.label()),
        tried(() => Item.join(a, b)),
      );
      joined[symbolDispose]();
    });
  });

  it('counts what lives', () => {
    compare({ log: [1, 1, 'a', 'threw', 'a', undefined, 0, 0, 'threw'], host: [] }, (exports, log) => {
      const { Item, live } = itemsOf(exports);
      const before = live?.() as number;
      const alive = () => (live?.() as number) - before;
      const a = new Item('a');
      log.push(alive());
      const b = itemsOf(exports)['pass']?.(a) as Item;
      log.push(
        alive(),
        b.label(),
        tried(() => a.label()),
      );
      log.push(itemsOf(exports)['maybe']?.(b), itemsOf(exports)['maybe']?.(undefined), alive());
      const c = new Item('c');
      c[symbolDispose]();
      log.push(
        alive(),
        tried(() => c.label()),
      );
    });
  });

  it('moves lists of them', () => {
    compare({ log: [['c', 'b', 'a']], host: [] }, (exports, log) => {
      const { Item } = itemsOf(exports);
      const reversed = itemsOf(exports)['reverse']?.([new Item('a'), new Item('b'), new Item('c')]) as Item[];
      log.push(reversed.map((item) => item.label()));
    });
  });

  it('disposes of what came back in a list; jco has lost a handle', () => {
    for (const { name, exports } of running) {
      const { Item, reverse, live } = itemsOf(exports);
      const before = live?.() as number;
      const items = reverse?.([new Item('a'), new Item('b'), new Item('c')]) as Item[];
      const disposed = items.map((item) => tried(() => item[symbolDispose]()));
      const left = (live?.() as number) - before;
      if (name === 'jco') expect(disposed).toContain('threw');
      else expect({ disposed, left }).toEqual({ disposed: [undefined, undefined, undefined], left: 0 });
    }
  });

  it('borrows them', () => {
    compare({ log: ['a', true, true, 'a'], host: [] }, (exports, log) => {
      const { Item, read, compare: same } = itemsOf(exports);
      const a = new Item('a');
      const b = new Item('a');
      log.push(read?.(a), same?.([a, b]), same?.([a, a]), a.label());
      a[symbolDispose]();
      b[symbolDispose]();
    });
  });

  it('returns one or throws', () => {
    compare({ log: [true, 'x', { payload: 'no label' }], host: [] }, (exports, log) => {
      const { find, Item } = itemsOf(exports);
      const found = find?.('x') as Item;
      log.push(
        found instanceof Item,
        found.label(),
        tried(() => find?.('')),
      );
      found[symbolDispose]();
    });
  });

  it('calls the host for its own', () => {
    compare(
      {
        log: ['a', false, 'b', 'zb', true, 'f', { payload: 'no label' }, ['f', 'zb']],
        host: ['new a', 'new b', 'rename a z', 'join z b', 'new zb', 'new f'],
      },
      (exports, log) => {
        const calls = exports['tokenCalls'] as Record<string, (...args: unknown[]) => unknown>;
        const a = calls['make']?.('a') as Item;
        const b = calls['make']?.('b') as Item;
        log.push(calls['label']?.(a), calls['same']?.(a, b), calls['read']?.(b));
        calls['rename']?.(a, 'z');
        const joined = calls['join']?.(a, b) as Item;
        log.push(joined.label());
        log.push((calls['pass']?.(joined) as unknown) === joined);
        const found = calls['find']?.('f') as Item;
        log.push(
          found.label(),
          tried(() => calls['find']?.('')),
        );
        log.push(resultOf<Item[]>(calls, 'reverse', [joined, found]).map((token) => token.label()));
      },
    );
  });

  it('drops the host’s own, at once and later', () => {
    compare(
      {
        log: ['kept instead', undefined],
        host: ['new gone', 'dispose gone', 'new kept', 'new kept instead', 'dispose kept'],
      },
      (exports, log) => {
        const calls = exports['tokenCalls'] as Record<string, (...args: unknown[]) => unknown>;
        calls['discard']?.(calls['make']?.('gone'));
        calls['keep']?.(calls['make']?.('kept'));
        calls['keep']?.(calls['make']?.('kept instead'));
        log.push(resultOf<Item>(calls, 'release').label(), calls['release']?.());
      },
    );
  });
});
