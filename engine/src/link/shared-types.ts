import { partsOf, type FuncType, type ValueType } from '../canonical/index.js';
import type { DefinedType, FuncType as FuncTypeAst, ValType } from '../component/index.js';
import type { Scope } from './scope.js';

type Shareable = ValueType | FuncType;

/** A type that every instance of a component shares, with its parts and their references in its definition. */
interface Shared {
  readonly type: Shareable;
  readonly references: readonly ValType[];
  readonly parts: readonly ValueType[];
}

const byDefinition = new WeakMap<object, Shared>();
const everyShared = new WeakSet<Shareable>();

/** Makes a type of its definition in a scope. */
export interface Making<Definition, T> {
  readonly resolve: (reference: ValType, scope: Scope) => ValueType;
  readonly make: (definition: Definition, scope: Scope) => T;
}

/**
 * Returns the type that an earlier instance made of the same definition, if it is the same: the layout of a type and its
 * generated code are found by its identity. Types that contain resources belong to one instance.
 */
export function shared<Definition extends DefinedType | FuncTypeAst, T extends Shareable>(
  definition: Definition,
  scope: Scope,
  { resolve, make }: Making<Definition, T>,
): T {
  const known = byDefinition.get(definition);
  if (known !== undefined && isSame(known, scope, resolve)) return known.type as T;
  const type = make(definition, scope);
  const parts = componentsOf(type);
  if (parts === undefined || !parts.every((part) => everyShared.has(part))) return type;
  byDefinition.set(definition, { type, references: referencesOf(definition), parts });
  return share(type);
}

function isSame(
  { references, parts }: Shared,
  scope: Scope,
  resolve: Making<never, never>['resolve'],
): boolean {
  for (let index = 0; index < references.length; index++) {
    if (resolve(references[index] as ValType, scope) !== parts[index]) return false;
  }
  return true;
}

/** Marks a type as the same for every instance. */
export function share<T extends Shareable>(type: T): T {
  everyShared.add(type);
  return type;
}

/** Returns the parts of a type; `undefined` for a handle. */
function componentsOf(type: Shareable): readonly ValueType[] | undefined {
  if (type.kind === 'own' || type.kind === 'borrow') return undefined;
  if (type.kind === 'map') return [type.key, type.value];
  if (type.kind !== 'func') return partsOf(type);
  const params = type.params.map((param) => param.type);
  return type.result === undefined ? params : [...params, type.result];
}

/** The same of a definition, in the same order. */
function referencesOf(definition: DefinedType | FuncTypeAst): readonly ValType[] {
  switch (definition.kind) {
    case 'func':
      return given([...definition.params.map(({ type }) => type), definition.result]);
    case 'record':
      return definition.fields.map(({ type }) => type);
    case 'tuple':
      return definition.elements;
    case 'list':
      return [definition.element];
    case 'map':
      return [definition.key, definition.value];
    case 'stream':
    case 'future':
      return given([definition.element]);
    case 'option':
      return [definition.some];
    case 'result':
      return given([definition.ok, definition.err]);
    case 'variant':
      return given(definition.cases.map(({ type }) => type));
    default:
      return [];
  }
}

function given(references: readonly (ValType | undefined)[]): ValType[] {
  return references.filter((reference) => reference !== undefined);
}
