import { ProcessorWait, type Clock } from '../../../harness/index.js';
import { favourThisProcess, until } from './real-time.js';
import { FRAMES, openStation, RATE_HZ, type Station } from './station.js';
import { Stretches, type Doing } from './stretches.js';

/** Duration of a block, in nanoseconds. */
export const BLOCK_NS = (FRAMES / RATE_HZ) * 1e9;

/** Phases with and without reloads take turns: ten reloads, and time for their after-effects; then as many blocks more. */
const SETTLING_BLOCKS = 48;
const BUSY_BLOCKS = 80 + SETTLING_BLOCKS;
const QUIET_BLOCKS = 80 + SETTLING_BLOCKS;
const WARM_UP_BLOCKS = 400;

/** A block that the plugins had not processed when the next one began. */
export interface LateBlock {
  /** Delay beyond the deadline, in nanoseconds. */
  lateNs: number;
  /** Activity that took most of the time. */
  because: Doing | 'nothing that is known';
}

/** Result of a run in real time in which plugins were reloaded. */
export interface AudioRun {
  reloads: number;
  blocks: number;
  late: LateBlock[];
  /** Blocks in between, from a time on at which nothing of a reload goes on. */
  quietBlocks: number;
  /** The late ones of those blocks, which are the machine's fault. */
  lateQuiet: LateBlock[];
  /** Times of the work on each block, in nanoseconds. */
  workNs: number[];
  /** Times for which each step of a reload, and each collection, had the thread. */
  lengthsNs: Partial<Record<Doing, number[]>>;
}

/**
 * Drives EQ and compressor by a clock, one block every 2.67 ms, and reloads one of them, state and all, every few blocks.
 * A block is due when the next one begins, so it may take as long as a block lasts.
 */
export async function driveAudio(reloads: number, clock: Clock): Promise<AudioRun> {
  favourThisProcess();
  const stretches = new Stretches(clock);
  const stations = [
    await openStation('plugins-as/build/eq.wasm', { stretches, clock }),
    await openStation('plugins-rust/build/compressor.wasm', { stretches, clock }),
  ];
  const wait = new ProcessorWait();
  let waited = wait.totalNs();
  /** From when to when a block that was late was worked on or waited for. */
  const missed: { quiet: boolean; from: number; to: number }[] = [];
  const workNs: number[] = [];
  let [done, blocks, quietBlocks] = [0, 0, 0];
  let pending: Promise<unknown> | undefined;
  const start = clock() + BLOCK_NS;
  /** Blocks that are left in the present phase. */
  let left = QUIET_BLOCKS;
  let quiet = true;
  for (let block = 0; done < reloads || pending !== undefined || !quiet; block++) {
    const at = start + block * BLOCK_NS;
    await until(at, clock);
    const begun = clock();
    let sound: readonly Float32Array[] = noise;
    for (const { lane } of stations) {
      for (const [channel, input] of lane.inputs.entries()) input.set(sound[channel] as Float32Array);
      lane.process(FRAMES);
      sound = lane.outputs;
    }
    const ended = clock();
    const total = wait.totalNs();
    if (total > waited) stretches.add('no processor', begun - (total - waited), begun);
    waited = total;
    if (block < WARM_UP_BLOCKS) continue;
    if (--left <= 0 && pending === undefined) {
      quiet = !quiet;
      left = quiet ? QUIET_BLOCKS : BUSY_BLOCKS;
    }
    // The confirm window of the last reload has to end first.
    if (quiet && left > QUIET_BLOCKS - SETTLING_BLOCKS) continue;
    if (ended > at + BLOCK_NS) missed.push({ quiet, from: at, to: ended });
    if (quiet) {
      quietBlocks++;
      continue;
    }
    blocks++;
    workNs.push(ended - begun);
    if (left % 8 === 0 && left > SETTLING_BLOCKS && pending === undefined && done < reloads) {
      const station = stations[done++ % stations.length] as Station;
      pending = station.reload().finally(() => (pending = undefined));
    }
  }
  wait.close();
  await stretches.close();
  const late = (inQuiet: boolean): LateBlock[] =>
    missed
      .filter((each) => each.quiet === inQuiet)
      .map(({ from, to }) => ({ lateNs: to - from - BLOCK_NS, because: stretches.mostOf(from, to) }));
  return {
    reloads: done,
    blocks,
    late: late(false),
    quietBlocks,
    lateQuiet: late(true),
    workNs,
    lengthsNs: stretches.lengths(),
  };
}

const noise = [0, 1].map((channel) =>
  Float32Array.from({ length: FRAMES }, (_, frame) => Math.sin(frame * (7 + channel)) / 4),
);
