import type { PluginError } from '@wasm-plugin/abi';

/** The work of a root instance between two calls: tasks, streams and futures. */
export interface RootTasks {
  /** Ends all of it: the root has died, or is closed. */
  end(error: PluginError): void;
  /** An instance that refused calls lets them in again. */
  goOn(): void;
}
