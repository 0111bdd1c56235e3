import { deepStrictEqual } from 'node:assert';
import { errorOf } from './error-of.js';
import { PACKAGE } from './host-subject.js';
import { RESOURCE_SCENARIOS } from './host-runner-resources.js';

// oxlint-disable-next-line typescript/no-explicit-any
export type Subject = any;

/** Calls what a subject exports. */
export type Scenario = (subject: Subject) => void;

export const is = (found: unknown, wanted: unknown): void => deepStrictEqual(found, wanted);

const NUMBERS: Record<string, unknown[]> = {
  U8: [0, 255],
  S8: [-128, 127],
  U16: [0, 65_535],
  S16: [-32_768, 32_767],
  U32: [0, 4_294_967_295],
  S32: [-2_147_483_648, 2_147_483_647],
  U64: [0n, 2n ** 64n - 1n],
  S64: [-(2n ** 63n), 2n ** 63n - 1n],
  F32: [1.5, -0, NaN, Infinity],
  F64: [Number.EPSILON, -0, NaN, -Infinity],
  Char: ['a', '\u{10ffff}'],
};

const numbers: Scenario = (subject) => {
  for (const [kind, values] of Object.entries(NUMBERS))
    for (const value of values) is(subject[`echo${kind}`](value), value);
  subject.keep(2);
  subject.keep(4);
  is(subject.kept(), 4);
};

const strings: Scenario = (subject) => {
  is(subject.codePoints('latin UTF-16 ✓ 🦀'), 16);
  is(subject.greeting(), 'grüß 🦀\0!');
  is(subject.empty(), '');
  for (const text of ['', '🚀🚀🚀 𠈄𓀀', 'ab✓'.repeat(10_000)]) is(subject.echo(text), text);
  is(subject.joined('one ', '') + subject.joined('', 'two'), 'one two');
};

const lists: Scenario = (subject) => {
  is(subject.sum(Uint8Array.of(1, 2, 255)), 258);
  is(subject.noBytes(), new Uint8Array());
  is(subject.words(1000).at(-1), 'word 999');
  is(subject.joined(['foo', '', 'bär']), 'foo--bär');
  is(subject.joinedLines([['a', 'b'], [], ['c']]), 'a-b//c');
  const items = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  is(subject.reversed(items), items.toReversed());
  const pairs: Record<string, [unknown, unknown]> = {
    echoEight: [Uint8Array.of(0, 255), Int8Array.of(-128, 127)],
    echoSixteen: [Uint16Array.of(0, 65_535), Int16Array.of(-32_768)],
    echoThirtyTwo: [Uint32Array.of(2 ** 32 - 1), Int32Array.of(-(2 ** 31), 0)],
    echoSixtyFour: [BigUint64Array.of(2n ** 64n - 1n), BigInt64Array.of(-(2n ** 63n))],
    echoFloats: [Float32Array.of(-0, NaN), Float64Array.of(Number.EPSILON, -Infinity)],
    echoSmall: [
      [true, false],
      ['a', '\u{10ffff}'],
    ],
  };
  for (const [name, pair] of Object.entries(pairs)) is(subject[name](...pair), pair);
  const headers = [
    ['content-type', Uint8Array.of(1, 2)],
    ['', new Uint8Array()],
  ];
  is(subject.echoHeaders(headers), headers);
};

const flagsOf = (prefix: string, count: number, set: number[]): Record<string, boolean> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, set.includes(index)]));

const records: Scenario = (subject) => {
  is(subject.twoResults(), [4, 5]);
  is(subject.swapped([1, 2]), [2, 1]);
  is(subject.one([255]), [255]);
  const flags = [{ a: false, b: true, c: false }, flagsOf('d', 9, [0, 8]), flagsOf('e', 32, [0, 31])];
  is(subject.echoFlags(...flags), flags);
  is(subject.toggled({ a: true, b: false, c: false }), { a: false, b: true, c: true });
  const mixed = {
    small: 8,
    set: { a: false, b: false, c: true },
    text: 'text ✓',
    items: Uint16Array.of(1, 65_535),
    at: { x: 0.5, y: -(2n ** 63n) },
  };
  is(subject.echoMixed(mixed), mixed);
};

const variants: Scenario = (subject) => {
  is([subject.toByte(1.75), subject.toByte(undefined)], [1, undefined]);
  is(subject.converted({ tag: 'ok', val: 2 }), 2);
  is(
    errorOf(() => subject.converted({ tag: 'err', val: 5.5 })),
    5,
  );
  is(subject.echoDirection('left'), 'left');
  is([subject.inverted(true), subject.inverted(false)], [false, true]);
  const a = [1, 2, 3, 4n, -(2n ** 63n), 6.5].map((val) => ({ tag: 'a', val }));
  const b = [2n ** 63n - 1n, -2.5, 3.25, -0.5, -1e300, 1e300].map((val) => ({ tag: 'b', val }));
  for (const casts of [a, b]) is(subject.echoCasts(casts), casts);
  const zeros = [1, 2n, 3.5, 4.5].map((val) => ({ tag: 'a', val }));
  is(subject.echoZeros(zeros), zeros);
  for (const { tag } of subject.echoZeros(zeros.map(() => ({ tag: 'b' })))) is(tag, 'b');
  const [first, { tag }, third] = subject.echoThree(true, { tag: 'err' }, 'down');
  is([first, tag, third], [true, 'err', 'down']);
};

