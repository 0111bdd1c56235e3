import { pathProblem } from '@wasm-plugin/abi/package';
import { isRange, isVersion } from '@wasm-plugin/abi/version';
import { isPluginId } from './plugin-id.js';
import { registryError } from './registry-error.js';

/** The index of a registry that is a folder. */
export const INDEX_FILE = 'index.json';

/** The content of that file. */
export interface FolderIndex {
  format: 1;
  plugins: Record<string, IndexedPlugin>;
}

/** A plugin in it. */
export interface IndexedPlugin {
  name: string;
  description: string;
  versions: Record<string, IndexedVersion>;
}

/** A version of a plugin in it. */
export interface IndexedVersion {
  /** A path beside the index. */
  file: string;
  /** Of the file. */
  sha256: string;
  sizeBytes: number;
  /** The SHA-256 of the plugin's list of checksums. */
  checksums: string;
  dependencies: Record<string, string>;
  engine: string;
  abi: string;
  yanked?: string;
  deprecated?: string;
}

/** An index with nothing in it. */
export function emptyIndex(): FolderIndex {
  return { format: 1, plugins: {} };
}

/**
 * Reads an index.
 * @throws {PluginError} WP_REGISTRY
 */
export function parseIndex(text: string, registry: string): FolderIndex {
  const refuse = (reason: string, cause?: unknown): Error =>
    registryError(registry, `its ${INDEX_FILE} ${reason}`, { cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse('is not JSON', error);
  }
  if (!isObject(value) || value['format'] !== 1 || !isObject(value['plugins']))
    throw refuse('is not { "format": 1, "plugins": { … } }');
  for (const [id, plugin] of Object.entries(value['plugins'])) {
    if (!isObject(plugin) || !isObject(plugin['versions']))
      throw refuse(`has no "versions" of ${JSON.stringify(id)}`);
    for (const [version, entry] of Object.entries(plugin['versions'])) {
      if (!isVersion(version) || !isEntry(entry))
        throw refuse(`has an entry ${JSON.stringify(`${id}@${version}`)} that is not whole`);
    }
    plugin['name'] = typeof plugin['name'] === 'string' ? plugin['name'] : id;
    plugin['description'] = typeof plugin['description'] === 'string' ? plugin['description'] : '';
  }
  return value as unknown as FolderIndex;
}

function isEntry(value: unknown): value is IndexedVersion {
  if (!isObject(value)) return false;
  const { file, sha256, sizeBytes, checksums, dependencies, engine, abi, yanked, deprecated } = value;
  const isHash = (each: unknown): boolean => typeof each === 'string' && /^[0-9a-f]{64}$/.test(each);
  const isNote = (each: unknown): boolean => each === undefined || typeof each === 'string';
  return (
    typeof file === 'string' &&
    pathProblem(file) === undefined &&
    isHash(sha256) &&
    isHash(checksums) &&
    Number.isSafeInteger(sizeBytes) &&
    (sizeBytes as number) > 0 &&
    typeof engine === 'string' &&
    typeof abi === 'string' &&
    isObject(dependencies) &&
    Object.entries(dependencies).every(
      ([id, range]) => isPluginId(id) && typeof range === 'string' && isRange(range),
    ) &&
    isNote(yanked) &&
    isNote(deprecated)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
