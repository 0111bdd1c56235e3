import {
  callContender,
  garbageBytes,
  isolatedLoop,
  monotonicClock,
  runRounds,
  seededRandom,
  shuffled,
  warmUp,
  type CallContender,
  type Random,
} from '../../harness/index.js';
import { coreSubject } from './core-subject.js';
import { engineSubject, METERED } from './engine-subject.js';
import { javascriptSubject } from './javascript-subject.js';
import { readKernel } from './kernels.js';
import type { Measurement, MeasurementRequest } from './measurement.js';
import { buildNative, describeBuild, OTHER_BUILDS, REFERENCE } from './native-build.js';
import { nativeSubject } from './native-subject.js';
import { nullTest } from './null-test.js';
import type { Setup, Subject } from './subject.js';
import { noiseBlocks } from './test-signal.js';

const SLICE_NS = 300_000;
const WARM_UP = { least: 60, most: 200 };
/** Blocks inside the module in one call. */
const INSIDE_BLOCKS = 16;
const SINGLE_BLOCKS = 4000;

/** Measures one kernel in every way that this machine has. */
export async function measure(request: MeasurementRequest): Promise<Measurement> {
  const { kernel, frames, quick, rounds, seed } = request;
  const setup: Setup = {
    sampleRateHz: request.sampleRateHz,
    maxFrames: frames,
    channels: request.channels,
  };
  const subjects = await subjectsOf(kernel, setup, request.everyBuild);
  const random = seededRandom(seed);
  const { native, ...others } = Object.fromEntries(subjects);
  const nulls =
    native === undefined
      ? new Map()
      : nullTest(native, new Map(Object.entries(others) as [string, Subject][]), setup);
  noiseBlocks(seed, setup)([...subjects.values()]);

  const outside = contenders(subjects, frames, quick);
  if (!quick) await warmUp(outside, { ...WARM_UP, random });
  const samples = await runRounds(outside, { rounds, random });
  const inside = insideContenders(subjects, frames, quick);
  if (!quick) await warmUp(inside, { ...WARM_UP, random });
  const insideSamples = await runRounds(inside, { rounds: Math.ceil(rounds / 2), random });
  const engine = outside.find(({ name }) => name === 'engine');
  return {
    samples: Object.fromEntries(samples),
    inside: Object.fromEntries(insideSamples),
    blocks: singleBlocks(subjects, { frames, count: quick ? 8 : SINGLE_BLOCKS, random }),
    null: Object.fromEntries(nulls),
    garbageBytes: engine === undefined ? NaN : garbageBytes(engine.loop, quick ? { repeats: 1 } : {}),
  };
}

async function subjectsOf(kernel: string, setup: Setup, everyBuild: boolean): Promise<Map<string, Subject>> {
  const component = readKernel(kernel);
  const subjects = new Map<string, Subject>();
  for (const build of everyBuild ? [REFERENCE, ...OTHER_BUILDS] : [REFERENCE]) {
    if (describeBuild(build) === undefined) continue;
    subjects.set(build.name, nativeSubject(buildNative(kernel, build), setup));
  }
  subjects.set('core', coreSubject(component, setup));
  subjects.set('engine', await engineSubject(component, { ...setup, limits: METERED }));
  for (const language of ['rust', 'assemblyscript'] as const) {
    subjects.set(language, await engineSubject(readKernel(kernel, language), { ...setup, limits: METERED }));
  }
  subjects.set('javascript', javascriptSubject(kernel, setup));
  return subjects;
}

interface Block {
  process(frames: number): void;
  frames: number;
}

function contenders(subjects: ReadonlyMap<string, Subject>, frames: number, quick: boolean): CallContender[] {
  return [...subjects].map(([name, { process }]) => {
    const contender = callContender<Block>(name, {
      use: (target) => {
        target.process(target.frames);
        return 0;
      },
      target: { process, frames },
      sliceNs: quick ? 1 : SLICE_NS,
      clock: monotonicClock,
    });
    contender.calibrate();
    return contender;
  });
}

interface Blocks {
  processBlocks(frames: number, blocks: number): void;
  frames: number;
  blocks: number;
}

function insideContenders(
  subjects: ReadonlyMap<string, Subject>,
  frames: number,
  quick: boolean,
): CallContender[] {
  return [...subjects].flatMap(([name, { processBlocks }]) => {
    if (processBlocks === undefined) return [];
    const contender = callContender<Blocks>(name, {
      use: (target) => {
        target.processBlocks(target.frames, target.blocks);
        return 0;
      },
      target: { processBlocks, frames, blocks: INSIDE_BLOCKS },
      callsPerUse: INSIDE_BLOCKS,
      sliceNs: quick ? 1 : SLICE_NS,
      clock: monotonicClock,
    });
    contender.calibrate();
    return [contender];
  });
}

/** Times blocks one by one, taking turns: tails show what medians hide. */
function singleBlocks(
  subjects: ReadonlyMap<string, Subject>,
  { frames, count, random }: { frames: number; count: number; random: Random },
): Record<string, number[]> {
  const timers = [...subjects].map(([name, { process }]) => ({
    name,
    times: [] as number[],
    once: isolatedLoop<Block>(
      (target) => {
        target.process(target.frames);
        return 0;
      },
      { process, frames },
    ),
  }));
  for (let at = 0; at < count; at++) {
    for (const { once, times } of shuffled(timers, random)) {
      const start = monotonicClock();
      once(1);
      times.push(monotonicClock() - start);
    }
  }
  return Object.fromEntries(timers.map(({ name, times }) => [name, times]));
}
