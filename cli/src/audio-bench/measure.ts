import type { Io } from '../io.js';
import type { AudioSource, OpenedPlugin, Setup } from './audio-source.js';
import { blockStatistics, firstBlocks, rounded } from './block-statistics.js';
import { createCalibration } from './calibration.js';
import { measureClock } from './clock.js';
import { withCollections, type Collection } from './collections.js';
import { countByTime } from './histogram.js';
import { feed, impulseResponse, nullTest } from './compare-sounds.js';
import { fuelOf } from './fuel-per-frame.js';
import type { FirstBlocks, Measurement, MeasurementRequest, Row, RowKey } from './measurement.js';
import { countsFuel, openSource } from './open-source.js';
import { takeProfile, type BlockProfile } from './profile/index.js';
import { realtimeStatistics, runRealtime } from './run-realtime.js';
import { testInput, type TestInput } from './test-input.js';
import { timeBlocks, type BlockTimes, type Contender } from './time-blocks.js';

/** Blocks that make code warm: V8 compiles what runs often a second time. */
const WARM_UP = 1500;
const FIRST_BLOCKS = 200;

/** The measured plugins, by their names in a row. */
type Sources = ReadonlyMap<string, AudioSource>;

/** Measures a plugin in this process. */
export async function measure(request: MeasurementRequest, io: Io): Promise<Measurement> {
  const { file, against, setup, seed, inputs } = request;
  const clock = measureClock();
  const plugin = await openSource(file, { ...request, metered: true, io });
  const noise = testInput('noise', { setup, seed });
  // Before anything else has run: this is the time in which the code is compiled.
  const cold = await timeFirst(plugin, { setup, input: noise });
  const sources = new Map([['plugin', plugin]]);
  if (countsFuel(file, request))
    sources.set('unmetered', await openSource(file, { ...request, metered: false, io }));
  if (against !== undefined)
    sources.set('against', await openSource(against, { ...request, metered: true, io }));
  const [firstInput = 'noise'] = inputs;
  const main: RowKey = { ...setup, input: firstInput, instances: 1 };
  await timeRow(sources, { key: main, request, blocks: Math.min(WARM_UP, request.blocks) });
  const live = await timeFirst(plugin, { setup, input: noise });
  const first = await timeRow(sources, { key: main, request });
  const rows = [first.row];
  for (const key of otherKeys(request)) rows.push((await timeRow(sources, { key, request })).row);
  const other = sources.get('against');
  const measurement: Measurement = {
    name: plugin.name,
    descriptor: plugin.descriptor,
    ...(other === undefined
      ? {}
      : { against: other.name, null: await nullTest([plugin, other], { setup, seed }) }),
    clock,
    cold,
    live,
    rows,
    histogram: Object.fromEntries(
      [...first.times].map(([name, { durationsNs }]) => [name, countByTime(durationsNs)]),
    ),
    realtime: await inRealtime(sources, request),
    timeline: timelineOf(first),
    ...(request.profile === true ? { profile: await profileOf(plugin, { setup, input: noise }) } : {}),
    responses: Object.fromEntries(
      await Promise.all(
        [...sources]
          .filter(([name]) => name !== 'unmetered')
          .map(async ([name, source]) => [name, await impulseResponse(source, setup)] as const),
      ),
    ),
  };
  for (const source of sources.values()) await source.close();
  return measurement;
}

/** The rows behind the first: each varies one thing. */
function otherKeys({ setup, frames, ratesHz, channels, inputs, instances }: MeasurementRequest): RowKey[] {
  const [input = 'noise'] = inputs;
  const base: RowKey = { ...setup, input, instances: 1 };
  return [
    ...frames.filter((each) => each !== setup.maxFrames).map((maxFrames) => ({ ...base, maxFrames })),
    ...ratesHz
      .filter((each) => each !== setup.sampleRateHz)
      .map((sampleRateHz) => ({ ...base, sampleRateHz })),
    ...channels.filter((each) => each !== setup.channels).map((count) => ({ ...base, channels: count })),
    ...inputs.slice(1).map((each) => ({ ...base, input: each })),
    ...instances.filter((each) => each !== 1).map((count) => ({ ...base, instances: count })),
  ];
}

interface Timed {
  row: Row;
  /** By contender. */
  times: ReadonlyMap<string, BlockTimes>;
  collections: Collection[];
}

