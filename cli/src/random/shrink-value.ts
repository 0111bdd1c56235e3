import { camelCase } from '@wasm-plugin/engine/component';
import { listOf, primitiveOf, type ValueType } from './value-type.js';

/** Returns smaller values of the same type, the largest step first. Resources stay as they are. */
export function* shrinkValue(type: ValueType, value: unknown): Iterable<unknown> {
  switch (type.kind) {
    case 'list':
      yield* shrinkList(type.element, Array.from(value as ArrayLike<unknown>));
      return;
    case 'map': {
      const pair: ValueType = { kind: 'tuple', elements: [type.key, type.value] };
      for (const smaller of shrinkList(pair, [...(value as Map<unknown, unknown>)]))
        yield new Map(smaller as [unknown, unknown][]);
      return;
    }
    case 'record': {
      const keys = type.fields.map(({ name }) => camelCase(name));
      const record = value as Record<string, unknown>;
      yield* shrinkParts(
        type.fields.map((field, index) => [keys[index] as string, field.type]),
        record,
      );
      return;
    }
    case 'tuple': {
      const items = value as unknown[];
      for (const [index, part] of type.elements.entries())
        for (const smaller of shrinkValue(part, items[index])) yield items.with(index, smaller);
      return;
    }
    case 'enum':
      if (value !== type.names[0]) yield type.names[0];
      return;
    case 'flags': {
      const flags = value as Record<string, boolean>;
      const set = Object.keys(flags).filter((key) => flags[key] === true);
      if (set.length > 1) yield Object.fromEntries(Object.keys(flags).map((key) => [key, false]));
      for (const key of set) yield { ...flags, [key]: false };
      return;
    }
    case 'variant': {
      const { tag, val } = value as { tag: string; val?: unknown };
      const [first] = type.cases;
      if (first !== undefined && tag !== first.name && first.type === undefined) yield { tag: first.name };
      yield* shrinkPayload(type.cases.find(({ name }) => name === tag)?.type, { tag, val });
      return;
    }
    case 'option': {
      if (type.some.kind !== 'option') {
        if (value === undefined) return;
        yield undefined;
        yield* shrinkValue(type.some, value);
        return;
      }
      const { tag, val } = value as { tag: 'some' | 'none'; val?: unknown };
      if (tag === 'none') return;
      yield { tag: 'none' };
      yield* shrinkPayload(type.some, { tag, val });
      return;
    }
    case 'result': {
      const { tag, val } = value as { tag: 'ok' | 'err'; val?: unknown };
      yield* shrinkPayload(type[tag], { tag, val });
      return;
    }
    case 'stream':
    case 'future':
    case 'own':
    case 'borrow':
      return;
    default:
      yield* shrinkPrimitive(primitiveOf(type) as string, value);
  }
}

function* shrinkParts(
  parts: readonly (readonly [string, ValueType])[],
  record: Record<string, unknown>,
): Iterable<unknown> {
  for (const [key, part] of parts)
    for (const smaller of shrinkValue(part, record[key])) yield { ...record, [key]: smaller };
}

function* shrinkPayload(
  type: ValueType | undefined,
  { tag, val }: { tag: string; val?: unknown },
): Iterable<unknown> {
  if (type !== undefined) for (const smaller of shrinkValue(type, val)) yield { tag, val: smaller };
}

/** Longest list of which each item is left out and made smaller by itself. */
const MOST_ITEMS = 50;

function* shrinkList(element: ValueType, items: readonly unknown[]): Iterable<unknown> {
  for (const part of smallerParts(items)) yield listOf(element, part);
  if (items.length > MOST_ITEMS) return;
  for (const [index, item] of items.entries())
    for (const smaller of shrinkValue(element, item)) yield listOf(element, items.with(index, smaller));
}

/** Returns parts of a list: none of it, each half, and all but one if it is short. */
export function* smallerParts<Item>(items: readonly Item[]): Iterable<Item[]> {
  if (items.length === 0) return;
  yield [];
  if (items.length === 1) return;
  const middle = items.length >> 1;
  yield items.slice(0, middle);
  yield items.slice(middle);
  if (items.length > MOST_ITEMS) return;
  for (const index of items.keys()) yield items.toSpliced(index, 1);
}

function* shrinkPrimitive(kind: string, value: unknown): Iterable<unknown> {
  switch (kind) {
    case 'bool':
      if (value === true) yield false;
      return;
    case 'char':
      if (value !== 'a') yield 'a';
      return;
    case 'string': {
      const chars = [...(value as string)];
      for (const part of smallerParts(chars)) yield part.join('');
      if (chars.length > MOST_ITEMS) return;
      for (const [index, char] of chars.entries()) if (char !== 'a') yield chars.with(index, 'a').join('');
      return;
    }
    case 'f32':
    case 'f64':
      yield* smallerFloats(value as number);
      return;
    case 'u64':
    case 's64':
      yield* smallerIntegers(value as bigint);
      return;
    default:
      for (const smaller of smallerIntegers(BigInt(value as number))) yield Number(smaller);
  }
}

function* smallerFloats(value: number): Iterable<number> {
  if (Object.is(value, 0)) return;
  yield 0;
  if (Number.isNaN(value) || value === 1) return;
  if (Math.abs(value) > 1) yield 1;
  const whole = Math.trunc(value / 2);
  if (Number.isFinite(value) && Math.abs(value) > 1 && whole !== value) yield whole;
  if (Number.isFinite(value) && !Number.isInteger(value) && Math.abs(value) > 1) yield Math.trunc(value);
}

function* smallerIntegers(value: bigint): Iterable<bigint> {
  if (value === 0n) return;
  yield 0n;
  const half = value / 2n;
  if (half !== 0n) yield half;
  const next = value > 0n ? value - 1n : value + 1n;
  if (next !== 0n && next !== half) yield next;
}
