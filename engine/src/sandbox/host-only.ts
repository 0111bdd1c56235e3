/** A value that a guest cannot name or pass. */
export const HOST_ONLY: unique symbol = Symbol('host only');

/**
 * Refuses a constructor to guests. A component chooses the names that it imports: if no world is declared, it may ask for
 * the constructor of any class that the host gives, with arguments of its own.
 */
export function hostOnly(key: unknown): void {
  if (key !== HOST_ONLY) throw new TypeError('Cannot construct the resource: only the host makes it');
}
