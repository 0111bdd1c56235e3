import type { Manifest } from '@wasm-plugin/abi/manifest';

/** A folder with a `plugin.json` and the sources of the plugin. */
export interface SourceFolder {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** How a folder is built. */
export interface BuildOptions {
  /** Stops the build. */
  signal?: AbortSignal | undefined;
  /** Whether names and a source map go into the component, where the compiler can. @default false */
  debug?: boolean | undefined;
}

/** One way to make a plugin of its sources. */
export interface Builder {
  /** What it builds, for people. */
  readonly name: string;
  /** What a folder has that it builds, for people. */
  readonly sign: string;
  /** Whether a folder is one that it builds. */
  fits(source: SourceFolder): boolean;
  /** Whether all sources lie in the folder, so that nothing has to be built where nothing in it has changed. */
  isWhole(source: SourceFolder): boolean;
  /**
   * Makes what the manifest calls its entry.
   * @throws {Error} what the compiler says
   */
  build(source: SourceFolder, options: BuildOptions): Promise<Uint8Array>;
}
