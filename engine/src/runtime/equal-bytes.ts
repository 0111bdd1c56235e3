/** Returns whether two arrays hold the same bytes. Compares four at a time if both lie at a multiple of four. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  const words = a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0 ? a.length >>> 2 : 0;
  const wordsOfA = new Uint32Array(a.buffer, words === 0 ? 0 : a.byteOffset, words);
  const wordsOfB = new Uint32Array(b.buffer, words === 0 ? 0 : b.byteOffset, words);
  for (let index = 0; index < words; index++) if (wordsOfA[index] !== wordsOfB[index]) return false;
  for (let index = words * 4; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
