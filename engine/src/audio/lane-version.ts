import type { Setting } from '@wasm-plugin/abi/config';
import { findInterface, type RunningVersion } from '../reload/index.js';
import type { Instance } from '../runtime/index.js';
import type { BlockGaps } from './block-gaps.js';
import { openLane, type LaneSetup, type RealtimeLane } from './realtime-lane.js';

/** The part of an engine that a reloadable lane needs. */
export interface LaneEngine {
  load(component: Uint8Array, options: { name: string }): Promise<LanePlugin>;
}

/** A component that was loaded. */
export interface LanePlugin {
  instantiate(): Instance;
  close(): void;
}

/** A version that runs, with its lane. */
export interface VersionWithLane extends RunningVersion {
  readonly instance: Instance;
  readonly lane: RealtimeLane;
  readonly plugin: LanePlugin;
}

/** Starts an instance, each step in a gap of its own. The lane is opened before a state comes, so that it brings the past too. */
export async function startVersion(
  { plugin, version, gaps }: { plugin: LanePlugin; version: string; gaps: BlockGaps },
  { setup, settings = [] }: { setup: LaneSetup; settings?: readonly Setting[] },
): Promise<VersionWithLane> {
  const instance = plugin.instantiate();
  try {
    await gaps.next();
    findInterface(instance.exports, 'wasm-plugin:abi/lifecycle')?.['init']?.(settings);
    await gaps.next();
    const lane = openLane(instance, setup);
    await gaps.next();
    return { plugin, instance, version, lane };
  } catch (error) {
    instance.close();
    throw error;
  }
}
