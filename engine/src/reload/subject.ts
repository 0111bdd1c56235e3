import type { CarrierInstance } from '@wasm-plugin/abi';

/** Exports by name, as an instance gives them. */
export type Exports = Readonly<Record<string, unknown>>;

/** A version of a plugin that runs. */
export interface RunningVersion {
  readonly instance: CarrierInstance;
  readonly version: string;
  /** Largest state that it may save, in bytes. @default 64 MiB */
  readonly stateBytes?: number;
  /** Tests a state for whether it takes it; `undefined` if it does not say. */
  readonly accepts?: ((state: { version: string; schema: number }) => boolean) | undefined;
}

/** The plugin that is reloaded: callers keep its exports, while instances come and go behind them. */
export interface ReloadSubject<Version extends RunningVersion = RunningVersion> {
  /** The id of the plugin. */
  readonly id: string;
  /** `sync`: the functions of its instances return results. `async`: they return promises. */
  readonly calls: 'sync' | 'async';
  /** The version that serves, dead or alive. */
  current(): Version | undefined;
  /** Puts another instance behind the exports, which ends `route`. Synchronous. */
  swap(next: Version): void;
  /** Sends calls elsewhere, until the next `swap`; `undefined` for the instance that serves. Synchronous. */
  route(exports: Exports | undefined): void;
  /** Starts another instance of a version; its exports lead nowhere yet. */
  restart(version: Version): Promise<Version>;
  /**
   * Yields to other work, and resolves when there is time for a step that may take milliseconds.
   * @default the next turn of the event loop
   */
  nextTurn?(): Promise<void>;
}
