import type { Manifest } from '@wasm-plugin/abi/manifest';
import { MANIFEST_FILE, memoryFiles, packedFiles, packFiles } from '@wasm-plugin/abi/package';
import { sha256Of } from '@wasm-plugin/abi/trust';
import { decodeComponent, validateComponent } from '@wasm-plugin/engine/component';
import { registryError } from './registry-error.js';
import type { Publication } from './registry.js';

/** The types of the standard artifact for WebAssembly, which `wkg` and others read. */
export const IMAGE_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.wasm.config.v0+json';
const LAYER_TYPE = 'application/wasm';

/** Holds a zip of all files of the plugin but its component, as base64: the artifact has room for one layer. */
const PACKAGE = 'wasm-plugin.package';
const YANKED = 'wasm-plugin.yanked';
const DEPRECATED = 'wasm-plugin.deprecated';

/** A manifest of an image has to fit in 4 MiB, in most registries. */
const MOST_PACKAGE_BYTES = 2 * 2 ** 20;
/** Name of a component whose world has none, as in other tools. */
const NAMELESS_WORLD = 'root:component/root';

/** Something that a registry has by its hash. */
interface Descriptor {
  mediaType: string;
  /** `sha256:` and hexadecimal digits. */
  digest: string;
  size: number;
  annotations?: Record<string, string>;
}

/** Artifact under a tag. */
export interface ImageManifest {
  schemaVersion: 2;
  mediaType: string;
  config: Descriptor;
  layers: Descriptor[];
  annotations?: Record<string, string>;
}

/** An image, ready to be sent. */
export interface Artifact {
  readonly image: ImageManifest;
  readonly blobs: readonly { readonly digest: string; readonly bytes: Uint8Array }[];
}

/**
 * Makes the artifact of a plugin.
 * @throws {PluginError} WP_REGISTRY if its manifest runs no component, or has too much beside it
 */
export async function artifactFrom({ manifest, files }: Publication, registry: string): Promise<Artifact> {
  const { id, version, name, description, license, author, entry } = manifest;
  const component = entry === undefined ? undefined : files.get(entry);
  if (entry === undefined || component === undefined || manifest.carrier !== 'wasm')
    throw registryError(
      registry,
      `an OCI registry holds components, and "${id}" ${version} has none as its "entry"`,
    );
  const rest = Object.fromEntries([...files].filter(([path]) => path !== entry));
  const packed = await packFiles(memoryFiles(rest));
  if (packed.length > MOST_PACKAGE_BYTES) {
    const reason = `"${id}" ${version} has ${packed.length} bytes beside its component; an OCI registry has room for ${MOST_PACKAGE_BYTES}`;
    throw registryError(registry, reason);
  }
  const { exports, imports } = validateComponent(decodeComponent(component));
  const config = new TextEncoder().encode(
    JSON.stringify({
      // A date would make two publications of the same plugin different.
      created: '1970-01-01T00:00:00Z',
      author: author ?? null,
      architecture: 'wasm',
      os: 'wasip2',
      layerDigests: [digestOf(component)],
      component: { exports: [...exports.keys()], imports: [...imports.keys()], target: manifest.world },
    }),
  );
  const title = `${id}-${version}.wasm`;
  const image: ImageManifest = {
    schemaVersion: 2,
    mediaType: IMAGE_TYPE,
    config: { mediaType: CONFIG_TYPE, digest: digestOf(config), size: config.length },
    layers: [
      {
        mediaType: LAYER_TYPE,
        digest: digestOf(component),
        size: component.length,
        annotations: { 'org.opencontainers.image.title': title },
      },
    ],
    annotations: {
      'org.opencontainers.image.title': name,
      'org.opencontainers.image.version': version,
      ...(description !== '' && { 'org.opencontainers.image.description': description }),
      ...(license !== undefined && { 'org.opencontainers.image.licenses': license }),
      [PACKAGE]: Buffer.from(packed).toString('base64'),
    },
  };
  return {
    image,
    blobs: [
      { digest: digestOf(config), bytes: config },
      { digest: digestOf(component), bytes: component },
    ],
  };
}

/** Marks of a version, whose files do not change. */
export function marksOf({ annotations = {} }: ImageManifest): { yanked?: string; deprecated?: string } {
  const { [YANKED]: yanked, [DEPRECATED]: deprecated } = annotations;
  return { ...(yanked !== undefined && { yanked }), ...(deprecated !== undefined && { deprecated }) };
}

/** The same image with another mark. */
export function marked(
  image: ImageManifest,
  mark: 'yanked' | 'deprecated',
  reason: string | undefined,
): ImageManifest {
  const key = mark === 'yanked' ? YANKED : DEPRECATED;
  const { [key]: _, ...annotations } = image.annotations ?? {};
  return { ...image, annotations: { ...annotations, ...(reason !== undefined && { [key]: reason }) } };
}

/**
 * Checks that an image is a component.
 * @throws {PluginError} WP_REGISTRY
 */
export function checkImage(value: unknown, registry: string, what: string): ImageManifest {
  const { config, layers, annotations } = (value ?? {}) as Partial<ImageManifest>;
  const [layer] = Array.isArray(layers) ? layers : [];
  const isComponent =
    config?.mediaType === CONFIG_TYPE &&
    layers?.length === 1 &&
    layer?.mediaType === LAYER_TYPE &&
    typeof layer.digest === 'string' &&
    /^sha256:[0-9a-f]{64}$/.test(layer.digest) &&
    Number.isSafeInteger(layer.size) &&
    layer.size > 0;
  const areTexts =
    annotations === undefined ||
    (typeof annotations === 'object' && Object.values(annotations).every((each) => typeof each === 'string'));
  if (isComponent && areTexts) return value as ImageManifest;
  throw registryError(registry, `what it has as ${what} is no WebAssembly component`);
}

/**
 * Reads the files of a plugin beside its component. One that another tool published has a manifest that is made here, which asks
 * for nothing.
 * @throws {PluginError} WP_PACKAGE
 */
export async function filesBeside(
  { annotations = {} }: ImageManifest,
  { id, version }: { id: string; version: string },
): Promise<Record<string, Uint8Array>> {
  const packed = annotations[PACKAGE];
  if (packed === undefined) {
    const manifest: Partial<Manifest> = {
      id,
      name: annotations['org.opencontainers.image.title'] ?? id,
      version,
      description: annotations['org.opencontainers.image.description'] ?? '',
      world: NAMELESS_WORLD,
      entry: 'plugin.wasm',
    };
    return { [MANIFEST_FILE]: new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 2)}\n`) };
  }
  const files = packedFiles(Buffer.from(packed, 'base64'), { source: `${id}@${version}` });
  const contents: Record<string, Uint8Array> = {};
  for (const path of await files.list()) contents[path] = await files.read(path);
  return contents;
}

/** Returns how a registry names bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${sha256Of(bytes)}`;
}
