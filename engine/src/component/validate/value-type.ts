import type { DefinedType, FuncType, ValType } from '../model.js';
import { canonicalLabel, isKebab } from '../names/index.js';
import {
  copyType,
  describeValue,
  enumType,
  flagsType,
  funcType,
  handleType,
  listType,
  mapType,
  optionType,
  primitiveType,
  recordType,
  resultType,
  tupleType,
  variantType,
  type Progress,
  type ResolvedFunc,
  type ResolvedValue,
} from '../types/index.js';
import type { Scope } from './scope.js';

/** Parameters a function may have, as in wasmparser. */
const MAX_PARAMS = 1000;

/** Flags a type may have: so that they fit one core value. */
const MAX_FLAGS = 32;

/** @throws {ModuleError} WP_MODULE_INVALID unless it is a primitive or the index of a value type */
export function resolveValType(type: ValType, scope: Scope): ResolvedValue {
  if (typeof type === 'string') return primitiveType(type);
  const resolved = scope.typeAt(type);
  switch (resolved.kind) {
    case 'resource':
    case 'func':
    case 'instance':
    case 'component':
      throw scope.progress.invalid(`type index ${type} is not a defined type`);
    default:
      return resolved;
  }
}

/** @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT */
export function resolveDefinedType(type: DefinedType, scope: Scope): ResolvedValue {
  const { progress } = scope;
  const resolve = (part: ValType): ResolvedValue => resolveValType(part, scope);
  switch (type.kind) {
    case 'primitive':
      return primitiveType(type.type);
    case 'record':
      if (type.fields.length === 0) throw progress.invalid('record type must have at least one field');
      checkLabels(namesOf(type.fields), { what: 'record field', short: 'field', progress });
      return recordType(
        type.fields.map((field) => ({ name: field.name, type: resolve(field.type) })),
        progress,
      );
    case 'variant':
      if (type.cases.length === 0) throw progress.invalid('variant type must have at least one case');
      checkLabels(namesOf(type.cases), { what: 'variant case', short: 'case', progress });
      return variantType(
        type.cases.map((entry) => ({ name: entry.name, type: optional(entry.type, scope) })),
        progress,
      );
    case 'list':
      if (type.length !== undefined) throw progress.unsupported('the fixed-length list type');
      return listType(resolve(type.element), progress);
    case 'map': {
      const [key, value] = [resolve(type.key), resolve(type.value)];
      if (!isKey(key)) {
        const found = describeValue(key);
        throw progress.invalid(`map key must be bool, an integer, char or string, found ${found}`);
      }
      return mapType({ key, value }, progress);
    }
    case 'tuple':
      if (type.elements.length === 0) throw progress.invalid('tuple type must have at least one type');
      return tupleType(type.elements.map(resolve), progress);
    case 'flags':
      if (type.names.length === 0) throw progress.invalid('flags must have at least one entry');
      if (type.names.length > MAX_FLAGS) throw progress.invalid(`cannot have more than ${MAX_FLAGS} flags`);
      checkLabels(type.names, { what: 'flag', short: 'flag', progress });
      return flagsType(type.names);
    case 'enum':
      if (type.names.length === 0) throw progress.invalid('enum type must have at least one variant');
      checkLabels(type.names, { what: 'enum tag', short: 'tag', progress });
      return enumType(type.names);
    case 'option':
      return optionType(resolve(type.some), progress);
    case 'result':
      return resultType({ ok: optional(type.ok, scope), err: optional(type.err, scope) }, progress);
    case 'stream':
    case 'future': {
      const element = optional(type.element, scope);
      if (element?.layout.borrows)
        throw progress.invalid(`\`${type.kind}\` cannot contain a \`borrow\` type`);
      if (type.kind === 'stream' && element?.kind === 'primitive' && element.type === 'char')
        throw progress.invalid('`stream<char>` is not valid at this time');
      return copyType({ kind: type.kind, element }, progress);
    }
    case 'own':
    case 'borrow':
      return handleType(type.kind, scope.resourceAt(type.resource));
  }
}

/** Returns whether values of a type can be keys: those that are equal only to themselves. */
function isKey(type: ResolvedValue): boolean {
  return type.kind === 'primitive' && type.type !== 'f32' && type.type !== 'f64';
}

/** @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_LIMIT */
export function resolveFuncType(type: FuncType, scope: Scope): ResolvedFunc {
  const { progress } = scope;
  if (type.params.length > MAX_PARAMS) throw progress.limit(`more than ${MAX_PARAMS} parameters`);
  checkLabels(namesOf(type.params), { what: 'function parameter', short: 'parameter', progress });
  const params = type.params.map((param) => ({ name: param.name, type: resolveValType(param.type, scope) }));
  const result = optional(type.result, scope);
  if (result?.layout.borrows) throw progress.invalid('function result cannot contain a `borrow` type');
  return funcType({ params, result, ...(type.async && { async: true }) }, progress);
}

function optional(type: ValType | undefined, scope: Scope): ResolvedValue | undefined {
  return type === undefined ? undefined : resolveValType(type, scope);
}

function namesOf(parts: readonly { name: string }[]): string[] {
  return parts.map((part) => part.name);
}

function checkLabels(
  names: readonly string[],
  context: { what: string; short: string; progress: Progress },
): void {
  const { what, short, progress } = context;
  const seen = new Map<string, string>();
  for (const name of names) {
    if (name === '') throw progress.invalid(`${what} name cannot be empty`);
    if (!isKebab(name)) throw progress.invalid(`${what} name \`${name}\` is not in kebab case`);
    const key = canonicalLabel(name);
    const previous = seen.get(key);
    if (previous !== undefined) {
      throw progress.invalid(
        `${what} name \`${name}\` conflicts with previous ${short} name \`${previous}\``,
      );
    }
    seen.set(key, name);
  }
}
