import { GuestError } from '@wasm-plugin/abi';

/** Error codes of `wasi:filesystem` by those of the system. */
const CODES: Readonly<Record<string, string>> = {
  EACCES: 'access',
  EAGAIN: 'would-block',
  EBADF: 'bad-descriptor',
  EBUSY: 'busy',
  EDQUOT: 'quota',
  EEXIST: 'exist',
  EFBIG: 'file-too-large',
  EILSEQ: 'illegal-byte-sequence',
  EINTR: 'interrupted',
  EINVAL: 'invalid',
  EISDIR: 'is-directory',
  ELOOP: 'loop',
  EMFILE: 'quota',
  EMLINK: 'too-many-links',
  ENAMETOOLONG: 'name-too-long',
  ENFILE: 'quota',
  ENODEV: 'no-device',
  ENOENT: 'no-entry',
  ENOMEM: 'insufficient-memory',
  ENOSPC: 'insufficient-space',
  ENOSYS: 'unsupported',
  ENOTDIR: 'not-directory',
  ENOTEMPTY: 'not-empty',
  ENOTSUP: 'unsupported',
  ENXIO: 'no-such-device',
  EOVERFLOW: 'overflow',
  EPERM: 'not-permitted',
  EROFS: 'read-only',
  ESPIPE: 'invalid-seek',
  ETXTBSY: 'text-file-busy',
  EXDEV: 'cross-device',
};

/** Returns the error code for an error of `node:fs`. */
export function errorCodeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' ? CODES[code] : undefined) ?? 'io';
}

/** Runs a function on files; the guest gets only the code of a refusal by the system. */
export function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof GuestError || !(error instanceof Error) || !('code' in error)) throw error;
    throw new GuestError(errorCodeOf(error));
  }
}
