/**
 * One way to run core modules: as they are, or rewritten. The scripts have to end the same way in each.
 */
export interface CoreVariant {
  name: 'plain' | 'metered';
  /**
   * Rewrites a module. What it refuses is refused for every host: a valid module only for a feature that it names.
   *
   * @throws {ModuleError} for a module that is malformed, invalid or unsupported
   */
  prepare(bytes: Uint8Array): PreparedModule;
}

/** A module on its way to an instance. */
export interface PreparedModule {
  bytes: Uint8Array;
  /** What the rewriting added to its imports. */
  imports?: WebAssembly.Imports;
  /** Called with each instance before the script uses it. */
  started?(instance: WebAssembly.Instance): void;
}

/** Runs modules as they are. */
export const PLAIN: CoreVariant = { name: 'plain', prepare: (bytes) => ({ bytes }) };
