import { describe, expect, it } from 'vitest';
import {
  loadGuestString,
  loadString,
  MAX_BYTE_LENGTH,
  UTF16_TAG,
} from '../../../engine/src/canonical/values/load-string.js';
import { contextOf } from '../canonical-context.js';

const PAGE = 65_536;

describe('loadString()', () => {
  it.each([
    ['utf8', 'grün', 5, Buffer.from('grün'), 2 * 4],
    ['utf8', 'plain', 5, Buffer.from('plain'), 5],
    ['utf8', '日本', 6, Buffer.from('日本'), 6],
    ['utf16', 'grün', 4, Buffer.from('grün', 'utf16le'), 8],
    ['latin1+utf16', 'grün', 4, Buffer.from('grün', 'latin1'), 4],
    ['latin1+utf16', '日本', 2 + UTF16_TAG, Buffer.from('日本', 'utf16le'), 4],
  ] as const)('reads %s: %s, and counts what JavaScript holds', (encoding, text, length, bytes, held) => {
    const { context, memory, counted } = contextOf(encoding);
    memory.u8.set(bytes, 64);
    expect(loadString(context, 64, length)).toBe(text);
    expect(counted.held).toBe(held);
  });

  it.each([
    ['utf8', PAGE - 4, 5, 'out of bounds'],
    ['utf16', PAGE - 8, 5, 'out of bounds'],
    ['latin1+utf16', PAGE - 4, 5, 'out of bounds'],
    ['latin1+utf16', PAGE - 8, 5 + UTF16_TAG, 'out of bounds'],
    ['utf16', 3, 1, 'unaligned pointer'],
    ['latin1+utf16', 3, 1, 'unaligned pointer'],
  ] as const)('refuses %s at %i, %i units: %s', (encoding, pointer, length, message) => {
    expect(() => loadString(contextOf(encoding).context, pointer, length)).toThrow(message);
  });

  it.each([
    ['utf8', PAGE - 4, 4],
    ['utf8', 3, 1],
    ['utf16', PAGE - 8, 4],
    ['latin1+utf16', PAGE - 4, 4],
  ] as const)('reads up to the end: %s at %i, %i units', (encoding, pointer, length) => {
    expect(loadString(contextOf(encoding).context, pointer, length)).toHaveLength(length);
  });

  it('refuses what is longer than a string may be, before it is read', () => {
    for (const encoding of ['utf8', 'latin1+utf16'] as const) {
      const { context } = contextOf(encoding);
      context.memory.u8 = { length: 2 ** 32 } as never;
      expect(() => loadString(context, 0, MAX_BYTE_LENGTH + 1)).toThrow('string too long');
    }
  });
});

describe('loadGuestString()', () => {
  it('says how the string was encoded, and counts non-ASCII text twice', () => {
    const { context, memory, counted } = contextOf('utf8');
    memory.u8.set(Buffer.from('grün'), 0);
    expect(loadGuestString(context, 0, 5)).toEqual({
      text: 'grün',
      encoding: 'utf8',
      units: 5,
      tagged: false,
    });
    expect(counted.held).toBe(8);
  });

  it('tells UTF-16 from Latin-1 by the tag', () => {
    const { context, memory } = contextOf('latin1+utf16');
    memory.u8.set(Buffer.from('ab', 'utf16le'), 0);
    expect(loadGuestString(context, 0, 2 + UTF16_TAG)).toEqual({
      text: 'ab',
      encoding: 'utf16',
      units: 2,
      tagged: true,
    });
    expect(loadGuestString(context, 0, 2)).toMatchObject({ text: 'a\0', encoding: 'latin1', tagged: false });
  });
});
