/**
 * Gives a member of an object that the host provides: its own, or that of a class of the host's. What every object or
 * function has, such as `toString`, `call` or `constructor`, was never meant for a guest, and a guest chooses the name.
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
