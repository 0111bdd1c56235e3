import type { ValueType } from '../../module/index.js';

const NUMBERS: Record<number, string> = { 0x7f: 'i32', 0x7e: 'i64', 0x7d: 'f32', 0x7c: 'f64', 0x7b: 'v128' };

const HEAP_TYPES: Record<number, string> = {
  0x74: 'noexn',
  0x73: 'nofunc',
  0x72: 'noextern',
  0x71: 'none',
  0x70: 'func',
  0x6f: 'extern',
  0x6e: 'any',
  0x6d: 'eq',
  0x6c: 'i31',
  0x6b: 'struct',
  0x6a: 'array',
  0x69: 'exn',
};

/** Returns a value type as the specification writes it, shorthands written out: `i32`, `(ref null func)`, `(ref 3)`. */
export function valueTypeText(type: ValueType): string {
  if (typeof type === 'number') return NUMBERS[type] ?? `(ref null ${HEAP_TYPES[type]})`;
  const { nullable, heap } = type;
  // Abstract heap types are negative: the byte of their encoding less 128.
  return `(ref ${nullable ? 'null ' : ''}${heap < 0 ? HEAP_TYPES[heap + 128] : heap})`;
}

/** Returns true if the text of a value type names a type by its index in its own module. */
export function isConcreteReference(type: string): boolean {
  return /\d\)$/.test(type);
}
