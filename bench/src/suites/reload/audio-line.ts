import { constants, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEngine, openLane, type Instance, type RealtimeLane } from '@wasm-plugin/engine';
import { Reloader, SwappableLane, type ReloadSubject, type RunningVersion } from '@wasm-plugin/engine/reload';
import type { Clock } from '../../harness/index.js';
import { readGuest } from '../guests.js';

const FRAMES = 128;
const RATE_HZ = 48_000;
const BLOCK_NS = (FRAMES / RATE_HZ) * 1e9;

/** Phases with reloads and without take turns: ten reloads, and the end of what they leave; then as many blocks more. */
const SETTLING_BLOCKS = 48;
const BUSY_BLOCKS = 80 + SETTLING_BLOCKS;
const QUIET_BLOCKS = 80 + SETTLING_BLOCKS;

/** What came of sound that was made in real time while its plugins were reloaded. */
export interface AudioRun {
  blocks: number;
  reloads: number;
  /** Blocks that the plugins had not processed when they had to be heard. */
  missed: number;
  /** Blocks in between, from a time on at which nothing of a reload goes on. */
  quietBlocks: number;
  /** How many of those were missed: what the machine is to blame for. */
  missedQuiet: number;
  /** What the work on a block took, its part of a reload included, in nanoseconds. */
  workNs: number[];
}

interface Version extends RunningVersion {
  readonly instance: Instance;
  readonly lane: RealtimeLane;
}

/** One plugin of the chain: its lane stays through its reloads. */
interface Station {
  readonly lane: SwappableLane;
  reload(): Promise<unknown>;
}

/**
 * Drives EQ and compressor by a clock, one block every 2.67 ms, and reloads one of them, state and all, every few blocks.
 * A block is due when the next one begins, so it may take as long as a block lasts.
 */
export async function runAudio(reloads: number, clock: Clock): Promise<AudioRun> {
  favourThisProcess();
  const stations = [
    await openStation('plugins-as/build/eq.wasm'),
    await openStation('plugins-rust/build/compressor.wasm'),
  ];
  const run: AudioRun = { blocks: 0, reloads: 0, missed: 0, quietBlocks: 0, missedQuiet: 0, workNs: [] };
  let pending: Promise<unknown> | undefined;
  const start = clock() + BLOCK_NS;
  const warmUp = 400;
  /** Blocks that are left in the present phase. */
  let left = QUIET_BLOCKS;
  let quiet = true;
  for (let block = 0; run.reloads < reloads || pending !== undefined || !quiet; block++) {
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
    if (block < warmUp) continue;
    const late = ended > at + BLOCK_NS;
    if (--left <= 0 && pending === undefined) {
      quiet = !quiet;
      left = quiet ? QUIET_BLOCKS : BUSY_BLOCKS;
    }
    if (quiet) {
      // The confirm window of the last reload has to end first.
      if (left > QUIET_BLOCKS - SETTLING_BLOCKS) continue;
      run.quietBlocks++;
      if (late) run.missedQuiet++;
      continue;
    }
    run.blocks++;
    run.workNs.push(ended - begun);
    if (late) run.missed++;
    if (left % 8 === 0 && left > SETTLING_BLOCKS && pending === undefined && run.reloads < reloads) {
      const station = stations[run.reloads++ % stations.length] as Station;
      pending = station.reload().finally(() => (pending = undefined));
    }
  }
  return run;
}

const noise = [0, 1].map((channel) =>
  Float32Array.from({ length: FRAMES }, (_, frame) => Math.sin(frame * (7 + channel)) / 4),
);

/** Waits without giving the processor away for the last bit: a timer is too coarse for a block. */
async function until(at: number, clock: Clock): Promise<void> {
  while (at - clock() > 1.6e6) await sleep(0);
  while (clock() < at) await new Promise(setImmediate);
}

/** As an audio thread has it, where the system allows. */
function favourThisProcess(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGHEST);
  } catch {
    // Then the machine has to be quiet.
  }
}

async function openStation(path: string): Promise<Station> {
  const engine = createEngine({
    imports: {
      'wasm-plugin:abi/log': { log: () => undefined },
      'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
    },
  });
  const plugin = await engine.load(readGuest(path));
  const open = (version: string): Version => {
    const instance = plugin.instantiate();
    (instance.exports['lifecycle'] as { init(settings: unknown[]): void }).init([]);
    return {
      instance,
      version,
      lane: openLane(instance, { sampleRateHz: RATE_HZ, maxFrames: FRAMES, channels: 2 }),
    };
  };
  let current = open('1.0.0');
  const lane = new SwappableLane(current.lane);
  const subject: ReloadSubject<Version> = {
    id: path,
    calls: 'sync',
    current: () => current,
    swap(next) {
      current = next;
      lane.swap(next.lane, { crossfade: 'linear' });
    },
    route: () => undefined,
    restart: async () => open('1.0.0'),
  };
  const reloader = new Reloader(subject);
  let number = 1;
  return {
    lane,
    reload: () => reloader.reload(() => open(`1.0.${number++}`), { confirm: { calls: 1e9, ms: 100 } }),
  };
}
