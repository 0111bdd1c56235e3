import { median } from '../audio/index.js';
import type { AudioSource, Setup } from './audio-source.js';
import { feed } from './compare-sounds.js';
import type { FuelStatistics } from './measurement.js';
import type { TestInput } from './test-input.js';

const BLOCKS = 500;

/** Counts the fuel of a frame over blocks of an input: the same on each machine. Undefined if nothing counts it. */
export async function fuelOf(
  source: AudioSource,
  { setup, input }: { setup: Setup; input: TestInput },
): Promise<FuelStatistics | undefined> {
  const plugin = await source.open(setup);
  const costs: number[] = [];
  for (let at = 0; at < BLOCKS; at++) {
    feed(plugin, input.blocks[at % input.blocks.length] as readonly Float32Array[]);
    plugin.lane.process(setup.maxFrames);
    const fuel = plugin.fuel();
    if (fuel === undefined) break;
    costs.push(fuel / setup.maxFrames);
  }
  plugin.close();
  if (costs.length === 0) return undefined;
  return { usual: Number(median(costs).toFixed(2)), worst: Number(Math.max(...costs).toFixed(2)) };
}
