import { framesOf, type Audio } from './audio.js';
import type { Chain } from './chain.js';
import { BLOCK_FRAMES } from './open-station.js';

/** Blocks between two reports of progress. */
const BLOCKS_PER_REPORT = 512;

/**
 * Sends sound through a chain, block by block, as a sound card would. Between plugins, samples are copied once: from the output
 * buffers of one to the input buffers of the next.
 *
 * Other versions of a plugin take over between two blocks, or hand back in the middle of one. While they get ready the sound
 * waits, since no sound card drives it, and that time is not counted.
 *
 * The result is as long as the sound and not delayed: the latency of the plugins is compensated.
 * @param progress - called with the completed share, 0 to 1
 */
export async function processAudio(
  audio: Audio,
  chain: Chain,
  progress: (share: number) => void,
): Promise<Audio> {
  const frames = framesOf(audio);
  const latency = chain.stations.reduce((sum, { latencyFrames }) => sum + latencyFrames, 0);
  const total = frames + latency;
  const channels = audio.channels.map(() => new Float32Array(frames));
  const blocks = Math.ceil(total / BLOCK_FRAMES);
  for (const { times } of chain.stations) times.expect(blocks);
  const reloads = reloadsByBlock(chain, blocks);
  for (let block = 0; block < blocks; block++) {
    const start = block * BLOCK_FRAMES;
    for (const reload of reloads.get(block) ?? []) await reload();
    const count = Math.min(BLOCK_FRAMES, total - start);
    let source: readonly Float32Array[] | undefined;
    for (const station of chain.stations) {
      const { inputs } = station;
      if (source === undefined) readBlock(audio.channels, { start, count, into: inputs });
      else for (let channel = 0; channel < inputs.length; channel++) inputs[channel]!.set(source[channel]!);
      source = station.process(count);
    }
    writeBlock(source ?? [], { at: start - latency, count, into: channels });
    if (block % BLOCKS_PER_REPORT === 0) progress(block / blocks);
  }
  progress(1);
  return { sampleRateHz: audio.sampleRateHz, channels };
}

/** Returns the reloads to make, by the number of the block that they precede. */
function reloadsByBlock({ stations }: Chain, blocks: number): Map<number, (() => Promise<void>)[]> {
  const byBlock = new Map<number, (() => Promise<void>)[]>();
  for (const station of stations) {
    for (const version of station.later) {
      const block = Math.floor(version.atShare * blocks);
      const work = (): Promise<void> => station.reload(version);
      byBlock.set(block, [...(byBlock.get(block) ?? []), work]);
    }
  }
  return byBlock;
}

interface Copy {
  start: number;
  count: number;
  into: readonly Float32Array[];
}

/** Copies a block out of the sound; behind its end there is silence. */
function readBlock(from: readonly Float32Array[], { start, count, into }: Copy): void {
  for (let channel = 0; channel < from.length; channel++) {
    const source = from[channel]!;
    const target = into[channel]!;
    for (let frame = 0; frame < count; frame++) target[frame] = source[start + frame] ?? 0;
  }
}

/** Copies a block into the result; samples before its start are dropped. */
function writeBlock(
  from: readonly Float32Array[],
  { at, count, into }: { at: number; count: number; into: readonly Float32Array[] },
): void {
  for (let channel = 0; channel < into.length; channel++) {
    const source = from[channel]!;
    const target = into[channel]!;
    for (let frame = Math.max(0, -at); frame < count; frame++) target[at + frame] = source[frame]!;
  }
}
