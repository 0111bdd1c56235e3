import { readFileSync } from 'node:fs';
import type { ResolvedValue } from '@wasm-plugin/engine/component';
import { beforeAll, describe, expect, it } from 'vitest';
import { difference } from '../differential/difference.js';
import { echoFunctions } from '../differential/echo-functions.js';
import { hostTokens } from '../differential/host-tokens.js';
import { camelCase } from '../differential/mapping.js';
import { randomValue } from 'wasm-plugin/random';
import { outcomeOf, ours, type Subject } from '../differential/subjects.js';
import type { Exports } from '../differential/transpile.js';
import { Random } from '../support/random.js';

/**
 * The bindings of AssemblyScript against those of Rust: two guests for one world, one with UTF-16 and one with UTF-8
 * strings, must be the same to a host.
 */
const GUESTS = ['plugins-rust/build/values.wasm', 'plugins-as/build/values.wasm'];
const [RUST] = GUESTS.map(read) as [Buffer, Buffer];
const ECHO = 'wasm-plugin:values/echo@0.1.0';
const FUNCTIONS = echoFunctions(RUST, ECHO);
const ROUNDS = 60;

interface Run extends Subject {
  guest: string;
  /** Actions of the guest on the host's tokens. */
  log: string[];
  /** Last arguments of the host's `echo`. */
  received: unknown[];
}

let runs: Run[];

beforeAll(async () => {
  const started = GUESTS.map(async (guest) => {
    const facts = new Map<string, { log: string[]; received: unknown[] }>();
    const subjects = await ours(read(guest), (name) => {
      const fact = { log: [], received: [] };
      facts.set(name, fact);
      return {
        'wasm-plugin:values/echo': hostEcho(fact.received),
        'wasm-plugin:values/tokens': hostTokens(fact.log),
      };
    });
    return subjects.map((subject) => ({ ...subject, ...facts.get(subject.name)!, guest }));
  });
  runs = (await Promise.all(started)).flat();
});

/** Runs a script on every guest with every backend: all do the same. */
function same(script: (exports: Exports, run: Run) => unknown): unknown {
  const results = runs.map((run) => {
    run.log.length = 0;
    run.received.length = 0;
    return script(run.exports, run);
  });
  for (const [i, result] of results.entries()) {
    expect(difference(results[0], result), `${runs[i]?.guest}, ${runs[i]?.name}`).toBe(undefined);
  }
  return results[0];
}

describe.each(['guest', 'host'])('values echoed by the %s', (source) => {
  it.each(FUNCTIONS.map((each) => [each.name, each.type] as const))('%s', (name, { params }) => {
    const random = new Random(name.length * 1000 + name.charCodeAt(name.length - 1));
    for (let round = 0; round < ROUNDS; round++) {
      const args = params.map(({ type }) =>
        isFloat(type) && writesText(name) ? 0.5 : randomValue(type, random),
      );
      same((exports, { received }) => {
        exports['control']?.['setSource']?.(source);
        return [outcomeOf(() => exports[ECHO]?.[camelCase(name)]?.(...args)), [...received]];
      });
    }
  });
});

describe('resources', () => {
  it('of the guest live until their last owner drops them', () => {
    const seen = same((exports) => {
      const { Item, pass, read, reverse, find, compare, maybe, live } = exports['items'] as unknown as Items;
      const before = live();
      const a = new Item('a');
      const b = new Item('b');
      a.rename('c');
      const results: unknown[] = [a.label(), read(b), a.same(b), compare([a, b]), compare([b, b])];
      const [first, second] = reverse([a, b]) as [Item, Item];
      const joined = pass(Item.join(first, second));
      results.push(joined.label(), live() - before, maybe(joined), maybe(undefined), live() - before);
      results.push(outcomeOf(() => find('')));
      const found = find('x');
      results.push(found.label(), live() - before);
      found[Symbol.dispose]();
      results.push(live() - before);
      return results;
    });
    const none = { payload: 'no label', thrown: 'payload' };
    expect(seen).toEqual(['c', 'b', false, false, true, 'bc', 1, 'bc', undefined, 0, none, 'x', 1, 0]);
  });

  it('of the guest do not pile up', () => {
    for (const { exports, guest } of runs) {
      const { Item, live } = exports['items'] as unknown as Items;
      const before = live();
      for (let i = 0; i < 5000; i++) new Item(`item ${i}`)[Symbol.dispose]();
      expect(live(), guest).toBe(before);
    }
  });

  it('of the host are lent, given and dropped', () => {
    const log = same((exports, { log }) => {
      const calls = exports['tokenCalls'] as unknown as Record<string, (...args: unknown[]) => Item>;
      const a = calls['make']!('a');
      const b = calls['make']!('b');
      const results: unknown[] = [calls['label']!(a), calls['same']!(a, b), calls['read']!(b)];
      calls['rename']!(a, 'z');
      const joined = calls['join']!(a, b);
      results.push(joined.label(), calls['pass']!(joined) === joined);
      results.push(outcomeOf(() => calls['find']!('')));
      calls['discard']!(calls['make']!('gone'));
      calls['keep']!(calls['make']!('kept'));
      calls['keep']!(calls['make']!('kept instead'));
      results.push(calls['release']!().label(), calls['release']!());
      return [...results, ...log];
    });
    expect(log).toContain('dispose gone');
    expect(log).toContain('dispose kept');
  });
});

interface Item extends Disposable {
  label(): string;
  rename(label: string): void;
  same(other: Item): boolean;
}

interface Items {
  Item: (new (label: string) => Item) & { join(a: Item, b: Item): Item };
  pass(x: Item): Item;
  read(x: Item): string;
  reverse(x: Item[]): Item[];
  find(label: string): Item;
  compare(pair: [Item, Item]): boolean;
  maybe(x: Item | undefined): string | undefined;
  live(): number;
}

function hostEcho(received: unknown[]): Record<string, unknown> {
  const functions = FUNCTIONS.map(({ name, type }) => {
    const echo = (...args: unknown[]): unknown => {
      received.push(...args);
      if (writesText(name)) return args.map(String);
      if (name === 'many') return args;
      if (type.result?.kind !== 'result') return args[0];
      const { tag, val } = args[0] as { tag: string; val: unknown };
      if (tag === 'ok') return val;
      throw Object.assign(new Error('declared'), { payload: val });
    };
    return [camelCase(name), echo] as const;
  });
  return Object.fromEntries(functions);
}

/** Two languages write a float as text in two ways. */
function writesText(name: string): boolean {
  return name === 'sixteen' || name === 'seventeen';
}

function isFloat(type: ResolvedValue): boolean {
  return type.kind === 'primitive' && (type.type === 'f32' || type.type === 'f64');
}

function read(file: string): Buffer {
  return readFileSync(new URL(`../../${file}`, import.meta.url));
}
