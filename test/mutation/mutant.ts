/** A small change of a source file. A test should notice it. */
export interface Mutant {
  /** The source file, relative to the root of the project. */
  readonly file: string;
  readonly line: number;
  /** The text that is changed, from `start` to `end` in the file. */
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
  /** `expression` takes the place of an expression, `statement` leaves one out, `body` returns at once from a function. */
  readonly place: 'expression' | 'statement' | 'body';
}

/** Returns a mutant as a line of a report says it. */
export function describeMutant({ file, line, before, after }: Mutant): string {
  return `${file}:${line}  ${oneLine(before)} → ${oneLine(after)}`;
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
