/**
 * Without a declared world, a guest chooses the types of an import's arguments. So arguments that decide about access are
 * checked first.
 */
export function textArgument(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`Cannot use the argument "${name}": wanted a string`);
}

/** Reads a 64-bit argument as a number, at most `most`. */
export function countArgument(value: unknown, most: number): number {
  if (typeof value !== 'bigint' || value < 0n) throw new TypeError('Cannot use a count: wanted a u64');
  return value > BigInt(most) ? most : Number(value);
}

/** Reads bytes. */
export function bytesArgument(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError('Cannot use the bytes: wanted a list<u8>');
}
