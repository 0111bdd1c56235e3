import type { PrimitiveType } from '../model.js';
import {
  enumLayout,
  flagsLayout,
  handleLayout,
  listLayout,
  primitiveLayout,
  recordLayout,
  variantLayout,
  type Layout,
} from './layout.js';

/** A value type as data, with everything resolved. */
export type TypeToLayOut =
  | { readonly kind: PrimitiveType | 'own' | 'borrow' | 'stream' | 'future' }
  | { readonly kind: 'record'; readonly fields: readonly { readonly type: TypeToLayOut }[] }
  | { readonly kind: 'tuple'; readonly elements: readonly TypeToLayOut[] }
  | { readonly kind: 'variant'; readonly cases: readonly { readonly type: TypeToLayOut | undefined }[] }
  | { readonly kind: 'enum' | 'flags'; readonly names: readonly string[] }
  | { readonly kind: 'option'; readonly some: TypeToLayOut }
  | {
      readonly kind: 'result';
      readonly ok: TypeToLayOut | undefined;
      readonly err: TypeToLayOut | undefined;
    }
  | { readonly kind: 'list'; readonly element: TypeToLayOut }
  | { readonly kind: 'map'; readonly key: TypeToLayOut; readonly value: TypeToLayOut };

const layouts = new WeakMap<TypeToLayOut, Layout>();

/**
 * Returns the layout of a value type in a memory with addresses of 32 bits (specification: `alignment`, `elem_size`,
 * `flatten_type`). Computed once for each object.
 */
export function layoutOf(type: TypeToLayOut): Layout {
  let layout = layouts.get(type);
  if (layout === undefined) layouts.set(type, (layout = compute(type)));
  return layout;
}

function compute(type: TypeToLayOut): Layout {
  switch (type.kind) {
    case 'record':
      return recordLayout(type.fields.map((field) => layoutOf(field.type)));
    case 'tuple':
      return recordLayout(type.elements.map(layoutOf));
    case 'variant':
      return variantLayout(type.cases.map((each) => optional(each.type)));
    case 'option':
      return variantLayout([undefined, layoutOf(type.some)]);
    case 'result':
      return variantLayout([optional(type.ok), optional(type.err)]);
    case 'enum':
      return enumLayout(type.names.length);
    case 'flags':
      return flagsLayout(type.names.length);
    case 'list':
      return listLayout(layoutOf(type.element), 32);
    case 'map':
      return listLayout(recordLayout([layoutOf(type.key), layoutOf(type.value)]), 32);
    case 'stream':
    case 'future':
      return handleLayout('own');
    case 'own':
    case 'borrow':
      return handleLayout(type.kind);
    default:
      return primitiveLayout(type.kind, 32);
  }
}

function optional(type: TypeToLayOut | undefined): Layout | undefined {
  return type && layoutOf(type);
}
