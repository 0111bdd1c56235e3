import { PluginError, printable } from '@wasm-plugin/abi';
import type { FunctionType, ValueType } from '../value/index.js';

/** Versions of the protocol that this side speaks, newest first. */
export const PROTOCOL_VERSIONS: readonly number[] = [1];

const MAGIC = 'wasm-plugin-rpc';

/** A function that a side offers. A call names it by its place in the list. */
export interface OfferedFunction extends FunctionType {
  /** The full name of its interface, e.g. `wasm-plugin:abi/state@0.1.0`; empty for a function of the world itself. */
  readonly interface: string;
  /** In WIT's kebab-case; those of resources as in WIT, e.g. `[method]image.width`. */
  readonly name: string;
}

/** The first line of each side. */
export interface Hello {
  readonly versions: readonly number[];
  /** The side's name: the id and version of a plugin; a host may leave them out. */
  readonly id?: string;
  readonly version?: string;
  /** Proves that the side may connect, if the other one asks for it. */
  readonly token?: string;
  /** The `plugin.json` of a plugin that dials its host. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Functions that the other side may call. */
  readonly functions: readonly OfferedFunction[];
  /** Calls that the other side may have under way at once. */
  readonly calls: number;
  /**
   * Bytes of the parts of a message that the other side may send before this one says that it has taken them.
   * @default no bound
   */
  readonly window?: number;
  /** Calls that one frame may hold, if this side takes batches. @default it takes none */
  readonly batch?: number;
}

/** Bounds of a stranger's line. */
const MOST_FUNCTIONS = 10_000;
/** Bytes of the parts of a message that each side must take at once. */
const LEAST_WINDOW = 2 ** 18;
const MOST_TYPE_DEPTH = 100;
const MOST_TYPE_PARTS = 100_000;

/** Writes the first line. */
export function formatHello(hello: Hello): string {
  return `${MAGIC} ${JSON.stringify(hello)}`;
}

/** Writes a line in place of the first one: the other side may not connect. */
export function formatRefusal(reason: string): string {
  return `${MAGIC} ${JSON.stringify({ refused: reason })}`;
}

/**
 * Reads the first line of the other side.
 * @throws {PluginError} WP_BRIDGE it is no such line, or has no version in common
 */
export function parseHello(line: string, peer: string): Hello & { protocol: number } {
  const fail = (reason: string): PluginError =>
    new PluginError('WP_BRIDGE', `Cannot talk to ${peer}: ${reason}`);
  if (!line.startsWith(`${MAGIC} `)) {
    const seen = JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line);
    throw fail(`its first line is ${seen}; wanted "${MAGIC} {…}"`);
  }
  let hello: unknown;
  try {
    hello = JSON.parse(line.slice(MAGIC.length + 1));
  } catch {
    throw fail('its first line holds no JSON');
  }
  if (isObject(hello) && typeof hello['refused'] === 'string')
    throw fail(`it refuses this side: ${printable(hello['refused'])}`);
  const problem = problemOf(hello);
  if (problem !== undefined) throw fail(`its first line is wrong: ${problem}`);
  const sound = hello as Hello;
  const protocol = PROTOCOL_VERSIONS.find((version) => sound.versions.includes(version));
  if (protocol !== undefined) return { ...sound, protocol };
  throw fail(
    `it speaks the versions ${sound.versions.join(', ') || 'none'} of the protocol; this side speaks ${PROTOCOL_VERSIONS.join(', ')}`,
  );
}

function problemOf(hello: unknown): string | undefined {
  if (!isObject(hello)) return 'wanted an object';
  const { versions, functions, calls, window, batch, id, version, token, manifest } = hello;
  if (manifest !== undefined && !isObject(manifest)) return '"manifest" must be an object';
  if (!Array.isArray(versions) || !versions.every(Number.isInteger))
    return '"versions" must be whole numbers';
  if (!Number.isInteger(calls) || (calls as number) < 1) return '"calls" must be a whole number above 0';
  if (window !== undefined && (!Number.isInteger(window) || (window as number) < LEAST_WINDOW))
    return `"window" must be a whole number of at least ${LEAST_WINDOW}`;
  if (batch !== undefined && (!Number.isInteger(batch) || (batch as number) < 1))
    return '"batch" must be a whole number above 0';
  for (const [key, text] of Object.entries({ id, version, token }))
    if (text !== undefined && typeof text !== 'string') return `"${key}" must be a text`;
  if (!Array.isArray(functions) || functions.length > MOST_FUNCTIONS)
    return `"functions" must be a list of at most ${MOST_FUNCTIONS}`;
  const budget = { parts: MOST_TYPE_PARTS };
  for (const [index, offered] of functions.entries())
    if (!isFunction(offered, budget)) return `"functions[${index}]" is no function`;
  return undefined;
}

function isFunction(value: unknown, budget: { parts: number }): value is OfferedFunction {
  if (!isObject(value)) return false;
  const { interface: group, name, params, result } = value;
  return (
    typeof group === 'string' &&
    typeof name === 'string' &&
    isPairs(params, (type) => isType(type, { budget, depth: 0 })) &&
    (result === undefined || isType(result, { budget, depth: 0 }))
  );
}

interface TypeWalk {
  budget: { parts: number };
  depth: number;
}

const SCALARS = new Set('bool u8 s8 u16 s16 u32 s32 u64 s64 f32 f64 char string'.split(' '));

/** Returns true if a stranger's JSON is a type. Its parts are counted, so a recursive object fails at the bound. */
function isType(value: unknown, { budget, depth }: TypeWalk): value is ValueType {
  if (--budget.parts < 0 || depth > MOST_TYPE_DEPTH) return false;
  if (typeof value === 'string') return SCALARS.has(value);
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  if (isHandle(value)) return true;
  if (keys.length !== 1) return false;
  const inner = { budget, depth: depth + 1 };
  const [kind] = keys as [string];
  const of: unknown = value[kind];
  switch (kind) {
    case 'list':
    case 'option':
      return isType(of, inner);
    case 'tuple':
      return Array.isArray(of) && of.length > 0 && of.every((part) => isType(part, inner));
    case 'record':
      return isPairs(of, (type) => isType(type, inner)) && of.length > 0;
    case 'variant':
      return isPairs(of, (type) => type === undefined || isType(type, inner)) && of.length > 0;
    case 'result':
      return isObject(of) && ['ok', 'err'].every((side) => of[side] === undefined || isType(of[side], inner));
    case 'enum':
    case 'flags':
      budget.parts -= Array.isArray(of) ? of.length : 0;
      return Array.isArray(of) && of.length > 0 && of.every((name) => typeof name === 'string');
    default:
      return false;
  }
}

function isHandle({ own, borrow, imported, ...rest }: Record<string, unknown>): boolean {
  if (Object.keys(rest).length > 0 || (imported !== undefined && imported !== true)) return false;
  return own === undefined ? typeof borrow === 'string' : typeof own === 'string' && borrow === undefined;
}

function isPairs(value: unknown, isPart: (type: unknown) => boolean): value is [string, ValueType?][] {
  return (
    Array.isArray(value) &&
    value.every(
      (pair: unknown) =>
        Array.isArray(pair) && pair.length <= 2 && typeof pair[0] === 'string' && isPart(pair[1]),
    )
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
