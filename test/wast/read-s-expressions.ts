import type { List, SExpression } from './s-expression.js';
import { decodeStringLiteral } from './string-literal.js';
import { WastError } from './wast-error.js';

const SPACE = /[ \t\n\r]*/y;
const LINE_COMMENT = /;;[^\n\r]*/y;
const COMMENT_EDGE = /\(;|;\)/g;
const STRING = /"((?:[^"\\]|\\[^])*)"/y;
const ATOM = /[^\s"();,[\]{}]+|[;,[\]{}]/y;

/**
 * Reads all s-expressions of a text. Comments and annotations (`(@name …)`) are left out; they stay in the source,
 * which `start` and `end` of a node point into.
 *
 * @throws {WastError} for an unclosed list, comment or string
 */
export function readSExpressions(source: string): SExpression[] {
  const top: SExpression[] = [];
  const open: List[] = [];
  let items = top;
  let position = skipBlank(source, 0);
  while (position < source.length) {
    const char = source[position];
    if (char === '(') {
      const list: List = { kind: 'list', items: [], start: position, end: position };
      // An annotation is read like any list and then dropped: nobody holds on to it.
      if (source[position + 1] !== '@') items.push(list);
      open.push(list);
      items = list.items;
      position++;
    } else if (char === ')') {
      const list = open.pop();
      if (list === undefined) throw new WastError('unexpected ")"', position);
      list.end = ++position;
      items = open.at(-1)?.items ?? top;
    } else {
      const leaf = readLeaf(source, position);
      items.push(leaf);
      position = leaf.end;
    }
    position = skipBlank(source, position);
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) throw new WastError('unclosed "("', unclosed.start);
  return top;
}

function readLeaf(source: string, start: number): SExpression {
  if (source[start] === '"') {
    STRING.lastIndex = start;
    if (!STRING.test(source)) throw new WastError('unclosed string', start);
    const end = STRING.lastIndex;
    return { kind: 'text', bytes: decodeStringLiteral(source, start + 1, end - 1), start, end };
  }
  ATOM.lastIndex = start;
  const atom = ATOM.exec(source);
  if (atom === null) throw new WastError(`unexpected character ${JSON.stringify(source[start])}`, start);
  return { kind: 'atom', text: atom[0], start, end: ATOM.lastIndex };
}

function skipBlank(source: string, start: number): number {
  let position = start;
  for (;;) {
    SPACE.lastIndex = position;
    SPACE.test(source);
    position = SPACE.lastIndex;
    LINE_COMMENT.lastIndex = position;
    if (LINE_COMMENT.test(source)) position = LINE_COMMENT.lastIndex;
    else if (source.startsWith('(;', position)) position = skipBlockComment(source, position);
    else return position;
  }
}

function skipBlockComment(source: string, start: number): number {
  let depth = 0;
  COMMENT_EDGE.lastIndex = start;
  for (let edge = COMMENT_EDGE.exec(source); edge !== null; edge = COMMENT_EDGE.exec(source)) {
    depth += edge[0] === '(;' ? 1 : -1;
    if (depth === 0) return COMMENT_EDGE.lastIndex;
  }
  throw new WastError('unclosed comment', start);
}
