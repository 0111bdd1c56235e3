import type { Manifest } from '@wasm-plugin/abi/manifest';

/** One version of a plugin in a registry. */
export interface Release {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly description: string;
  /** The ranges of the plugins that it cannot do without. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Ranges of versions of the engine and of `wasm-plugin:abi`. */
  readonly engine: string;
  readonly abi: string;
  /** The SHA-256 of its list of checksums, so of everything in it; `undefined` if the registry does not say. */
  readonly sha256: string | undefined;
  /** Reason not to install the version any more; `undefined` if it may be installed. Existing installations keep it. */
  readonly yanked: string | undefined;
  /** Reason to use another version; `undefined` if there is none. It can still be installed. */
  readonly deprecated: string | undefined;
  /** The file to fetch for it. */
  readonly blob: Blob;
}

/** Bytes that a registry has, by their hash. */
export interface Blob {
  readonly url: string;
  /** As hexadecimal digits. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Marks of a published version. */
export type Mark = 'yanked' | 'deprecated';

/** A place that plugins are published to and installed from. */
export interface Registry {
  /** As the user wrote it. */
  readonly name: string;
  /** The versions of a plugin; empty if it has none. */
  versions(id: string): Promise<string[]>;
  /** @throws {PluginError} WP_REGISTRY */
  release(id: string, version: string): Promise<Release>;
  /** Fetches the archive of a plugin. @throws {PluginError} WP_REGISTRY */
  archive(release: Release): Promise<Uint8Array>;
  /** Puts a packed plugin into it. @throws {PluginError} WP_DUPLICATE if the version is there already */
  publish(plugin: Publication): Promise<void>;
  /** Marks a version with a reason, or takes the mark back with `undefined`. @throws {PluginError} WP_NOT_FOUND */
  mark(of: { id: string; version: string }, mark: Mark, reason: string | undefined): Promise<void>;
  /** The ids of all plugins. */
  ids(): Promise<string[]>;
}

/** A version to publish. */
export interface Publication {
  readonly manifest: Manifest;
  readonly archive: Uint8Array;
  /** Files of the archive, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Of the list of checksums. */
  readonly sha256: string;
}

/** The dependencies of a plugin that it cannot do without. */
export function neededBy({ dependencies }: Manifest): Record<string, string> {
  return Object.fromEntries(
    dependencies.filter(({ optional }) => !optional).map(({ id, range }) => [id, range]),
  );
}

/** Returns an author's advice about a version, as text to follow its name; `undefined` if there is none. */
export function adviceOn({ yanked, deprecated }: Release): string | undefined {
  if (yanked !== undefined) return `was yanked: ${yanked}`;
  return deprecated === undefined ? undefined : `is deprecated: ${deprecated}`;
}
