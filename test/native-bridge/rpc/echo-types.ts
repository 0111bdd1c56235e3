import type { InterfaceType, ValueType } from '@wasm-plugin/native-bridge';

/** Every type former, and values of it. */
export const VALUES: readonly (readonly [name: string, type: ValueType, ...values: unknown[]])[] = [
  ['bool', 'bool', true, false],
  ['u8', 'u8', 0, 255],
  ['s8', 's8', -128, -1, 127],
  ['u16', 'u16', 0, 65_535],
  ['s16', 's16', -32_768, -64, 63, 64, 32_767],
  ['u32', 'u32', 0, 127, 128, 4_294_967_295],
  ['s32', 's32', -2_147_483_648, -65, 2_147_483_647],
  ['u64', 'u64', 0n, 127n, 128n, 2n ** 64n - 1n],
  ['s64', 's64', -(2n ** 63n), -65n, -64n, 2n ** 63n - 1n],
  ['f32', 'f32', 0, -0, 1.5, Infinity, NaN],
  ['f64', 'f64', 0.1, -0, Number.MAX_VALUE, -Infinity, NaN],
  ['char', 'char', 'a', 'ü', '€', '🎧'],
  ['string', 'string', '', 'Grüße 🎧', '\0', '\ufeffx'],
  ['bytes', { list: 'u8' }, new Uint8Array(), Uint8Array.of(1, 2, 255)],
  ['floats', { list: 'f32' }, Float32Array.of(1, -0, NaN)],
  ['longs', { list: 's64' }, BigInt64Array.of(-1n, 2n ** 62n)],
  ['shorts', { list: 'u16' }, Uint16Array.of(0, 300, 65_535)],
  ['strings', { list: 'string' }, [], ['a', 'b']],
  ['nested', { list: { list: { list: 'u8' } } }, [[Uint8Array.of(1)], []]],
  ['tuple', { tuple: ['u8', 'string'] }, [7, 'x']],
  [
    'record',
    {
      record: [
        ['sample-rate', 'f64'],
        ['to-string', 'bool'],
      ],
    },
    { sampleRate: 48_000, toString: true },
  ],
  ['option', { option: 'u32' }, undefined, 0],
  ['options', { option: { option: 'u32' } }, { tag: 'none' }, { tag: 'some', val: undefined }],
  [
    'result',
    { list: { result: { ok: 'u8', err: 'string' } } },
    [
      { tag: 'ok', val: 1 },
      { tag: 'err', val: 'no' },
    ],
  ],
  ['empty-result', { list: { result: {} } }, [{ tag: 'ok' }, { tag: 'err' }]],
  [
    'variant',
    { variant: [['none'], ['some-text', 'string']] },
    { tag: 'none' },
    { tag: 'some-text', val: 'x' },
  ],
  ['enum', { enum: ['first', 'to-string'] }, 'first', 'to-string'],
  [
    'flags',
    { flags: ['a', 'b-c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'] },
    { a: true, bC: false, d: false, e: false, f: false, g: false, h: true, i: false, j: true },
  ],
];

/** An interface with a function for each type that returns its argument. */
export const ECHO: InterfaceType = {
  ...Object.fromEntries(VALUES.map(([name, type]) => [name, { params: [['value', type]], result: type }])),
  fail: { params: [['reason', 'string']], result: { result: { ok: 'u32', err: 'string' } } },
  throw: { params: [] },
  wait: { params: [] },
};
