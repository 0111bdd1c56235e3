import type { WitType } from '../world/index.js';
import { asType, isNullable } from './as-type.js';
import { WIT_FILE, type BindingsFile } from './context.js';
import { camelNames, pascalNames } from './names.js';

/** Returns the expression that makes a value of a type with cases, from the expression of its payload. */
export function makeCase(
  writer: BindingsFile,
  type: WitType,
  { index, payload }: { index: number; payload: string | undefined },
): string {
  const inner = (type: WitType | undefined) => asType(writer, type);
  const wit = (name: string) => writer.ref(WIT_FILE, name);
  if (type.kind === 'variant')
    return `${inner(type)}.${camelNames(namesOf(type.cases))[index]}(${payload ?? ''})`;
  if (type.kind === 'result') {
    const name = wit(index === 0 ? 'ok' : 'err');
    return `${name}<${inner(type.ok)}, ${inner(type.err)}>(${payload ?? wit('unit')})`;
  }
  if (isNullable(type)) return payload ?? 'null';
  const { some } = type as WitType & { kind: 'option' };
  return `${wit(payload === undefined ? 'none' : 'some')}<${inner(some)}>(${payload ?? ''})`;
}

/** The number of the case that `value` is. */
export function caseOf(type: WitType, value: string): string {
  if (type.kind === 'variant') return `<i32>${value}.tag`;
  if (type.kind === 'result') return `<i32>!${value}.isOk`;
  return isNullable(type) ? `<i32>(${value} !== null)` : `<i32>${value}.isSome`;
}

/** The payload of `value`, which is of case `index`. */
export function payloadOf(type: WitType, value: string, index: number): string {
  if (type.kind === 'variant') return `${value}.as${pascalNames(namesOf(type.cases))[index]}`;
  if (type.kind === 'result') return index === 0 ? `${value}.value` : `${value}.error`;
  return isNullable(type) ? `${value}!` : `${value}.value`;
}

/** Returns the expression that makes a record or tuple of its parts. */
export function makeWhole(writer: BindingsFile, type: WitType, parts: string[]): string {
  return `new ${asType(writer, type)}(${parts.join(', ')})`;
}

/** The parts of a record or tuple. */
export function partsOfValue(type: WitType, value: string): string[] {
  if (type.kind === 'record') return camelNames(namesOf(type.fields)).map((name) => `${value}.${name}`);
  return type.kind === 'tuple' ? type.elements.map((_, i) => `${value}.value${i}`) : [];
}

function namesOf(items: readonly { name: string }[]): string[] {
  return items.map(({ name }) => name);
}
