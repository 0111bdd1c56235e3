export { CHECKSUMS_FILE, checksumsText, parseChecksums, SIGNATURE_FILE } from './checksums.js';
export { checkedFiles, sha256Of, type CheckedFiles } from './checked-files.node.js';
export { createVerifier, type TrustOptions, type Verifier } from './create-verifier.node.js';
export { LOCK_FILE, lockText, parseLock, type Lock, type LockedPlugin } from './lock-file.js';
export { keyIdOf, parsePublicKey, parseSignature, type PublicKey, type Signature } from './minisign.js';
export { isSignedBy } from './verify-signature.node.js';
