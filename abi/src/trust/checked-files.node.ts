import { createHash } from 'node:crypto';
import { PluginError } from '../errors.js';
import type { PluginFiles } from '../package/index.js';
import { CHECKSUMS_FILE, parseChecksums, SIGNATURE_FILE } from './checksums.js';
import { parseSignature, type PublicKey } from './minisign.js';
import { isSignedBy } from './verify-signature.node.js';

/** The files of a plugin of which each that is read is the one that was listed, and maybe signed. */
export interface CheckedFiles extends PluginFiles {
  /** The SHA-256 of the list of checksums, so of everything in the plugin. */
  readonly sha256: string;
  /** Signer of the list, and the comment that is signed too; `undefined` without keys. */
  readonly signer: { readonly keyId: string; readonly comment: string } | undefined;
}

/** Returns the SHA-256 of bytes, as hexadecimal digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Holds the files of a plugin against its `SHA256SUMS`, and that against `SHA256SUMS.minisig`: once for the list, and with each
 * `read` for the file that is read, so that one that changes later is refused too. Only listed files are there.
 * @param keys any of which must have signed the list; `undefined`: no signature is asked for
 * @throws {PluginError} WP_UNSIGNED, WP_SIGNATURE; of `read`, WP_TAMPERED
 */
export async function checkedFiles(
  files: PluginFiles,
  keys: readonly PublicKey[] | undefined,
): Promise<CheckedFiles> {
  const { source } = files;
  const there = new Set(await files.list());
  const needed = keys === undefined ? [CHECKSUMS_FILE] : [CHECKSUMS_FILE, SIGNATURE_FILE];
  const missing = needed.find((path) => !there.has(path));
  if (missing !== undefined) {
    const advice = keys === undefined ? 'pack it with "wasm-plugin pack"' : 'sign it with "wasm-plugin sign"';
    throw new PluginError('WP_UNSIGNED', `Cannot trust "${source}": it has no ${missing}; ${advice}`);
  }
  const list = await files.read(CHECKSUMS_FILE);
  const signer = keys === undefined ? undefined : await signerOf(files, { keys, list });
  const sums = parseChecksums(list, source);
  const check = async (path: string): Promise<Uint8Array> => {
    // As they lie there now: a later check of the same plugin reads them anew.
    if (path === CHECKSUMS_FILE || path === SIGNATURE_FILE) return await files.read(path);
    const wanted = sums.get(path);
    if (wanted === undefined)
      throw tampered(source, `${JSON.stringify(path)} is not in its ${CHECKSUMS_FILE}`);
    const bytes = await files.read(path);
    if (sha256Of(bytes) === wanted) return bytes;
    throw tampered(source, `${JSON.stringify(path)} is not the file that its ${CHECKSUMS_FILE} names`);
  };
  const { locate } = files;
  const lasting = [CHECKSUMS_FILE, SIGNATURE_FILE].filter((path) => there.has(path));
  return {
    source,
    sha256: sha256Of(list),
    signer,
    list: async () => [...sums.keys(), ...lasting].sort(),
    read: check,
    ...(locate && {
      locate: async (path: string) => {
        await check(path);
        return await locate(path);
      },
    }),
  };
}

/** Makes the error of a plugin with a file that is not the one that was listed. */
export function tampered(source: string, reason: string): PluginError {
  return new PluginError('WP_TAMPERED', `Cannot trust "${source}": ${reason}; get it anew`);
}

async function signerOf(
  files: PluginFiles,
  { keys, list }: { keys: readonly PublicKey[]; list: Uint8Array },
): Promise<CheckedFiles['signer']> {
  const { source } = files;
  const text = new TextDecoder().decode(await files.read(SIGNATURE_FILE));
  const signature = parseSignature(text, `${source}/${SIGNATURE_FILE}`);
  const { keyId, comment } = signature;
  const known = keys.filter(({ id }) => id === keyId);
  if (known.length === 0) {
    const trusted = keys.map(({ id }) => id).join(', ');
    throw new PluginError(
      'WP_SIGNATURE',
      `Cannot trust "${source}": it is signed with the key ${keyId}, which is not trusted; trusted: ${trusted}`,
    );
  }
  if (known.some((key) => isSignedBy(key, signature, list))) return { keyId, comment };
  throw new PluginError(
    'WP_SIGNATURE',
    `Cannot trust "${source}": its signature is not that of the key ${keyId} over its ${CHECKSUMS_FILE}`,
  );
}
