import { isNumberKind } from './number-lists.js';
import type { ValueType } from './types.js';

/** Bytes of an object of JavaScript without its fields, and of one field or element. */
const OBJECT = 32;
const SLOT = 8;

/** Bytes of a typed array with its buffer, and of any other array. */
const NUMBER_ARRAY = 256;
const ARRAY = 48;

const sizes = new WeakMap<ValueType, number>();

/**
 * Estimates the bytes that JavaScript holds for one value, without what its strings and lists hold: a guest pays for
 * those when they are read. A byte of guest memory can become forty of ours, so these are what its budget is charged.
 */
export function heldSize(type: ValueType): number {
  let size = sizes.get(type);
  if (size === undefined) sizes.set(type, (size = SLOT + contentSize(type)));
  return size;
}

function contentSize(type: ValueType): number {
  switch (type.kind) {
    case 'record':
      return OBJECT + sum(type.fields.map((field) => field.type));
    case 'tuple':
      return ARRAY + sum(type.elements);
    case 'flags':
      return OBJECT + SLOT * type.names.length;
    case 'option':
      return (type.some.kind === 'option' ? OBJECT + SLOT : 0) + heldSize(type.some);
    case 'result':
      return OBJECT + SLOT + largest([type.ok, type.err]);
    case 'variant':
      return OBJECT + SLOT + largest(type.cases.map((each) => each.type));
    case 'list':
      return isNumberKind(type.element.kind) ? NUMBER_ARRAY : ARRAY;
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
    case 'own':
    case 'borrow':
      return 3 * OBJECT;
    default:
      return SLOT;
  }
}

function sum(types: readonly ValueType[]): number {
  return types.reduce((total, type) => total + heldSize(type), 0);
}

function largest(types: readonly (ValueType | undefined)[]): number {
  return Math.max(...types.map((type) => (type === undefined ? SLOT : heldSize(type))));
}
