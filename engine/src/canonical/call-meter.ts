import type { PluginError } from '@wasm-plugin/abi';
import type { CoreFunction } from './function.js';

/** What a lift or lower tells the meter of a root instance, and asks of it. */
export interface CallMeter {
  /** A call from the host begins, and will run more than one core function. */
  beginCall(): void;
  /** A call from the host begins within another, whose budgets it goes on with. */
  enterNested(): void;
  /** It ends. */
  leaveNested(): void;
  /** Gives the function that begins a call by itself, at less cost, in place of a core function. */
  armed(core: CoreFunction): CoreFunction | undefined;
  /** A host import begins. */
  pause(): void;
  /** A host import has returned. */
  resume(): void;
  /** Gives the error of the quota that has ended the call, if one has. `cause` is what came out of the guest. */
  exceeded(cause?: unknown): PluginError | undefined;
}
