import { createEngine, openLane, type Limits } from '@wasm-plugin/engine';
import type { Setup, Subject } from './subject.js';

/** Limits that count everything and end nothing here: a loaded machine may take a thread away for long. */
export const METERED: Limits = { fuel: 1e12, timeMs: 10_000, memoryBytes: '256 MiB' };

/** Opens the realtime lane of a kernel through the engine; without limits nothing is counted. */
export async function engineSubject(
  component: Uint8Array,
  { limits, ...setup }: Setup & { limits?: Limits },
): Promise<Subject> {
  const plugin = await createEngine(limits === undefined ? {} : { limits }).load(component);
  const lane = openLane(plugin.instantiate(), setup);
  return { inputs: lane.inputs, outputs: lane.outputs, process: (frames) => lane.process(frames) };
}