const flavorful: Scenario = (subject) => {
  is(subject.take({ name: 'ab ✓' }), 4);
  is(subject.give(), { name: 'given' });
  is(subject.echoAlias({ name: 'alias' }), { name: 'alias' });
  is(subject.both('a', { tag: 'err', val: 'b' }), 'ab');
  is(subject.both(undefined, { tag: 'ok' }), '--');
  is([subject.giveMaybe(), subject.echoMaybe(undefined)], ['maybe', undefined]);
  is(
    errorOf(() => subject.everySecond()),
    'small',
  );
  is(subject.everySecond(), undefined);
  is(subject.typedefs('ab', ['x', 'y']), [Uint8Array.of(0x61, 0x62), ['x', 'y']]);
  const [bools, tags, faults] = subject.ofVariants(
    [true, false],
    [{ tag: 'ok' }, { tag: 'err' }],
    ['large', 'none'],
  );
  is(
    [bools, tags.map(({ tag }: { tag: string }) => tag), faults],
    [
      [true, false],
      ['ok', 'err'],
      ['large', 'none'],
    ],
  );
};

const manyArguments: Scenario = (subject) => {
  const small = new Set([2, 4, 6, 8, 12, 17]);
  const numbers = Array.from({ length: 17 }, (_, index) => index + 1);
  is(subject.sixteen(...numbers.slice(0, 16).map(BigInt)), 1496n);
  is(subject.seventeen(...numbers.map((each) => (small.has(each) ? each : BigInt(each)))), 1785n);
};

const options: Scenario = (subject) => {
  is([undefined, '', 'x'].map(subject.isSome), [false, true, true]);
  is([subject.none(), subject.some()], [undefined, 'something']);
  is([subject.echo('text'), subject.echo(undefined)], ['text', undefined]);
  is(subject.echoNested({ tag: 'some', val: 42 }), { tag: 'some', val: 42 });
  is(subject.echoNested({ tag: 'some', val: undefined }), { tag: 'some', val: undefined });
  is(subject.echoNested({ tag: 'none' }).tag, 'none');
};

const results: Scenario = (subject) => {
  const place = { line: 420, column: 0 };
  const wanted: Record<string, unknown> = { text: 'zero', named: 'second', placed: place, empty: undefined };
  for (const [name, payload] of Object.entries(wanted)) {
    is(
      errorOf(() => subject[name](0)),
      payload,
    );
    is(subject[name](2), 2);
  }
  is(
    errorOf(() => subject.combined(0)),
    { tag: 'place', val: place },
  );
  is(
    errorOf(() => subject.combined(1)),
    { tag: 'reason', val: 'third' },
  );
  is(
    errorOf(() => subject.nested(0)),
    'outer',
  );
  is(subject.nested(1), { tag: 'err', val: 'inner' });
  is(subject.nested(2).tag, 'ok');
};

const listInVariant: Scenario = (subject) => {
  const words = ['one', 'two'];
  is([subject.inOption(words), subject.inOption(undefined)], ['one,two', 'none']);
  is(subject.inVariant({ tag: 'words', val: words }) + subject.inVariant({ tag: 'empty' }), 'one,twonone');
  is(
    subject.inResult({ tag: 'ok', val: words }) + subject.inResult({ tag: 'err', val: 'bad' }),
    'one,twobad',
  );
  is(subject.summedUp(words), { count: 2, label: 'one,two' });
  is(subject.summedUp(undefined), { count: 0, label: 'none' });
};

const versions: Scenario = (exports) => {
  is(exports['wasm-plugin:gauge/gauge@0.1.0'].level(), 42);
  is(exports['wasm-plugin:gauge/gauge@0.2.0'].level(5), 2.5);
};

const smoke: Scenario = ({ thunk }) => is(thunk() + 1, thunk());

/** Every scenario by name: those of an interface get it, the others all exports. */
const BY_INTERFACE: Record<string, Scenario> = {
  numbers,
  strings,
  lists,
  records,
  variants,
  flavorful,
  'many-arguments': manyArguments,
  options,
  results,
  'list-in-variant': listInVariant,
};

const of =
  (name: string, run: Scenario): Scenario =>
  (exports) =>
    run(exports[`${PACKAGE}/${name}`]);

/** The scenarios by name, each as the host runs it. */
export const SCENARIOS: Record<string, Scenario> = {
  ...Object.fromEntries(Object.entries(BY_INTERFACE).map(([name, run]) => [name, of(name, run)])),
  ...RESOURCE_SCENARIOS,
  versions,
  smoke,
};
