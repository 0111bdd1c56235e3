/**
 * Characters that do something to a terminal or a log: controls, line and paragraph separators, and marks that turn the
 * direction of text.
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** The same without line feeds and tabs. */
const UNPRINTABLE_IN_LINES = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Options of `printable`. */
export interface PrintableOptions {
  /**
   * `escape` makes one line of the text. `keep` lets line feeds and tabs through, for texts that have the screen to themselves.
   * `indent` lets them through and indents every later line, so that no line of a stranger looks like one of ours.
   * @default 'escape'
   */
  lines?: 'escape' | 'keep' | 'indent';
  /** Characters beyond which the text is cut. @default 1000, and Infinity with `keep` */
  mostLength?: number;
}

/**
 * Makes a text of a stranger safe to print: characters that control a terminal or split a log line show up as `\u{1b}`.
 * @example
 * console.log(printable('red \u001b[31m')); // prints: red \u{1b}[31m
 */
export function printable(text: string, options: PrintableOptions = {}): string {
  const { lines = 'escape', mostLength = lines === 'keep' ? Infinity : 1000 } = options;
  const short = text.length > mostLength ? `${text.slice(0, mostLength)}…` : text;
  const unsafe = lines === 'escape' ? UNPRINTABLE : UNPRINTABLE_IN_LINES;
  const safe = short.replace(unsafe, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
  return lines === 'indent' ? safe.replaceAll('\n', '\n  ') : safe;
}

/**
 * Escapes in a JSON text, by the rules of JSON, the characters that `printable` escapes: the value stays the same, and the text
 * can be shown.
 */
export function printableJson(json: string): string {
  return json.replace(
    UNPRINTABLE_IN_LINES,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
