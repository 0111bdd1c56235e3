import { stripVTControlCharacters } from 'node:util';

/** No line is made shorter than this for a terminal that is very narrow. */
const LEAST_COLUMNS = 20;

/**
 * Breaks lines between words to fit a width; continuation lines are indented as the first one, and by `hanging` more. A word
 * that is longer than the width stays whole. Without a width the text stays as it is.
 */
export function wrap(
  text: string,
  columns: number | undefined,
  { hanging = 0 }: { hanging?: number } = {},
): string {
  if (columns === undefined) return text;
  const most = Math.max(columns, LEAST_COLUMNS);
  return text
    .split('\n')
    .map((line) => (widthOf(line) <= most ? line : wrapLine(line, most, hanging)))
    .join('\n');
}

/** Joins the lines of each paragraph and breaks them anew. Lines that are indented stay lines of their own. */
export function fill(text: string, columns: number | undefined): string {
  if (columns === undefined) return text;
  return wrap(text.replaceAll(/(?<=^\S.*)\n(?=\S)/gm, ' '), columns, { hanging: 2 });
}

/** Returns the width of a text in columns, without its styles. */
export function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

function wrapLine(line: string, most: number, hanging: number): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let [current, isFirst] = [indent, true];
  for (const word of line.slice(indent.length).split(' ')) {
    const next = isFirst ? current + word : `${current} ${word}`;
    if (isFirst || widthOf(next) <= most) current = next;
    else {
      lines.push(current.trimEnd());
      current = `${indent}${' '.repeat(hanging)}${word}`;
    }
    isFirst = false;
  }
  return [...lines, current.trimEnd()].join('\n');
}
