/** A word or sign of a WIT text, without spaces and comments. */
export interface WitToken {
  text: string;
  start: number;
  end: number;
}

const WORD = /[%A-Za-z0-9_][A-Za-z0-9_-]*/y;
const SPACE = /(?:\s|\uFEFF|\/\/[^\n]*)+/y;
const COMMENT_SIGN = /\/\*|\*\//g;

/**
 * Splits a WIT text into its words and signs, as the lexer of WIT does: comments nest, and `%` belongs to its word. A sign is
 * one character, save for `->`. Any text has tokens: the parser of WIT refuses the wrong ones.
 */
export function lexWit(text: string): WitToken[] {
  const tokens: WitToken[] = [];
  for (let at = afterSpace(text, 0); at < text.length; at = afterSpace(text, at)) {
    const end = endOfToken(text, at);
    tokens.push({ text: text.slice(at, end), start: at, end });
    at = end;
  }
  return tokens;
}

/** The word without the `%` that marks it as no keyword. */
export function nameOf({ text }: WitToken): string {
  return text.startsWith('%') ? text.slice(1) : text;
}

function endOfToken(text: string, at: number): number {
  WORD.lastIndex = at;
  if (WORD.test(text)) return WORD.lastIndex;
  return at + (text.startsWith('->', at) ? 2 : 1);
}

function afterSpace(text: string, from: number): number {
  for (let at = from; ;) {
    SPACE.lastIndex = at;
    if (SPACE.test(text)) at = SPACE.lastIndex;
    if (!text.startsWith('/*', at)) return at;
    at = afterComment(text, at);
  }
}

/** The end of the comment that starts at `from`; that of the text if the comment does not end. */
function afterComment(text: string, from: number): number {
  let depth = 0;
  COMMENT_SIGN.lastIndex = from;
  for (let found = COMMENT_SIGN.exec(text); found !== null; found = COMMENT_SIGN.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return COMMENT_SIGN.lastIndex;
  }
  return text.length;
}
