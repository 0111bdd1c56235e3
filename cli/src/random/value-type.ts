import type { IntegerKind } from './random-scalar.js';

/** A part with a name: a field, or a case of a variant. */
export interface NamedType<Type> {
  readonly name: string;
  readonly type: Type;
}

/**
 * A type of WIT, as the engine resolves it (`{ kind: 'primitive', type: 'u8' }`) or as the bindings generators read it
 * (`{ kind: 'u8' }`).
 */
export type ValueType<Resource = unknown> =
  | { readonly kind: 'primitive'; readonly type: string }
  | { readonly kind: IntegerKind | 'bool' | 'f32' | 'f64' | 'char' | 'string' }
  | { readonly kind: 'record'; readonly fields: readonly NamedType<ValueType<Resource>>[] }
  | { readonly kind: 'variant'; readonly cases: readonly NamedType<ValueType<Resource> | undefined>[] }
  | { readonly kind: 'list'; readonly element: ValueType<Resource> }
  | { readonly kind: 'map'; readonly key: ValueType<Resource>; readonly value: ValueType<Resource> }
  | { readonly kind: 'tuple'; readonly elements: readonly ValueType<Resource>[] }
  | { readonly kind: 'flags' | 'enum'; readonly names: readonly string[] }
  | { readonly kind: 'option'; readonly some: ValueType<Resource> }
  | {
      readonly kind: 'result';
      readonly ok: ValueType<Resource> | undefined;
      readonly err: ValueType<Resource> | undefined;
    }
  | { readonly kind: 'stream' | 'future'; readonly element: ValueType<Resource> | undefined }
  | { readonly kind: 'own' | 'borrow'; readonly resource: Resource };

/** The name of a primitive type; `undefined` for another one. */
export function primitiveOf(type: ValueType): string | undefined {
  switch (type.kind) {
    case 'primitive':
      return type.type;
    case 'record':
    case 'variant':
    case 'list':
    case 'map':
    case 'tuple':
    case 'flags':
    case 'enum':
    case 'option':
    case 'result':
    case 'stream':
    case 'future':
    case 'own':
    case 'borrow':
      return undefined;
    default:
      return type.kind;
  }
}

interface NumberArray {
  from(items: never): ArrayLike<number | bigint>;
}

/** The typed array of each number type. */
export const NUMBER_ARRAYS: ReadonlyMap<string, NumberArray> = new Map<string, NumberArray>([
  ['u8', Uint8Array],
  ['s8', Int8Array],
  ['u16', Uint16Array],
  ['s16', Int16Array],
  ['u32', Uint32Array],
  ['s32', Int32Array],
  ['u64', BigUint64Array],
  ['s64', BigInt64Array],
  ['f32', Float32Array],
  ['f64', Float64Array],
]);

/** Makes the array of a list: a typed one for numbers. */
export function listOf(element: ValueType, items: readonly unknown[]): unknown {
  const array = NUMBER_ARRAYS.get(primitiveOf(element) ?? '');
  return array === undefined ? items : array.from(items as never);
}
