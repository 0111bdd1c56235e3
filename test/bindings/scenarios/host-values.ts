/** A subject by the host: the scenarios without resources. */
import type { Functions } from './host-subject.js';

/** An error that WIT declares. */
export function declared(payload?: unknown): Error {
  return Object.assign(new Error('declared'), { payload });
}

const echo = (x: unknown): unknown => x;
const echoAll = (...all: unknown[]): unknown => all;

function numbers(): Functions {
  let number = 0;
  const kinds = ['U8', 'S8', 'U16', 'S16', 'U32', 'S32', 'U64', 'S64', 'F32', 'F64', 'Char'];
  return {
    ...Object.fromEntries(kinds.map((kind) => [`echo${kind}`, echo])),
    keep: (x: number) => void (number = x),
    kept: () => number,
  };
}

const strings: Functions = {
  codePoints: (text: string) => [...text].length,
  greeting: () => 'grüß 🦀\0!',
  empty: () => '',
  echo,
  joined: (a: string, b: string) => a + b,
};

const lists: Functions = {
  sum: (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum + byte, 0),
  noBytes: () => new Uint8Array(),
  words: (count: number) => Array.from({ length: count }, (_, index) => `word ${index}`),
  joined: (words: string[]) => words.join('-'),
  joinedLines: (lines: string[][]) => lines.map((line) => line.join('-')).join('/'),
  reversed: (items: unknown[]) => items.toReversed(),
  echoEight: echoAll,
  echoSixteen: echoAll,
  echoThirtyTwo: echoAll,
  echoSixtyFour: echoAll,
  echoFloats: echoAll,
  echoSmall: echoAll,
  echoHeaders: echo,
};

const records: Functions = {
  twoResults: () => [4, 5],
  swapped: ([a, b]: [number, number]) => [b, a],
  one: echo,
  echoFlags: echoAll,
  toggled: (set: Record<string, boolean>) => ({ a: !set['a'], b: !set['b'], c: !set['c'] }),
  echoMixed: echo,
};

const variants: Functions = {
  toByte: (x: number | undefined) => x && Math.trunc(x),
  converted({ tag, val }: { tag: string; val: number }) {
    if (tag === 'err') throw declared(Math.trunc(val));
    return val;
  },
  echoDirection: echo,
  inverted: (x: boolean) => !x,
  echoCasts: echo,
  echoZeros: echo,
  echoThree: echoAll,
};

function flavorful(): Functions {
  let calls = 0;
  return {
    take: ({ name }: { name: string }) => [...name].length,
    give: () => ({ name: 'given' }),
    echoAlias: echo,
    both: (a: string | undefined, b: { val?: string }) => (a ?? '-') + (b.val ?? '-'),
    giveMaybe: () => 'maybe',
    echoMaybe: echo,
    everySecond() {
      if (++calls % 2 === 1) throw declared('small');
    },
    typedefs: (a: string, b: string[]) => [Buffer.from(a), b],
    ofVariants: echoAll,
  };
}

const weighed = (...all: (number | bigint)[]): bigint =>
  all.reduce<bigint>((sum, each, index) => sum + BigInt(each) * BigInt(index + 1), 0n);

const options: Functions = {
  isSome: (x: unknown) => x !== undefined,
  none: () => undefined,
  some: () => 'something',
  echo,
  echoNested: echo,
};

function unless<T>(isError: boolean, payload: unknown, value: T): T {
  if (isError) throw declared(payload);
  return value;
}

const PLACE = { line: 420, column: 0 };

const results: Functions = {
  text: (x: number) => unless(x === 0, 'zero', x),
  named: (x: number) => unless(x === 0, 'second', x),
  placed: (x: number) => unless(x === 0, PLACE, x),
  combined: (x: number) =>
    unless(x < 2, x === 0 ? { tag: 'place', val: PLACE } : { tag: 'reason', val: 'third' }, x),
  empty: (x: number) => unless(x === 0, undefined, x),
  nested: (x: number) => unless(x === 0, 'outer', x === 1 ? { tag: 'err', val: 'inner' } : { tag: 'ok' }),
};

const joined = (words: string[] | undefined): string => words?.join(',') ?? 'none';

const listInVariant: Functions = {
  inOption: joined,
  inVariant: ({ val }: { val?: string[] }) => joined(val),
  inResult: ({ val }: { val: string | string[] }) => (typeof val === 'string' ? val : joined(val)),
  summedUp: (words: string[] | undefined) => ({ count: words?.length ?? 0, label: joined(words) }),
};

/** Makes the interfaces, by their names in WIT. */
export function hostValues(): Record<string, Functions> {
  return {
    numbers: numbers(),
    strings,
    lists,
    records,
    variants,
    flavorful: flavorful(),
    'many-arguments': { sixteen: weighed, seventeen: weighed },
    options,
    results,
    'list-in-variant': listInVariant,
  };
}
