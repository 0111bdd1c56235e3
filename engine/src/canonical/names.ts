/** Names of WIT as names of JavaScript, by jco's rules. */

/** Names come from plugins, so the number of kept ones is bounded. */
const MAX_KNOWN = 4096;
const known = new Map<string, string>();

/** `get-http-url` → `getHttpUrl`. */
export function camelCase(name: string): string {
  let found = known.get(name);
  if (found !== undefined) return found;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(name, (found = inCamelCase(name)));
  return found;
}

function inCamelCase(name: string): string {
  const words = name.split('-');
  return asKey(words.map((word, index) => (index === 0 ? word.toLowerCase() : capitalize(word))).join(''));
}

/** Returns the same text in the form that V8 keeps names of properties in: as a key it is many times faster. */
function asKey(text: string): string {
  return Object.keys({ [text]: 0 })[0] as string;
}

/** `http-url` → `HttpUrl`. */
export function pascalCase(name: string): string {
  return name.split('-').map(capitalize).join('');
}

function capitalize(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

/**
 * Names an exported function as a member of an object in JavaScript: in camel case, and `then` as `then_`. An object that has a
 * function `then` is taken for a promise: `await` would call it, and never come back.
 * @param kind - of the function; methods and statics have the names of `classKey`
 */
export function memberKey(name: string, kind: FunctionName['kind'] = 'function'): string {
  const key = classKey({ kind, name });
  return key === 'then' ? 'then_' : key;
}

/**
 * Names a method or a static function as a member of a class in JavaScript: in camel case, and with `_` at the end where every
 * class has a member of that name already: a method `constructor`, a static `prototype`.
 */
export function classKey({ kind, name }: Pick<FunctionName, 'kind' | 'name'>): string {
  const key = camelCase(name);
  const isTaken = (kind === 'method' && key === 'constructor') || (kind === 'static' && key === 'prototype');
  return isTaken ? `${key}_` : key;
}

/** The parts of a function's name. */
export interface FunctionName {
  kind: 'function' | 'constructor' | 'method' | 'static';
  /** The resource it belongs to, for all but `function`. */
  resource: string;
  /** The function's own name; empty for a constructor. */
  name: string;
}

/** Takes an annotated name such as `[method]counter.get` apart. */
export function parseFunctionName(name: string): FunctionName {
  if (!name.startsWith('[')) return { kind: 'function', resource: '', name };
  const close = name.indexOf(']');
  const annotation = name.slice(1, close);
  const rest = name.slice(close + 1);
  if (annotation === 'constructor') return { kind: 'constructor', resource: rest, name: '' };
  const dot = rest.indexOf('.');
  const kind = annotation === 'static' ? 'static' : 'method';
  return { kind, resource: rest.slice(0, dot), name: rest.slice(dot + 1) };
}
