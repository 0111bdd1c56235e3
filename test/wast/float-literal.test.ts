import { describe, expect, test } from 'vitest';
import { FLOAT32, FLOAT64, parseFloatLiteral } from './float-literal.js';

function bits64(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

describe('parseFloatLiteral() reads', () => {
  test.each([
    '0',
    '-0',
    '1',
    '-1.5',
    '0.1',
    '1e23',
    '123456789.123456789',
    '4.9e-324',
    '2.2250738585072011e-308',
    '1.7976931348623157e308',
    '9007199254740993',
    '1_000.5e-1_0',
  ])('the decimal %s as JavaScript does', (text) => {
    expect(parseFloatLiteral(text, FLOAT64)).toBe(bits64(Number(text.replaceAll('_', ''))));
  });

  test.each<[string, bigint]>([
    ['0x1p-149', 1n],
    ['0x1p-150', 0n],
    ['0x1.8p-150', 1n],
    ['0x1.fffffep127', 0x7f7fffffn],
    ['0x1.fffffeffp127', 0x7f7fffffn],
    ['0x1.000001p0', 0x3f800000n],
    ['0x1.000003p0', 0x3f800002n],
    ['-0xA.8p+1', 0xc1a80000n],
    ['inf', 0x7f800000n],
    ['nan', 0x7fc00000n],
    ['-nan:0x20_0000', 0xffa00000n],
  ])('%s as 32 bits', (text, bits) => expect(parseFloatLiteral(text, FLOAT32)).toBe(bits));

  test('a decimal with one rounding to 32 bits', () => {
    // Rounded to 64 bits first, it would be a tie and go down to 1.
    expect(parseFloatLiteral('1.00000005960464477550', FLOAT32)).toBe(0x3f800001n);
  });
});

describe('parseFloatLiteral() refuses', () => {
  test.each(['', 'x', '1e', '0x', '.5', '0x1p128', '1e39'])('"%s" as 32 bits', (text) => {
    expect(parseFloatLiteral(text, FLOAT32)).toBeUndefined();
  });
});
