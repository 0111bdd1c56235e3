import type { WitResource, WitType } from '../world/index.js';
import { GUEST_FILE, WIT_FILE, type BindingsFile } from './context.js';
import { isScalar } from './type-parts.js';

const SCALARS = {
  bool: 'bool',
  s8: 'i8',
  u8: 'u8',
  s16: 'i16',
  u16: 'u16',
  s32: 'i32',
  u32: 'u32',
  s64: 'i64',
  u64: 'u64',
  f32: 'f32',
  f64: 'f64',
  char: 'u32',
} as const;

/** Returns the text of a type in AssemblyScript, in the file of `writer`. */
export function asType(writer: BindingsFile, type: WitType | undefined): string {
  const { context } = writer;
  if (type === undefined) return writer.ref(WIT_FILE, 'Unit');
  if (isScalar(type)) return SCALARS[type.kind];
  const inner = (type: WitType | undefined) => asType(writer, type);
  switch (type.kind) {
    case 'string':
      return 'string';
    case 'list':
      return isScalar(type.element) ? `StaticArray<${inner(type.element)}>` : `Array<${inner(type.element)}>`;
    case 'map':
      return `Map<${inner(type.key)}, ${inner(type.value)}>`;
    case 'tuple':
      context.tuples.add(type.elements.length);
      return `${writer.ref(WIT_FILE, `Tuple${type.elements.length}`)}<${type.elements.map(inner).join(', ')}>`;
    case 'option':
      return isNullable(type)
        ? `${inner(type.some)} | null`
        : `${writer.ref(WIT_FILE, 'Option')}<${inner(type.some)}>`;
    case 'result':
      return `${writer.ref(WIT_FILE, 'Result')}<${inner(type.ok)}, ${inner(type.err)}>`;
    case 'own':
    case 'borrow':
      return resourceType(writer, type.resource);
    case 'record':
    case 'variant':
    case 'enum':
    case 'flags':
      return writer.ref(context.fileOf(type.owner), context.typeName(type));
  }
}

/** The class of a resource: the bindings' if it is imported, the plugin's own if it is exported. */
export function resourceType(writer: BindingsFile, resource: WitResource): string {
  const { context } = writer;
  const name = context.typeName(resource);
  if (!context.isExported(resource)) return writer.ref(context.fileOf(resource.owner), name);
  return writer.ref(GUEST_FILE, `${context.namespaceOf(resource.owner)}.${name}`);
}

/** Returns true for a type that AssemblyScript can write as `T | null`: an option of a type without null. */
export function isNullable(type: WitType): boolean {
  return type.kind === 'option' && isReference(type.some) && !isNullable(type.some);
}

/** Returns true if a value of a type is an object in AssemblyScript. */
export function isReference(type: WitType): boolean {
  return !isScalar(type) && type.kind !== 'enum' && type.kind !== 'flags';
}
