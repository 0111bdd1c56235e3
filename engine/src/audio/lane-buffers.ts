import { AbiError } from '@wasm-plugin/abi';

const BYTES_PER_SAMPLE = 4;

/** The record `lane` of `wasm-plugin:abi/realtime`, as a guest returned it: to be checked. */
export interface LaneRecord {
  inputs: ArrayLike<number>;
  outputs: ArrayLike<number>;
  maxFrames: number;
}

/** Bounds of a lane. */
export interface LaneBounds {
  plugin: string | undefined;
  channels: number;
  maxFrames: number;
  /** Size of the memory that the addresses are in. */
  memoryBytes: number;
}

/** Checked addresses of the buffers of a lane. */
export interface LaneAddresses {
  inputs: readonly number[];
  outputs: readonly number[];
}

/**
 * Checks the addresses that a guest returned: as many as there are channels, aligned, inside the memory, and no two
 * buffers on top of each other.
 *
 * @throws {AbiError} WP_ABI_MISMATCH if they are not; the instance stays usable
 */
export function checkLane(lane: LaneRecord, bounds: LaneBounds): LaneAddresses {
  const refuse = (what: string): AbiError =>
    new AbiError('WP_ABI_MISMATCH', `Cannot open a realtime lane: ${what}`, { plugin: bounds.plugin });
  if (lane.maxFrames !== bounds.maxFrames) {
    throw refuse(
      `the plugin's buffers hold ${lane.maxFrames} frames; ${bounds.maxFrames} were asked for with "max-frames"`,
    );
  }
  const bytes = bounds.maxFrames * BYTES_PER_SAMPLE;
  const check = (direction: string, given: ArrayLike<number>): number[] => {
    const addresses = Array.from(given);
    if (addresses.length !== bounds.channels) {
      throw refuse(
        `the plugin gives ${addresses.length} ${direction} buffers; ${bounds.channels} channels were asked for`,
      );
    }
    for (const [channel, address] of addresses.entries()) {
      const where = `the ${direction} buffer of channel ${channel} is at address ${address}`;
      if (address % BYTES_PER_SAMPLE !== 0) throw refuse(`${where}, which is not a multiple of 4`);
      if (address + bytes > bounds.memoryBytes) {
        throw refuse(`${where} and ends outside of the memory of ${bounds.memoryBytes} bytes`);
      }
    }
    return addresses;
  };
  const inputs = check('input', lane.inputs);
  const outputs = check('output', lane.outputs);
  const sorted = [...inputs, ...outputs].sort((a, b) => a - b);
  const overlap = sorted.find(
    (address, index) => index > 0 && address - (sorted[index - 1] as number) < bytes,
  );
  if (overlap === undefined) return { inputs, outputs };
  throw refuse(`the plugin's buffers overlap at address ${overlap}`);
}
