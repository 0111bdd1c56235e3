import type { ValueType } from '../canonical/index.js';
import { partsOf } from '../canonical/index.js';

const known = new WeakMap<ValueType, WeakSet<ValueType>>();

/** Returns whether two types are the same: of equal structure, with the same resources. */
export function isSameType(a: ValueType | undefined, b: ValueType | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.kind !== b.kind) return false;
  let equals = known.get(a);
  if (equals?.has(b)) return true;
  if (!isSame(a, b)) return false;
  if (equals === undefined) known.set(a, (equals = new WeakSet()));
  equals.add(b);
  return true;
}

function isSame(a: ValueType, b: ValueType): boolean {
  if ('resource' in a) return a.resource === (b as typeof a).resource;
  const [names, others] = [namesOf(a), namesOf(b)];
  if (names.length !== others.length || names.some((name, index) => name !== others[index])) return false;
  const parts = partsOf(a);
  const otherParts = partsOf(b);
  return (
    parts.length === otherParts.length && parts.every((part, index) => isSameType(part, otherParts[index]))
  );
}

/** Returns the names in a type, and for a result the sides that have a type. */
function namesOf(type: ValueType): readonly string[] {
  switch (type.kind) {
    case 'record':
      return type.fields.map(({ name }) => name);
    case 'variant':
      return type.cases.map((each) => `${each.name}${each.type === undefined ? '' : '()'}`);
    case 'flags':
    case 'enum':
      return type.names;
    case 'result':
      return [type.ok === undefined ? '' : 'ok', type.err === undefined ? '' : 'err'];
    default:
      return [];
  }
}
