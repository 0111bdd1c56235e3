import type { CarrierInstance } from '@wasm-plugin/abi';

/** Uses the instances of a plugin beside its exports, as a lane of audio does. */
export interface InstanceFollower {
  /** Makes a new instance ready, before a state comes to it. If that fails, so does the reload or restart. */
  prepare(instance: CarrierInstance): Promise<void>;
  /**
   * Takes the instance that serves from now on. `undefined`: the plugin was unloaded, and is followed no longer. Synchronous:
   * no call comes in between.
   */
  swap(instance: CarrierInstance | undefined): void;
  /** Resolves when there is time for a step that may take milliseconds. */
  nextTurn(): Promise<void>;
}

/** Somebody follows the instances of a plugin. To be closed. */
export interface Following {
  /**
   * Brings the version before the last reload back at once, from the middle of a call past the exports that the new version
   * died of.
   * @returns the instance that serves again; `undefined` where none can come back
   */
  rollBackNow(reason: unknown): CarrierInstance | undefined;
  close(): void;
}
