import type { CarrierInstance } from '@wasm-plugin/abi';

/** Exports by name, as an instance gives them. */
export type Exports = Readonly<Record<string, unknown>>;

/** A version of a plugin that runs. */
export interface RunningVersion {
  readonly instance: CarrierInstance;
  readonly version: string;
  /** How large a state it may save. @default 64 MiB */
  readonly stateBytes?: number;
  /** Whether it says that it takes a state; unknown where it says nothing. */
  readonly accepts?: ((state: { version: string; schema: number }) => boolean) | undefined;
}

/** What is reloaded: a plugin whose exports callers keep, while instances come and go behind them. */
export interface ReloadSubject<Version extends RunningVersion = RunningVersion> {
  /** The id of the plugin. */
  readonly id: string;
  /** Whether the functions of its instances return results, or promises of them. */
  readonly calls: 'sync' | 'async';
  /** What serves, dead or alive. */
  current(): Version | undefined;
  /** Puts another instance behind the exports, which ends `route`. Synchronous. */
  swap(next: Version): void;
  /** Sends calls elsewhere, until the next `swap`; `undefined` for the instance that serves. Synchronous. */
  route(exports: Exports | undefined): void;
  /** Starts another instance of a version; its exports lead nowhere yet. */
  restart(version: Version): Promise<Version>;
  /**
   * Gives way to other work, and resolves when there is time for a step that may take milliseconds.
   * @default the next turn of the event loop
   */
  nextTurn?(): Promise<void>;
}
