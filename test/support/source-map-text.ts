/** A source map's entry for the code from `address` on. */
export interface Segment {
  address: number;
  /** Index of the file. */
  file: number;
  /** Counted from 0. */
  line: number;
  /** True if it names no source, and so ends the entry before. */
  bare: boolean;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Writes a source map of one line (ECMA-426). */
export function sourceMapText(segments: readonly Segment[], sources: readonly string[]): string {
  let [address, file, line] = [0, 0, 0];
  const mappings = segments.map((segment) => {
    const fields = [segment.address - address];
    ({ address } = segment);
    if (!segment.bare) {
      fields.push(segment.file - file, segment.line - line, 0);
      ({ file, line } = segment);
    }
    return fields.map(digitsOf).join('');
  });
  return JSON.stringify({ version: 3, sources, names: [], mappings: mappings.join(',') });
}

function digitsOf(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += DIGITS[digit | (rest > 0 ? 32 : 0)] as string;
  } while (rest > 0);
  return text;
}
