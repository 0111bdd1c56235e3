import { partsOf, type FuncType, type ValueType } from '../canonical/index.js';

type Shareable = ValueType | FuncType;

/** The types that every instance of a component shares, by what defines them. */
const byDefinition = new WeakMap<object, Shareable>();
const everyShared = new WeakSet<Shareable>();

/**
 * Gives the type that an earlier instance made of the same definition, if it is the same: what is known of a type, its
 * layout and the code made for it, is found by its identity. Types that speak of resources belong to one instance.
 */
export function shared<T extends Shareable>(definition: object, made: T): T {
  const parts = componentsOf(made);
  if (parts === undefined || !parts.every(isShared)) return made;
  const known = byDefinition.get(definition) as T | undefined;
  if (known !== undefined) {
    const others = componentsOf(known);
    if (parts.every((part, index) => part === others?.[index])) return known;
  }
  byDefinition.set(definition, made);
  everyShared.add(made);
  return made;
}

/** What a type is made of; `undefined` for a handle. */
function componentsOf(type: Shareable): readonly ValueType[] | undefined {
  if (type.kind === 'own' || type.kind === 'borrow') return undefined;
  if (type.kind !== 'func') return partsOf(type);
  const params = type.params.map((param) => param.type);
  return type.result === undefined ? params : [...params, type.result];
}

function isShared(type: ValueType): boolean {
  return everyShared.has(type);
}
