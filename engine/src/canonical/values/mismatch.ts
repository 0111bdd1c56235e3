import { hostMember } from './host-member.js';
import { camelCase } from '../names.js';
import { promiseIn } from '../promise-results.js';
import type { FuncType, RecordField, ValueType } from '../types.js';

/**
 * Thrown inside a lowering when a value does not fit; the lowering itself knows no path. The catcher finds the path with
 * `explainParams` or `explainResult`.
 */
export function mismatch(): TypeError {
  return new TypeError('an argument does not fit its WIT type');
}

/**
 * Most parts of values that one explanation looks at: a tenth of a second. The lowering has stopped at the first part that
 * does not fit, but a value of the host may look different the second time: longer than any list, for one.
 */
const MOST_PARTS = 2 ** 20;

/** Finds the first part of a value that does not fit its type, e.g. `bands[3].gain: wanted f32, got "loud"`. */
class Explanation {
  #partsLeft = MOST_PARTS;

  /** @throws {TypeError} if it would look at too many parts */
  value(type: ValueType, value: unknown, path: string): string | undefined {
    if (--this.#partsLeft < 0) throw mismatch();
    const wrong = (wanted: string): string => `${path}: wanted ${wanted}, got ${show(value)}`;
    switch (type.kind) {
      case 'bool':
        return typeof value === 'boolean' ? undefined : wrong('a boolean');
      case 's8':
        return inRange(value, -0x80, 0x7f) ? undefined : wrong('an integer from -128 to 127 (s8)');
      case 'u8':
        return inRange(value, 0, 0xff) ? undefined : wrong('an integer from 0 to 255 (u8)');
      case 's16':
        return inRange(value, -0x8000, 0x7fff) ? undefined : wrong('an integer from -32768 to 32767 (s16)');
      case 'u16':
        return inRange(value, 0, 0xffff) ? undefined : wrong('an integer from 0 to 65535 (u16)');
      case 's32':
        return inRange(value, -(2 ** 31), 2 ** 31 - 1)
          ? undefined
          : wrong('an integer from -2^31 to 2^31-1 (s32)');
      case 'u32':
        return inRange(value, 0, 2 ** 32 - 1) ? undefined : wrong('an integer from 0 to 2^32-1 (u32)');
      case 's64':
        return typeof value === 'bigint' && BigInt.asIntN(64, value) === value
          ? undefined
          : wrong('a bigint from -2^63 to 2^63-1 (s64)');
      case 'u64':
        return typeof value === 'bigint' && BigInt.asUintN(64, value) === value
          ? undefined
          : wrong('a bigint from 0 to 2^64-1 (u64)');
      case 'f32':
      case 'f64':
        return typeof value === 'number' ? undefined : wrong(`a number (${type.kind})`);
      case 'char':
        return isChar(value) ? undefined : wrong('a string of one Unicode scalar value (char)');
      case 'string':
        return typeof value === 'string' ? undefined : wrong('a string');
      case 'flags':
        return isObject(value)
          ? undefined
          : wrong(`an object of booleans (flags ${quoted(type.names.map(camelCase))})`);
      case 'enum':
        return type.names.includes(value as string) ? undefined : wrong(`one of ${quoted(type.names)}`);
      case 'stream':
      case 'future':
      case 'own':
      case 'borrow':
        return undefined;
      default:
        return this.#compound(type, value, path, wrong);
    }
  }

  #compound(
    type: ValueType,
    value: unknown,
    path: string,
    wrong: (wanted: string) => string,
  ): string | undefined {
    switch (type.kind) {
      case 'option':
        if (value === undefined || value === null) return undefined;
        if (type.some.kind !== 'option') return this.value(type.some, value, path);
        return this.#case(value, path, wrong, [
          { name: 'none', type: undefined },
          { name: 'some', type: type.some },
        ]);
      case 'result':
        return this.#case(value, path, wrong, [
          { name: 'ok', type: type.ok },
          { name: 'err', type: type.err },
        ]);
      case 'variant':
        return this.#case(value, path, wrong, type.cases);
      case 'record':
        if (!isObject(value))
          return wrong(`an object with ${quoted(type.fields.map((field) => camelCase(field.name)))}`);
        return first(type.fields, (field) => {
          const key = camelCase(field.name);
          return this.value(field.type, hostMember(value, key), `${path}.${key}`);
        });
      case 'tuple':
        if (!Array.isArray(value) || value.length !== type.elements.length) {
          return wrong(`an array of ${type.elements.length} elements`);
        }
        return first(type.elements, (element, index) =>
          this.value(element, value[index], `${path}[${index}]`),
        );
      case 'list': {
        if (!isObject(value) || typeof value['length'] !== 'number') return wrong('an array');
        return first(value as unknown as ArrayLike<unknown>, (item, index) =>
          this.value(type.element, item, `${path}[${index}]`),
        );
      }
      case 'map': {
        if (!(value instanceof Map)) return wrong('a Map');
        return first([...value.entries()], ([at, item]) => {
          const shown = typeof at === 'string' ? `"${at.slice(0, 40)}"` : String(at);
          return (
            this.value(type.key, at, `${path}: the key ${shown}`) ??
            this.value(type.value, item, `${path}[${shown}]`)
          );
        });
      }
      default:
        return undefined;
    }
  }

  #case(
    value: unknown,
    path: string,
    wrong: (wanted: string) => string,
    cases: { name: string; type: ValueType | undefined }[],
  ): string | undefined {
    const found = isObject(value) ? cases.find((each) => each.name === value['tag']) : undefined;
    if (found === undefined)
      return wrong(`{ tag, val } with a tag of ${quoted(cases.map((each) => each.name))}`);
    if (found.type === undefined) return undefined;
    return this.value(found.type, (value as { val?: unknown }).val, `${path}.val`);
  }
}

