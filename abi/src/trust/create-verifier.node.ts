import { readFile } from 'node:fs/promises';
import { PluginError } from '../errors.js';
import { parseManifest } from '../manifest/index.js';
import { MANIFEST_FILE, type PluginFiles } from '../package/index.js';
import { compareVersions } from '../version/index.js';
import { checkedFiles, tampered, type CheckedFiles } from './checked-files.node.js';
import { parseLock } from './lock-file.js';
import { parsePublicKey } from './minisign.js';

/** Conditions of trust. At least one is given. */
export interface TrustOptions {
  /** Public keys of minisign, of which one must have signed it: lines that begin with `RW`, or whole files. */
  trustedKeys?: readonly string[] | undefined;
  /** The lock file of `wasm-plugin install`: a plugin must be in it, in that version, with those bytes. Read at each check. */
  lockFile?: string | undefined;
}

/** Refuses untrusted files, and returns the trusted ones, each of which is checked as it is read. */
export type Verifier = (files: PluginFiles) => Promise<CheckedFiles>;

/**
 * Makes a check of plugins.
 * @returns `undefined` if nothing is asked for
 * @throws {PluginError} WP_SIGNATURE for a key that is none; of the result WP_UNSIGNED, WP_SIGNATURE, WP_TAMPERED,
 *   WP_DOWNGRADE, WP_LOCK
 * @throws {TypeError} for an empty list of keys, with which nothing could be loaded
 */
export function createVerifier({ trustedKeys, lockFile }: TrustOptions): Verifier | undefined {
  if (trustedKeys === undefined && lockFile === undefined) return undefined;
  if (trustedKeys?.length === 0)
    throw new TypeError('Cannot trust plugins: "trustedKeys" is empty; give a key, or leave it out');
  const keys = trustedKeys?.map(parsePublicKey);
  return async (files) => {
    const checked = await checkedFiles(files, keys);
    if (lockFile !== undefined) await refuseUnlocked(checked, lockFile);
    return checked;
  };
}

/** Refuses a plugin that differs from its entry in a lock file. */
async function refuseUnlocked(files: CheckedFiles, lockFile: string): Promise<void> {
  const { source } = files;
  const manifest = new TextDecoder().decode(await files.read(MANIFEST_FILE));
  const { id, version } = parseManifest(manifest, `${source}/${MANIFEST_FILE}`);
  const text = await readFile(lockFile, 'utf8').catch((error: unknown) => {
    throw new PluginError('WP_LOCK', `Cannot read the lock file "${lockFile}": there is none`, {
      cause: error,
    });
  });
  const locked = parseLock(text, lockFile).get(id);
  const refuse = (code: 'WP_LOCK' | 'WP_DOWNGRADE', reason: string): PluginError =>
    new PluginError(code, `Cannot trust "${source}": ${reason}`, { plugin: id });
  if (locked === undefined) throw refuse('WP_LOCK', `"${id}" is not in the lock file "${lockFile}"`);
  const order = compareVersions(version, locked.version);
  if (order !== 0) {
    const reason = `it is "${id}" ${version}; the lock file has ${locked.version}`;
    throw refuse(order < 0 ? 'WP_DOWNGRADE' : 'WP_LOCK', reason);
  }
  if (files.sha256 !== locked.sha256)
    throw tampered(source, `"${id}" ${version} is not the one that was installed`);
}
