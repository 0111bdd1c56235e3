import { isNumberKind } from './number-lists.js';
import type { ValueType } from '../types.js';

/** Bytes of an object of JavaScript without its fields, and of one field or element. An object has room for four at least. */
const OBJECT = 24;
const SLOT = 8;
const LEAST_SLOTS = 4;

/**
 * V8 keeps an object of more fields as a dictionary: three words for each place, and up to three times as many places as
 * fields.
 */
const MOST_FAST_FIELDS = 1000;
const DICTIONARY_FIELD = 72;

/** Bytes of a typed array with its buffer, and of any other array. */
const NUMBER_ARRAY = 256;
const ARRAY = 48;

/** Bytes of an empty `Map` with its table, and what the table takes for each entry beside the pair that it comes from. */
const MAP = 224;
export const MAP_ENTRY = 8 * SLOT;

/** An array grows by half and 16 as elements are added to it: bytes that each element, and the first one, takes beyond its own. */
export const SPARE_SLOT = SLOT / 2;
export const SPARE_ARRAY = 16 * SLOT;

/** An object for a resource, its fields, and its entry among the handles to be dropped when collected. */
const HANDLE = 224;

/** The end of a stream or future, with the objects around it. */
const END = 1024;

const sizes = new WeakMap<ValueType, number>();

/**
 * Estimates the bytes that JavaScript holds for one value, without the content of its strings and lists: a guest pays for those
 * when they are read. A byte of guest memory can become forty of ours, so its budget is charged with ours.
 */
export function heldSize(type: ValueType): number {
  let size = sizes.get(type);
  if (size === undefined) sizes.set(type, (size = SLOT + contentSize(type)));
  return size;
}

function contentSize(type: ValueType): number {
  switch (type.kind) {
    case 'record':
      return objectSize(type.fields.length) + sum(type.fields.map((field) => field.type));
    case 'tuple':
      return ARRAY + sum(type.elements);
    case 'flags':
      return objectSize(type.names.length) + SLOT * type.names.length;
    case 'option':
      return (type.some.kind === 'option' ? objectSize(2) + SLOT : 0) + heldSize(type.some);
    case 'result':
      return objectSize(2) + SLOT + largest([type.ok, type.err]);
    case 'variant':
      return objectSize(2) + SLOT + largest(type.cases.map((each) => each.type));
    case 'list':
      return isNumberKind(type.element.kind) ? NUMBER_ARRAY : ARRAY;
    case 'map':
      return MAP;
    case 'string':
    case 'char':
    case 'u64':
    case 's64':
      return 24;
    case 'f32':
    case 'f64':
    case 'u32':
    case 's32':
      return 16;
    case 'stream':
    case 'future':
      return END;
    case 'own':
    case 'borrow':
      return HANDLE;
    default:
      return SLOT;
  }
}

/** An object without its slots and the values in them. */
function objectSize(fields: number): number {
  const spare = Math.max(0, LEAST_SLOTS - fields) * SLOT;
  return OBJECT + spare + (fields > MOST_FAST_FIELDS ? DICTIONARY_FIELD * fields : 0);
}

function sum(types: readonly ValueType[]): number {
  return types.reduce((total, type) => total + heldSize(type), 0);
}

function largest(types: readonly (ValueType | undefined)[]): number {
  return Math.max(...types.map((type) => (type === undefined ? SLOT : heldSize(type))));
}
