import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { PublicKey, Signature } from './minisign.js';

/** Returns true if a signature is valid: made by the key, over the content and over the signature's own comment. */
export function isSignedBy({ key }: PublicKey, signature: Signature, content: Uint8Array): boolean {
  const publicKey = keyObject(key);
  const signed = signature.isPrehashed ? createHash('blake2b512').update(content).digest() : content;
  if (!verify(null, signed, publicKey, signature.signature)) return false;
  const commented = Buffer.concat([signature.signature, Buffer.from(signature.comment)]);
  return verify(null, commented, publicKey, signature.commentSignature);
}

function keyObject(key: Uint8Array): KeyObject {
  const x = Buffer.from(key).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
