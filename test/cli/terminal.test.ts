import { describe, expect, it } from 'vitest';
import {
  fill,
  formatBytes,
  formatCount,
  formatMs,
  jsonText,
  logText,
  renderTable,
  wrap,
} from '../../cli/src/terminal/index.js';

describe('formatBytes(), formatMs() and formatCount()', () => {
  it('round, and never to a thousand of a smaller unit', () => {
    expect([0, 1023, 1024, 1536, 1024 * 1024 - 1].map(formatBytes)).toEqual([
      '0 B',
      '1023 B',
      '1 KiB',
      '1.5 KiB',
      '1 MiB',
    ]);
    expect([0.0001, 0.9999, 1, 999.96, 1234, 59_600, 75_000].map(formatMs)).toEqual([
      '0 µs',
      '1.0 ms',
      '1.0 ms',
      '1.0 s',
      '1.2 s',
      '1 min 0 s',
      '1 min 15 s',
    ]);
    expect([formatCount(1, 'call'), formatCount(1234, 'call')]).toEqual(['1 call', '1,234 calls']);
  });
});

describe('wrap()', () => {
  it('breaks between words, indents what follows, and leaves text alone without a width', () => {
    expect(wrap('  one two three four five six', 20, { hanging: 2 })).toBe(
      '  one two three four\n    five six',
    );
    expect(wrap('\u001b[31merror:\u001b[39m one two three', 21)).toBe(
      '\u001b[31merror:\u001b[39m one two three',
    );
    expect(wrap('a b', undefined)).toBe('a b');
    expect(wrap('x'.repeat(30), 20)).toBe('x'.repeat(30));
  });

  it('fill() joins paragraphs, not lines that are indented', () => {
    expect(fill('one two\nthree four\n\nExamples:\n  $ a\n  $ b\n', 40)).toBe(
      'one two three four\n\nExamples:\n  $ a\n  $ b\n',
    );
  });
});

describe('renderTable()', () => {
  const head = ['ID', 'STATUS', 'INTERFACES'];
  const rows = [['acme.eq', 'ok', 'wasm-plugin:abi/processor, wasm-plugin:abi/state']];

  it('is a table where it fits, and blocks where it does not', () => {
    expect(renderTable(head, { rows, columns: 100 }).split('\n')).toHaveLength(2);
    const narrow = renderTable(head, { rows, columns: 40 });
    expect(narrow.split('\n').every((line) => line.length <= 40)).toBe(true);
    expect(narrow).toMatch(
      /^acme\.eq\n {2}status +ok\n {2}interfaces {2}wasm-plugin:abi\/processor,\n +wasm-plugin:abi\/state$/,
    );
  });
});

describe('logText() and jsonText()', () => {
  it('indent further lines, cut, and show what is hidden', () => {
    expect(logText('done\nerror: all is lost\u001b[2J', '      ')).toBe(
      'done\n      error: all is lost\\u{1b}[2J',
    );
    expect(logText('x'.repeat(20_000), '')).toMatch(/^x{16384}\n… and 3,616 more characters$/);
    expect(logText('\n'.repeat(500), '').split('\n')).toHaveLength(101);
    expect(jsonText({ a: '\u009b\u202e\u200f', b: -0, c: undefined, d: [undefined] })).toBe(
      '{"a":"\\u009b\\u202e\\u200f","b":-0,"d":[null]}',
    );
  });
});