async function timeRow(
  sources: Sources,
  { key, request, blocks = request.blocks }: { key: RowKey; request: MeasurementRequest; blocks?: number },
): Promise<Timed> {
  const setup = setupOf(key);
  const { seed } = request;
  const input = testInput(key.input, { setup, seed });
  const running = await openAll(sources, key);
  const contenders = [...running.map(({ contender }) => contender), calibrationContender()];
  // A silence is the one after a sound: what rings on in filters.
  if (key.input === 'silence')
    timeBlocks(contenders, { count: 200, input: testInput('noise', { setup, seed }), seed });
  // Many instances, or long blocks, take long: fewer blocks say as much.
  const fewer = Math.round(blocks / Math.max(1, (key.instances * key.maxFrames) / 512));
  const count = Math.max(Math.min(blocks, key.instances === 1 ? 1000 : 100), fewer);
  const { result, collections } = await withCollections(() => timeBlocks(contenders, { count, input, seed }));
  running.forEach(({ close }) => close());
  const budgetNs = budgetOf(setup);
  const times = Object.fromEntries(
    [...result].map(([name, each]) => [name, blockStatistics(each, { budgetNs, collections })]),
  );
  const plugin = sources.get('plugin') as AudioSource;
  const fuel = key.instances === 1 ? await fuelOf(plugin, { setup, input }) : undefined;
  const row: Row = { key: { ...key, input: input.name }, budgetNs, times };
  if (fuel !== undefined) row.fuelPerFrame = fuel;
  return { row, times: result, collections };
}

/** The plugin's blocks in their order; times from the first. */
function timelineOf({ times, collections }: Timed): Measurement['timeline'] {
  const { startsMs, durationsNs } = times.get('plugin') as BlockTimes;
  const since = (moment: number): number => Number((moment - (startsMs[0] ?? 0)).toFixed(3));
  return {
    startsMs: Array.from(startsMs, since),
    durationsNs: Array.from(durationsNs, rounded),
    collections: collections.map(({ startMs, durationMs }) => ({
      startMs: since(startMs),
      durationMs: rounded(durationMs),
    })),
  };
}

async function inRealtime(sources: Sources, request: MeasurementRequest): Promise<Measurement['realtime']> {
  const { setup, seed, realtimeSeconds: seconds, instances } = request;
  if (seconds === 0) return {};
  const count = Math.max(1, ...instances);
  const wanted = new Map([...sources].filter(([name]) => name !== 'unmetered'));
  const running = await openAll(wanted, { ...setup, instances: count });
  const budgetNs = budgetOf(setup);
  const input = testInput(request.inputs[0] ?? 'noise', { setup, seed });
  const contenders = running.map(({ contender }) => contender);
  const { result, collections } = await withCollections(() =>
    runRealtime(contenders, { budgetNs, seconds, input }),
  );
  running.forEach(({ close }) => close());
  return Object.fromEntries(
    [...result].map(([name, times]) => [
      name,
      realtimeStatistics(times, { budgetNs, collections, instances: count }),
    ]),
  );
}

interface Running {
  contender: Contender;
  close(): void;
}

/** Starts as many instances of each as a row wants. */
async function openAll(sources: Sources, key: Setup & Pick<RowKey, 'instances'>): Promise<Running[]> {
  const running: Running[] = [];
  for (const [name, source] of sources) {
    // Metering is the same for one instance as for many.
    if (name === 'unmetered' && key.instances > 1) continue;
    const opened: OpenedPlugin[] = [];
    for (let at = 0; at < key.instances; at++) opened.push(await source.open(setupOf(key)));
    running.push({
      contender: contenderOf(name, { opened, frames: key.maxFrames }),
      close: () => opened.forEach(({ close }) => close()),
    });
  }
  return running;
}

function contenderOf(
  name: string,
  { opened, frames }: { opened: readonly OpenedPlugin[]; frames: number },
): Contender {
  const [only] = opened;
  return {
    name,
    feed: (block) => opened.forEach((plugin) => feed(plugin, block)),
    process:
      opened.length === 1 && only !== undefined
        ? () => only.lane.process(frames)
        : () => {
            for (const { lane } of opened) lane.process(frames);
          },
  };
}

function calibrationContender(): Contender {
  return { name: 'calibration', feed: () => undefined, process: createCalibration() };
}

async function timeFirst(
  source: AudioSource,
  { setup, input }: { setup: Setup; input: TestInput },
): Promise<FirstBlocks> {
  const plugin = await source.open(setup);
  const contender = contenderOf('plugin', { opened: [plugin], frames: setup.maxFrames });
  const times = timeBlocks([contender], { count: FIRST_BLOCKS, input, seed: 1 }).get('plugin') as BlockTimes;
  plugin.close();
  return firstBlocks(times, budgetOf(setup));
}

/** A profile of the warm code, by itself: taking it makes blocks slower. */
async function profileOf(
  source: AudioSource,
  { setup, input }: { setup: Setup; input: TestInput },
): Promise<BlockProfile> {
  const opened = await source.open(setup);
  const contender = contenderOf('plugin', { opened: [opened], frames: setup.maxFrames });
  const profile = await takeProfile(contender, { inputs: input.blocks, budgetNs: budgetOf(setup) });
  opened.close();
  return profile;
}

function setupOf({ sampleRateHz, maxFrames, channels }: Setup): Setup {
  return { sampleRateHz, maxFrames, channels };
}

function budgetOf({ maxFrames, sampleRateHz }: Setup): number {
  return (1e9 * maxFrames) / sampleRateHz;
}
