import { parseManifest } from '@wasm-plugin/abi/manifest';
import { MANIFEST_FILE } from '@wasm-plugin/abi/package';
import { CHECKSUMS_FILE, sha256Of } from '@wasm-plugin/abi/trust';
import { isVersion } from '@wasm-plugin/abi/version';
import { packContents, packWhole } from '../pack/index.js';
import type { DownloadCache } from './download-cache.js';
import {
  artifactFrom,
  checkImage,
  filesBeside,
  IMAGE_TYPE,
  marked,
  marksOf,
  type ImageManifest,
} from './oci-artifact.js';
import type { OciAddress, OciClient } from './oci-client.js';
import { neededBy, type Mark, type Publication, type Registry, type Release } from './registry.js';
import { noVersion, registryError, thereAlready } from './registry-error.js';
import { jsonOf } from './request.js';

/** A version as the registry has it. */
interface Found {
  image: ImageManifest;
  beside: Record<string, Uint8Array>;
  entry: string;
}

/**
 * A registry of OCI images. The plugin `acme.eq` is in the repository `acme/eq`, as the package `acme:eq` of `wkg`; a version is a
 * tag, with `_` for `+`.
 */
export class OciRegistry implements Registry {
  readonly name: string;
  readonly #client: OciClient;
  readonly #prefix: string;
  readonly #cache: DownloadCache;
  readonly #found = new WeakMap<Release, Found>();

  constructor(
    name: string,
    { prefix }: OciAddress,
    { client, cache }: { client: OciClient; cache: DownloadCache },
  ) {
    this.name = name;
    this.#prefix = prefix;
    this.#client = client;
    this.#cache = cache;
  }

  async versions(id: string): Promise<string[]> {
    const repository = this.#repositoryOf(id);
    const versions: string[] = [];
    for await (const { tags } of this.#client.pages(
      repository,
      this.#client.url(`${repository}/tags/list?n=1000`),
    )) {
      if (!Array.isArray(tags)) continue;
      const texts = tags.filter((each): each is string => typeof each === 'string');
      versions.push(...texts.map((tag) => tag.replace('_', '+')).filter(isVersion));
    }
    return versions;
  }

  async ids(): Promise<string[]> {
    const ids: string[] = [];
    for await (const { repositories } of this.#client.pages('', this.#client.url('_catalog?n=1000'))) {
      if (!Array.isArray(repositories)) continue;
      for (const each of repositories)
        if (typeof each === 'string' && each.startsWith(this.#prefix))
          ids.push(each.slice(this.#prefix.length).replaceAll('/', '.'));
    }
    return ids.sort();
  }

  async release(id: string, version: string): Promise<Release> {
    const image = await this.#image(id, version);
    if (image === undefined) throw noVersion(this.name, id, version);
    const beside = await filesBeside(image, { id, version });
    const manifest = parseManifest(
      new TextDecoder().decode(beside[MANIFEST_FILE]),
      `${this.name}/${id}@${version}/${MANIFEST_FILE}`,
    );
    if (manifest.id !== id || manifest.version !== version) {
      const reason = `what it has as "${id}" ${version} says that it is "${manifest.id}" ${manifest.version}`;
      throw registryError(this.name, reason);
    }
    const [layer] = image.layers;
    const { digest, size } = layer as ImageManifest['layers'][number];
    const list = beside[CHECKSUMS_FILE];
    const { name, description, engine, abi } = manifest;
    const release: Release = {
      id,
      version,
      name,
      description,
      dependencies: neededBy(manifest),
      engine,
      abi,
      sha256: list === undefined ? undefined : sha256Of(list),
      yanked: undefined,
      deprecated: undefined,
      ...marksOf(image),
      blob: {
        url: this.#client.url(`${this.#repositoryOf(id)}/blobs/${digest}`),
        sha256: digest.slice('sha256:'.length),
        sizeBytes: size,
      },
    };
    this.#found.set(release, { image, beside, entry: manifest.entry ?? 'plugin.wasm' });
    return release;
  }

  async archive(release: Release): Promise<Uint8Array> {
    const { beside, entry } = this.#found.get(release) as Found;
    const repository = this.#repositoryOf(release.id);
    const component = await this.#cache.get(this.name, release.blob, this.#client.headersFor(repository));
    const contents = { ...beside, [entry]: component };
    if (beside[CHECKSUMS_FILE] !== undefined) return await packWhole(contents);
    const manifest = parseManifest(new TextDecoder().decode(beside[MANIFEST_FILE]));
    return (await packContents(manifest, new Map(Object.entries(contents)))).archive;
  }

  async publish(plugin: Publication): Promise<void> {
    const { id, version } = plugin.manifest;
    const repository = this.#repositoryOf(id);
    const { image, blobs } = await artifactFrom(plugin, this.name);
    if ((await this.#image(id, version)) !== undefined) throw thereAlready(this.name, id, version);
    for (const blob of blobs) await this.#upload(repository, blob);
    await this.#putImage(id, version, image);
  }

  async mark(
    { id, version }: { id: string; version: string },
    mark: Mark,
    reason: string | undefined,
  ): Promise<void> {
    const image = await this.#image(id, version);
    if (image === undefined) throw noVersion(this.name, id, version);
    await this.#putImage(id, version, marked(image, mark, reason));
  }

  async #image(id: string, version: string): Promise<ImageManifest | undefined> {
    const repository = this.#repositoryOf(id);
    const response = await this.#client.send(repository, this.#tagUrl(repository, version), {
      headers: { accept: IMAGE_TYPE },
      accept: [404],
    });
    if (response.status !== 404)
      return checkImage(await jsonOf(this.name, response), this.name, `"${id}" ${version}`);
    await response.body?.cancel();
    return undefined;
  }

  async #putImage(id: string, version: string, image: ImageManifest): Promise<void> {
    const repository = this.#repositoryOf(id);
    const response = await this.#client.send(repository, this.#tagUrl(repository, version), {
      method: 'PUT',
      headers: { 'content-type': IMAGE_TYPE },
      body: JSON.stringify(image),
    });
    await response.body?.cancel();
  }

  /** Sends bytes, if the registry does not have them. */
  async #upload(repository: string, { digest, bytes }: { digest: string; bytes: Uint8Array }): Promise<void> {
    const there = await this.#client.send(repository, this.#client.url(`${repository}/blobs/${digest}`), {
      method: 'HEAD',
      accept: [404],
    });
    if (there.status !== 404) return;
    const begun = await this.#client.send(repository, this.#client.url(`${repository}/blobs/uploads/`), {
      method: 'POST',
    });
    await begun.body?.cancel();
    const location = begun.headers.get('location');
    if (location === null) throw registryError(this.name, 'it does not say where to send a file');
    const url = new URL(location, begun.url);
    url.searchParams.set('digest', digest);
    const sent = await this.#client.send(repository, url.href, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });
    await sent.body?.cancel();
  }

  #repositoryOf(id: string): string {
    return this.#prefix + id.replaceAll('.', '/');
  }

  #tagUrl(repository: string, version: string): string {
    return this.#client.url(`${repository}/manifests/${version.replace('+', '_')}`);
  }
}