/** Explains which parameter of a call does not fit. */
export function explainParams(
  name: string,
  params: readonly RecordField[],
  values: readonly unknown[],
  reason: string,
): string {
  const explanation = new Explanation();
  const found = attempted(() =>
    first(params, (param, index) => explanation.value(param.type, values[index], camelCase(param.name))),
  );
  return `Cannot call "${name}": ${found ?? reason}`;
}

/** Explains how a host function's result does not fit. */
export function explainResult(name: string, type: FuncType, value: unknown): string {
  const found = attempted(() => (promiseIn(value) === undefined ? explainReturned(type, value) : A_PROMISE));
  return `Cannot return from the host import "${name}": ${found ?? 'the result does not fit its WIT type'}`;
}

const A_PROMISE =
  "it returned a promise, and a call does not wait; return the value itself, or let instances wait in threads of their own: isolation: 'worker'";

/** A `result` has the form that the lowering made of the host's returned or thrown value. */
function explainReturned({ result }: FuncType, value: unknown): string | undefined {
  if (result?.kind !== 'result') return result && new Explanation().value(result, value, 'result');
  const { tag, val } = value as { tag: 'ok' | 'err'; val: unknown };
  const wanted = result[tag];
  return wanted && new Explanation().value(wanted, val, tag === 'ok' ? 'result' : 'the error');
}

/** Looking at a value of the host's runs the host's code, which may throw. */
function attempted(explain: () => string | undefined): string | undefined {
  try {
    return explain();
  } catch {
    return undefined;
  }
}

function first<T>(
  items: ArrayLike<T>,
  explain: (item: T, index: number) => string | undefined,
): string | undefined {
  const { length } = items;
  for (let index = 0; index < length; index++) {
    const found = explain(items[index] as T, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inRange(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function isChar(value: unknown): boolean {
  return typeof value === 'string' && value.isWellFormed() && [...value].length === 1;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `"${name}"`);
  return shown.join(', ') + (names.length > 12 ? ', …' : '');
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) {
    return 'tag' in value ? `{ tag: ${JSON.stringify(value.tag)} }` : 'an object';
  }
  return String(value);
}
