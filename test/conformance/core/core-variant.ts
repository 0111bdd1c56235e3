/**
 * One way to run core modules: as they are, or rewritten. The scripts have to end the same way in each.
 */
export interface CoreVariant {
  name: 'plain' | 'metered';
  /** Begins a script. */
  open(): CoreSession;
}

/** A script's modules and calls in a variant. */
export interface CoreSession {
  /**
   * Rewrites a module. Every host must refuse the same modules: a valid one only for a feature that the refusal names.
   * @throws {ModuleError} for a module that is malformed, invalid or unsupported
   */
  prepare(bytes: Uint8Array): PreparedModule;
  /** Returns the function that calls an export from outside. */
  entry(instance: WebAssembly.Instance, name: string): WebAssembly.ExportValue | undefined;
  /** Called before each call from outside. */
  beginCall(): void;
  /**
   * Reason for which a case may fail that calls functions of a failed instantiation in a shared table; `undefined` if it may
   * not.
   */
  readonly orphanExcuse: string | undefined;
  /** Called when a call from outside ended by an exception. */
  settle(): void;
}

/** A module on its way to an instance. */
export interface PreparedModule {
  bytes: Uint8Array;
  /** Called with each instance before the script uses it. Throws what a start function throws. */
  started?(instance: WebAssembly.Instance): void;
}

/** Runs modules as they are. */
export const PLAIN: CoreVariant = {
  name: 'plain',
  open: () => ({
    prepare: (bytes) => ({ bytes }),
    entry: (instance, name) => instance.exports[name],
    beginCall: () => {},
    orphanExcuse: undefined,
    settle: () => {},
  }),
};
