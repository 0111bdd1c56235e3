import { describe, expect, it } from 'vitest';
import {
  decodeText,
  isStringEncoding,
  latin1Prefix,
  writeLatin1,
  writeUtf16,
} from '../../../engine/src/canonical/values/text-encodings.js';

describe('isStringEncoding()', () => {
  it('knows the three', () => {
    expect(['utf8', 'utf16', 'latin1+utf16', 'latin1', 'memory'].map(isStringEncoding)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('decodeText()', () => {
  it.each([
    '',
    'a',
    'sixteen letters.',
    'seventeen letters',
    'ä',
    '€uro',
    '😀 and more than sixteen',
    '\ufeffbom',
  ])('reads %j, in UTF-8 and in UTF-16', (text) => {
    const utf8 = new TextEncoder().encode(`x${text}y`);
    expect(decodeText(utf8, 'utf8', 1, utf8.length - 1)).toBe(text);
    const utf16 = new Uint8Array(Buffer.from(`x${text}y`, 'utf16le'));
    expect(decodeText(utf16, 'utf16', 2, utf16.length - 2)).toBe(text);
  });

  it('reads Latin-1, also of many bytes', () => {
    const bytes = Uint8Array.from({ length: 10_000 }, (_, at) => at % 256);
    expect(decodeText(bytes, 'latin1', 3, 9_999)).toBe(
      Buffer.from(bytes.subarray(3, 9_999)).toString('latin1'),
    );
  });

  it.each([
    ['incomplete utf-8 byte sequence', [0x61, 0xc3]],
    ['incomplete utf-8 byte sequence', [0xe2, 0x82]],
    ['incomplete utf-8 byte sequence', [0xf0, 0x9f, 0x98]],
    ['incomplete utf-8 byte sequence', [0xf0]],
    ['invalid utf-8 encoding', [0xff, 0x61]],
    ['invalid utf-8 encoding', [0x80]],
    ['invalid utf-8 encoding', [0xc3, 0x28]],
    ['invalid utf-8 encoding', [0x80, 0x80, 0x80]],
    ['invalid utf-8 encoding', [0x61, 0xc3, 0x28, 0x62]],
  ])('says "%s" of %j', (message, bytes) => {
    expect(() => decodeText(new Uint8Array(bytes), 'utf8', 0, bytes.length)).toThrow(message);
  });

  it('refuses half of a pair in UTF-16', () => {
    expect(() => decodeText(new Uint8Array([0x00, 0xd8]), 'utf16', 0, 2)).toThrow('unpaired surrogate');
  });
});

describe('latin1Prefix()', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['aÿb', 3],
    ['aĀb', 1],
  ])('of %j is %i', (text, count) => {
    expect(latin1Prefix(text)).toBe(count);
  });
});

describe('writeLatin1() and writeUtf16()', () => {
  it('write the code units to their place', () => {
    const bytes = new Uint8Array(8);
    writeLatin1(bytes, 'aÿbc', 2, 3);
    expect([...bytes]).toEqual([0, 0, 0x61, 0xff, 0x62, 0, 0, 0]);
    writeUtf16(new Uint16Array(bytes.buffer), 'Ā😀', 2);
    expect([...bytes]).toEqual([0, 0, 0x00, 0x01, 0x3d, 0xd8, 0x00, 0xde]);
  });
});
