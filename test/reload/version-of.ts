import type { CarrierInstance } from '@wasm-plugin/abi';
import type { RunningVersion } from '#internals';

/** An instance in memory that a test can end, for the parts of a reload that see nothing but its exports and its state. */
export interface PlainInstance extends CarrierInstance {
  state: CarrierInstance['state'];
  refuseReentry?: () => void;
}

/** Makes a version of plain functions. `hostCalls` counts the calls that it made of the host. */
export function versionOf(
  version: string,
  exports: object,
  hostCalls = (): number => 0,
): RunningVersion & { readonly instance: PlainInstance } {
  const instance: PlainInstance = {
    exports: exports as CarrierInstance['exports'],
    state: 'ready',
    death: undefined,
    usage: () => ({ hostCalls: hostCalls() }),
    close: () => void (instance.state = 'closed'),
  };
  return { version, instance };
}
