import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKED_SUFFIX } from '@wasm-plugin/abi/package';
import { sha256Of } from '@wasm-plugin/abi/trust';
import { CliError } from '../cli-error.js';
import { fileError } from '../component/index.js';
import { takeLock, writeWhole } from '../files/index.js';
import type { DownloadCache } from './download-cache.js';
import { emptyIndex, INDEX_FILE, parseIndex, type FolderIndex, type IndexedVersion } from './folder-index.js';
import { neededBy, type Mark, type Publication, type Registry, type Release } from './registry.js';
import { noVersion, registryError, thereAlready } from './registry-error.js';
import { request, textOf } from './request.js';

/**
 * A registry that is a folder with an `index.json`: on this machine, where it can be written, or behind a web server that serves
 * its files, where it is read.
 */
export class FolderRegistry implements Registry {
  readonly name: string;
  /** `undefined` if it is behind a web server. */
  readonly #folder: string | undefined;
  readonly #base: string;
  readonly #cache: DownloadCache;
  #index: Promise<FolderIndex> | undefined;

  /** @param name an address, or the path of a folder */
  constructor(name: string, cache: DownloadCache) {
    const isAddress = /^https?:/.test(name);
    this.name = name;
    this.#folder = isAddress ? undefined : name;
    this.#base = isAddress ? `${name.replace(/\/+$/, '')}/` : `${pathToFileURL(name).href}/`;
    this.#cache = cache;
  }

  async versions(id: string): Promise<string[]> {
    return Object.keys((await this.#plugin(id))?.versions ?? {});
  }

  async ids(): Promise<string[]> {
    return Object.keys((await this.#read()).plugins).sort();
  }

  async release(id: string, version: string): Promise<Release> {
    const plugin = await this.#plugin(id);
    const entry =
      plugin !== undefined && Object.hasOwn(plugin.versions, version) ? plugin.versions[version] : undefined;
    if (plugin === undefined || entry === undefined) throw noVersion(this.name, id, version);
    const { file, sha256, sizeBytes, checksums, dependencies, engine, abi, yanked, deprecated } = entry;
    const url = new URL(file.split('/').map(encodeURIComponent).join('/'), this.#base).href;
    const { name, description } = plugin;
    return {
      id,
      version,
      name,
      description,
      dependencies,
      engine,
      abi,
      sha256: checksums,
      yanked,
      deprecated,
      blob: { url, sha256, sizeBytes },
    };
  }

  async archive({ id, version, blob }: Release): Promise<Uint8Array> {
    if (this.#folder === undefined) return await this.#cache.get(this.name, blob);
    const bytes = await readFile(new URL(blob.url)).catch((error: unknown) => {
      throw registryError(this.name, `it has no file of "${id}" ${version}`, { cause: error });
    });
    if (sha256Of(bytes) === blob.sha256) return new Uint8Array(bytes);
    throw registryError(this.name, `its file of "${id}" ${version} is not the one that was published`);
  }

  async publish({ manifest, archive, sha256: checksums }: Publication): Promise<void> {
    const { id, version, name, description, engine, abi } = manifest;
    const folder = this.#writable('publish to');
    await this.#change(async (index) => {
      const plugin = Object.hasOwn(index.plugins, id) ? index.plugins[id] : undefined;
      if (plugin !== undefined && Object.hasOwn(plugin.versions, version))
        throw thereAlready(this.name, id, version);
      const file = `${id}/${id}-${version}${PACKED_SUFFIX}`;
      writeWhole(join(folder, file), archive);
      const entry: IndexedVersion = {
        file,
        sha256: sha256Of(archive),
        sizeBytes: archive.length,
        checksums,
        dependencies: neededBy(manifest),
        engine,
        abi,
      };
      index.plugins[id] = { name, description, versions: { ...plugin?.versions, [version]: entry } };
    });
  }

  async mark(
    { id, version }: { id: string; version: string },
    mark: Mark,
    reason: string | undefined,
  ): Promise<void> {
    this.#writable('change');
    await this.#change((index) => {
      const plugin = Object.hasOwn(index.plugins, id) ? index.plugins[id] : undefined;
      const entry =
        plugin !== undefined && Object.hasOwn(plugin.versions, version)
          ? plugin.versions[version]
          : undefined;
      if (entry === undefined) throw noVersion(this.name, id, version);
      if (reason === undefined) delete entry[mark];
      else entry[mark] = reason;
    });
  }

  async #plugin(id: string): Promise<FolderIndex['plugins'][string] | undefined> {
    const { plugins } = await this.#read();
    return Object.hasOwn(plugins, id) ? plugins[id] : undefined;
  }

  #read(): Promise<FolderIndex> {
    this.#index ??= this.#readAnew();
    return this.#index;
  }

  async #readAnew(): Promise<FolderIndex> {
    const folder = this.#folder;
    if (folder === undefined) {
      const response = await request(this.name, new URL(INDEX_FILE, this.#base).href, { cache: 'no-cache' });
      return parseIndex(await textOf(this.name, response), this.name);
    }
    const text = await readFile(join(folder, INDEX_FILE), 'utf8').catch((error: unknown) => {
      throw registryError(this.name, `there is no ${INDEX_FILE} in it; "wasm-plugin publish" makes one`, {
        cause: error,
      });
    });
    return parseIndex(text, this.name);
  }

  /** Changes the index while nobody else does. */
  async #change(change: (index: FolderIndex) => void | Promise<void>): Promise<void> {
    const folder = this.#writable('change');
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw fileError('write to', folder, error);
    });
    const release = await takeLock(join(folder, `.${INDEX_FILE}.lock`), folder);
    try {
      const index = existsSync(join(folder, INDEX_FILE)) ? await this.#readAnew() : emptyIndex();
      await change(index);
      writeWhole(join(folder, INDEX_FILE), `${JSON.stringify(index, undefined, 2)}\n`);
    } finally {
      release();
    }
    this.#index = undefined;
  }

  #writable(action: string): string {
    if (this.#folder !== undefined) return this.#folder;
    throw new CliError(`Cannot ${action} "${this.name}": a web server only serves what is in its folder`, {
      hint: 'Give the folder itself, or an OCI registry (oci://…)',
    });
  }
}
