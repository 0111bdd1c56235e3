import { lexWit, nameOf, type WitToken } from './lex-wit.js';

/** A span of a text. */
export interface WitSpan {
  start: number;
  end: number;
}

/** A place where a file speaks of a name that a `use` at its top brings in. */
export interface TopName extends WitSpan {
  name: string;
  /** Text before a new name that is put there: ` as ` if the `use` has none. */
  prefix: string;
}

/** Top level of a WIT file. */
export interface WitOutline {
  /** The package that its first line names, e.g. `acme:audio@1.0.0`. */
  packageName: string | undefined;
  /** Start of the text that belongs to the package. */
  bodyStart: number;
  /** Packages that stand in it as `package a:b { … }`. */
  nested: WitSpan[];
  /** In order. */
  topNames: TopName[];
  interfaces: string[];
  worlds: string[];
}

/** Finds the package, the nested packages and the names at the top of a WIT text, valid or not. */
export function outlineOf(text: string): WitOutline {
  const tokens = lexWit(text);
  const head = packageLine(tokens);
  const body = tokens.slice(head?.count ?? 0);
  const { own, nested } = splitNested(body);
  const [interfaces, worlds] = (['interface', 'world'] as const).map((kind) => declared(own, kind));
  return {
    packageName: head?.name,
    bodyStart: head?.end ?? 0,
    nested,
    topNames: topNames(own, new Set([...interfaces!, ...worlds!])),
    interfaces: interfaces!,
    worlds: worlds!,
  };
}

/** The line that names the package: it can only be the first. */
function packageLine(tokens: readonly WitToken[]): { name: string; end: number; count: number } | undefined {
  if (tokens[0]?.text !== 'package') return undefined;
  const last = tokens.findIndex(({ text }) => text === ';' || text === '{');
  const end = tokens[last];
  if (end?.text !== ';') return undefined;
  const words = tokens.slice(1, last).map(({ text }) => text);
  return { name: words.join(''), end: end.end, count: last + 1 };
}

function splitNested(tokens: readonly WitToken[]): { own: WitToken[]; nested: WitSpan[] } {
  const own: WitToken[] = [];
  const nested: WitSpan[] = [];
  let depth = 0;
  let open: WitToken | undefined;
  for (const token of tokens) {
    if (token.text === '{') depth++;
    if (token.text === '}') depth--;
    if (open === undefined && token.text === 'package' && depth === 0) open = token;
    if (open === undefined) own.push(token);
    else if (depth <= 0 && (token.text === '}' || token.text === ';')) {
      nested.push({ start: open.start, end: token.end });
      open = undefined;
    }
  }
  if (open !== undefined) nested.push({ start: open.start, end: tokens.at(-1)!.end });
  return { own, nested };
}

function declared(tokens: readonly WitToken[], kind: 'interface' | 'world'): string[] {
  return tokens.flatMap(({ text }, at) => {
    const name = tokens[at + 1];
    if (text !== kind || name === undefined || tokens[at + 2]?.text !== '{') return [];
    return [nameOf(name)];
  });
}

/** A name that the file also gives to something of its own is left out: both is a mistake, for the parser to name. */
function topNames(tokens: readonly WitToken[], own: ReadonlySet<string>): TopName[] {
  const uses = tokens.flatMap((token, at) => (isTopUse(tokens, at) ? [topUse(tokens, at, token)] : []));
  const counts = new Map<string, number>();
  for (const { name } of uses) counts.set(name, (counts.get(name) ?? 0) + 1);
  const starts = new Set(uses.map(({ start }) => start));
  const references = tokens.flatMap((token, at) =>
    isReference(tokens, at) && !starts.has(token.start)
      ? [{ start: token.start, end: token.end, name: nameOf(token), prefix: '' }]
      : [],
  );
  return [...uses, ...references]
    .filter(({ name }) => counts.get(name) === 1 && !own.has(name))
    .sort((a, b) => a.start - b.start);
}

/** `use` at the top of a file is followed by a path and no list of names, or by `as`. */
function isTopUse(tokens: readonly WitToken[], at: number): boolean {
  if (tokens[at]?.text !== 'use') return false;
  const end = endOfPath(tokens, at + 1);
  return tokens[end]?.text === ';' || tokens[end]?.text === 'as';
}

function topUse(tokens: readonly WitToken[], at: number, use: WitToken): TopName {
  const end = endOfPath(tokens, at + 1);
  const alias = tokens[end]?.text === 'as' ? tokens[end + 1] : undefined;
  if (alias !== undefined) {
    return { start: alias.start, end: alias.end, name: nameOf(alias), prefix: '' };
  }
  const after = tokens[end] ?? use;
  const path = tokens.slice(at + 1, end);
  const version = path.findIndex(({ text }) => text === '@');
  const last = path.at(version < 0 ? -1 : version - 1);
  return { start: after.start, end: after.start, name: last ? nameOf(last) : '', prefix: ' as ' };
}

/** The index of the first word or sign after a path such as `a:b/c@1.0.0-rc.1`. */
function endOfPath(tokens: readonly WitToken[], from: number): number {
  let at = from;
  while (at < tokens.length && !/^[;{}]$|^as$/.test(tokens[at]!.text)) at++;
  return at;
}

/**
 * Returns true for a word at which WIT expects an interface or world: `use x.{…}`, `import x;`, `include x`, `import y: x;`.
 */
function isReference(tokens: readonly WitToken[], at: number): boolean {
  const [before, after] = [tokens[at - 1]?.text, tokens[at + 1]?.text];
  if (before === 'use') return after === '.' || after === ';' || after === 'as';
  if (before === 'include') return after !== ':';
  if (before === 'import' || before === 'export') return after === ';';
  return before === ':' && after === ';' && /^(?:import|export)$/.test(tokens[at - 3]?.text ?? '');
}
