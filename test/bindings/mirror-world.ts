import { lexWit, nameOf, type WitToken } from '@wasm-plugin/as/wit';

/** An import or export of a world, as its text has it. */
interface Item {
  direction: 'import' | 'export';
  /** The imported or exported item: the path of an interface, or a name of the world's own. */
  what: string;
  /** Without the first word. */
  rest: string;
}

/**
 * Makes a world import what it exports, and export what it imports, so that a guest can pass everything on. The rest of the text
 * stays as it is; undefined where the text has no such world, or it includes others.
 */
export function mirrorWorld(text: string, world: string): string | undefined {
  const tokens = lexWit(text);
  const start = tokens.findIndex(
    (token, at) =>
      token.text === 'world' &&
      tokens[at + 1] &&
      nameOf(tokens[at + 1]!) === world &&
      tokens[at + 2]?.text === '{',
  );
  if (start < 0) return undefined;
  const items = itemsOf(text, tokens.slice(start + 3));
  if (items === undefined) return undefined;
  const has = new Set(items.map(({ direction, what }) => `${direction} ${what}`));
  const missing = items
    .map(({ direction, what, rest }) => ({
      direction: direction === 'import' ? 'export' : 'import',
      what,
      rest,
    }))
    .filter(({ direction, what }) => !has.has(`${direction} ${what}`));
  const { end } = tokens[start + 2]!;
  // Behind the types, which a function may use.
  const close = closing(tokens, start + 2);
  const more = missing.map(({ direction, rest }) => `${direction} ${rest}`).join('\n');
  return close === undefined
    ? undefined
    : `${text.slice(0, end)}${text.slice(end, close.start)}\n${more}\n${text.slice(close.start)}`;
}

function itemsOf(text: string, tokens: readonly WitToken[]): Item[] | undefined {
  const items: Item[] = [];
  let depth = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.text === '{') depth++;
    if (token.text === '}' && --depth < 0) return items;
    if (depth > 0) continue;
    if (token.text === 'include') return undefined;
    if (token.text !== 'import' && token.text !== 'export') continue;
    const last = endOfItem(tokens, at);
    const words = tokens.slice(at + 1, last + 1);
    const isNamed = words[1]?.text === ':' && ['func', 'async', 'interface'].includes(words[2]?.text ?? '');
    const path = words.slice(0, isNamed ? 1 : words.findIndex((word) => word.text === ';'));
    items.push({
      direction: token.text,
      what: path.map(nameOf).join(''),
      rest: text.slice(words[0]!.start, words.at(-1)!.end),
    });
    at = last;
  }
  return items;
}

/** The `;` or the closing brace that ends the item that begins at `from`. */
function endOfItem(tokens: readonly WitToken[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const { text } = tokens[at]!;
    if (text === '{') depth++;
    if ((text === '}' && --depth === 0) || (text === ';' && depth === 0)) return at;
  }
  return tokens.length - 1;
}

function closing(tokens: readonly WitToken[], from: number): WitToken | undefined {
  let depth = 0;
  for (const token of tokens.slice(from)) {
    if (token.text === '{') depth++;
    if (token.text === '}' && --depth === 0) return token;
  }
  return undefined;
}
