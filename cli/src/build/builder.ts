import type { Manifest } from '@wasm-plugin/abi/manifest';

/** A folder with a `plugin.json` and the sources of the plugin. */
export interface SourceFolder {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Builder of plugin folders in one language. */
export interface BuildOptions {
  /** Stops the build. */
  signal?: AbortSignal | undefined;
  /** True if names and a source map go into the component, if the compiler can. @default false */
  debug?: boolean | undefined;
}

/** One way to make a plugin of its sources. */
export interface Builder {
  /** Name of the language, for people. */
  readonly name: string;
  /** Files by which it knows its folders, for people. */
  readonly sign: string;
  /** Returns true if a folder is one that it builds. */
  fits(source: SourceFolder): boolean;
  /** Returns true if all sources lie in the folder, so that nothing has to be built if nothing in it has changed. */
  isWhole(source: SourceFolder): boolean;
  /**
   * Builds the entry of the manifest.
   * @throws {Error} the compiler's message
   */
  build(source: SourceFolder, options: BuildOptions): Promise<Uint8Array>;
}
