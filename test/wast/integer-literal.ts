const INTEGER = /^([+-]?)(0x[0-9a-f]+(?:_[0-9a-f]+)*|[0-9]+(?:_[0-9]+)*)$/i;

/**
 * Parses an integer literal, decimal or hexadecimal, of `bits` bits; both the signed and the unsigned range are taken.
 *
 * @returns the value as written, `undefined` where the text is no such literal
 */
export function parseIntegerLiteral(text: string, bits: number): bigint | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return undefined;
  const magnitude = BigInt((match[2] as string).replaceAll('_', ''));
  const value = match[1] === '-' ? -magnitude : magnitude;
  const limit = 1n << BigInt(bits);
  return value >= limit || value < -(limit >> 1n) ? undefined : value;
}
