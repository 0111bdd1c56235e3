const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Returns whether every object has a member of this name, e.g. `toString`: such a name is read with `hostMember`. */
export function isInherited(key: string): boolean {
  return inherited.has(key);
}

/**
 * Returns a member of an object that the host gives: its own, or that of a class of the host's. Members that every object
 * or function has, such as `toString`, `call` or `constructor`, were never meant for a guest, and a guest chooses the name.
 */
export function hostMember(given: object, key: string): unknown {
  const value = (given as Record<string, unknown>)[key];
  if (value === undefined || Object.hasOwn(given, key)) return value;
  return key === 'constructor' || isIntrinsic(given, key, value) ? undefined : value;
}

function isIntrinsic(given: object, key: string, value: unknown): boolean {
  for (let proto = Object.getPrototypeOf(given) as object | null; proto !== null;) {
    const above = Object.getPrototypeOf(proto) as object | null;
    // `Object.prototype` is the last one, of any realm; `Function.prototype` is the only function without a prototype.
    const builtIn = above === null || (typeof proto === 'function' && !Object.hasOwn(proto, 'prototype'));
    if (builtIn && (proto as Record<string, unknown>)[key] === value) return true;
    proto = above;
  }
  return false;
}
