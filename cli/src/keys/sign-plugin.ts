import { join } from 'node:path';
import { directoryFiles, memoryFiles, openPlugin, packFiles } from '@wasm-plugin/abi/package';
import { CHECKSUMS_FILE, checksumsText, sha256Of, SIGNATURE_FILE } from '@wasm-plugin/abi/trust';
import { writeWhole } from '../files/index.js';
import { packContents, readManifest, selectFiles } from '../pack/index.js';
import type { SecretKey } from './secret-key.js';
import { signatureText } from './sign-checksums.js';

/** Result of a signing. */
export interface Signed {
  readonly id: string;
  readonly version: string;
  /** Of the list of checksums. */
  readonly sha256: string;
}

/** Signs a packed plugin: the file is replaced by one with the signature. @throws {PluginError} WP_PACKAGE, WP_MANIFEST */
export async function signArchive(path: string, key: SecretKey): Promise<Signed> {
  const files = await openPlugin(path);
  const manifest = await readManifest(files);
  const contents = new Map<string, Uint8Array>();
  for (const each of await files.list()) contents.set(each, await files.read(each));
  const { files: packed } = await packContents(manifest, contents);
  const list = packed[CHECKSUMS_FILE] as Uint8Array;
  const { id, version } = manifest;
  const signature = signatureText(key, list, `${id} ${version}`);
  writeWhole(path, await packFiles(memoryFiles({ ...packed, [SIGNATURE_FILE]: signature })));
  return { id, version, sha256: sha256Of(list) };
}

/** Signs a plugin in a folder: the list and the signature go into it. @throws {PluginError} WP_PACKAGE, WP_MANIFEST */
export async function signFolder(folder: string, key: SecretKey): Promise<Signed> {
  const files = directoryFiles(folder);
  const manifest = await readManifest(files);
  const sums = new Map<string, string>();
  for (const path of await selectFiles(files, manifest, [])) sums.set(path, sha256Of(await files.read(path)));
  const list = new TextEncoder().encode(checksumsText(sums));
  const { id, version } = manifest;
  writeWhole(join(folder, CHECKSUMS_FILE), list);
  writeWhole(join(folder, SIGNATURE_FILE), signatureText(key, list, `${id} ${version}`));
  return { id, version, sha256: sha256Of(list) };
}
