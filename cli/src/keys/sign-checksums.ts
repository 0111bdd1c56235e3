import { createHash, sign } from 'node:crypto';
import type { SecretKey } from './secret-key.js';

/**
 * Signs a list of checksums, as minisign does. The same list, key and comment give the same text.
 * @param comment one line that is signed too
 */
export function signatureText({ id, number, key }: SecretKey, list: Uint8Array, comment: string): string {
  const signature = sign(null, createHash('blake2b512').update(list).digest(), key);
  const both = sign(null, Buffer.concat([signature, Buffer.from(comment)]), key);
  const first = Buffer.concat([Buffer.from('ED'), number, signature]).toString('base64');
  return `untrusted comment: signature from wasm-plugin, key ${id}\n${first}\ntrusted comment: ${comment}\n${both.toString('base64')}\n`;
}
