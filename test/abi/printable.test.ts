import { GuestError, printable, printableJson } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';

const UNSAFE = ['\0', '\u001b', '\u007f', '\u009b', '\r', '\u061c', '\u200e', '\u2028', '\u202e', '\u2066'];

describe('printable()', () => {
  it('shows what would do something to a terminal', () => {
    for (const char of UNSAFE) {
      const shown = `\\u{${(char.codePointAt(0) as number).toString(16)}}`;
      for (const lines of ['escape', 'keep', 'indent'] as const)
        expect(printable(`a${char}b`, { lines })).toBe(`a${shown}b`);
    }
    expect(printable('ü日😀')).toBe('ü日😀');
  });

  it('escapes, keeps or indents what follows a line end', () => {
    expect(printable('a\nb\tc')).toBe('a\\u{a}b\\u{9}c');
    expect(printable('a\nb\tc', { lines: 'keep' })).toBe('a\nb\tc');
    expect(printable('a\nerror: b\n', { lines: 'indent' })).toBe('a\n  error: b\n  ');
  });

  it('cuts', () => {
    expect(printable('x'.repeat(2000))).toHaveLength(1001);
    expect(printable('x'.repeat(2000), { mostLength: 5 })).toBe('xxxxx…');
    expect(printable('x'.repeat(2000), { lines: 'keep' })).toHaveLength(2000);
  });
});

describe('printableJson()', () => {
  it('is the same JSON, and safe to print', () => {
    const value = { [UNSAFE.join('')]: UNSAFE, plain: 'ü😀', none: null };
    const text = printableJson(JSON.stringify(value, undefined, 1));
    expect(JSON.parse(text)).toEqual(value);
    for (const char of UNSAFE) expect(text).not.toContain(char);
  });
});

describe('GuestError', () => {
  it('has a message that is safe to print, and the whole text as payload', () => {
    const text = `\u001b[2Jcannot\nerror: of another\u202e${'x'.repeat(1_000_000)}`;
    const error = new GuestError(text);
    expect(error.payload).toBe(text);
    expect(error.message).toMatch(
      /^\\u\{1b\}\[2Jcannot\n {2}error: of another\\u\{202e\}x+… \(see error\.payload\)$/,
    );
    expect(error.message.length).toBeLessThan(1100);
    expect(new GuestError('the gain is too high').message).toBe('the gain is too high');
    expect(new GuestError({ tag: 'a\u001b' }).message).toBe('a\\u{1b} (see error.payload)');
  });
});
