import { percentile } from '../../harness/index.js';
import { atMost, rowReport, type RowReport, type Verdict } from '../../report/index.js';
import type { Suite, SuiteOptions } from '../suite.js';
import { AUDIO_HOSTS, measureAudio } from './audio/measure-audio.js';
import { measureChanges } from './change-to-serving.js';
import { measureMemory } from './memory.js';
import { measurePauses, SPAN_NS } from './pause.js';

/** Sizes of states, each with the number of its reloads in a round. */
const SIZES = [
  { name: '1 kB', bytes: 1000, perRound: 20 },
  { name: '1 MB', bytes: 1_000_000, perRound: 5 },
  { name: '32 MB', bytes: 32_000_000, perRound: 1 },
] as const;

/** Time that the thread waits when it gives another one a turn; a longer wait is a slice of another program. */
const WAIT_NS = 20_000;

const CHANGE = 'file change to new version';
const MEMORY = 'memory';

interface Finding {
  rows: RowReport[];
  verdict: Verdict[];
}

/** Cost of a reload for callers of the plugin. */
export const RELOAD: Suite = {
  name: 'reload',
  summary: 'pauses by size of the state, file change to new version, memory, blocks of audio that are missed',
  defaultRounds: 50,
  async run(options) {
    const found: Finding[] = [];
    for (const size of SIZES)
      await when(`pause, ${size.name}`, options, async () => found.push(await pauses(size, options)));
    await when(CHANGE, options, async () => found.push(await changes(options)));
    for (const host of AUDIO_HOSTS)
      await when(host.name, options, async () => found.push(await measureAudio(host, options)));
    await when(MEMORY, options, async () => found.push(await memory(options)));
    return { rows: found.flatMap(({ rows }) => rows), verdict: found.flatMap(({ verdict }) => verdict) };
  },
};

async function when(
  name: string,
  { only, progress }: SuiteOptions,
  work: () => Promise<unknown>,
): Promise<void> {
  if (!name.includes(only)) return;
  progress(name);
  await work();
}

async function pauses(
  { name, bytes, perRound }: (typeof SIZES)[number],
  { rounds, quick, clock }: SuiteOptions,
): Promise<Finding> {
  const [reloads, warmUp] = quick ? [rounds, 2] : [rounds * perRound, 10 * perRound];
  const { pause, byHand, waited, idle } = await measurePauses(bytes, { reloads, warmUp, clock });
  const beyond = pause.map((each, index) => Math.max(0, each - (byHand[index] as number)));
  const row = rowReport(
    `pause, ${name}`,
    new Map([
      ['pause', pause],
      ['by hand', byHand],
      ['a busy span of 100 µs', idle],
      ['worst', [Math.max(...pause)]],
    ]),
    { ratios: [['pause', 'by hand']] },
  );
  if (bytes !== 1000) return { rows: [row], verdict: [] };
  const undisturbed = beyond.filter((_, index) => (waited[index] as number) < WAIT_NS);
  const claim = `pause beyond serialize and restore, ${name}, 99th percentile`;
  const judge = (what: string, samples: readonly number[]): Verdict[] =>
    samples.length === 0 ? [] : [atMost(`${claim} ${what}`, 100, percentile(samples, 0.99) / 1000, ' µs')];
  const verdict = [
    ...judge(`of all (${overrun(idle)} by the machine alone)`, beyond),
    ...judge(
      `of the ${undisturbed.length} of ${beyond.length} that other programs left a processor`,
      undisturbed,
    ),
  ];
  return { rows: [row], verdict };
}

/** Returns the time that the machine adds to an idle span, in the same percentile. */
function overrun(idle: readonly number[]): string {
  return `${((percentile(idle, 0.99) - SPAN_NS) / 1000).toFixed(1)} µs`;
}

async function changes({ rounds, quick, clock }: SuiteOptions): Promise<Finding> {
  const samples = await measureChanges(quick ? 2 : Math.min(rounds, 30), clock);
  return {
    rows: [rowReport(CHANGE, new Map([['debounced 50 + 50 ms', samples]]), { ratios: [] })],
    verdict: [],
  };
}

async function memory({ quick }: SuiteOptions): Promise<Finding> {
  const counts = quick ? [10, 20] : [100, 10_000];
  const [early = NaN, late = NaN] = await measureMemory(counts);
  const claim = `memory after ${counts[1]} reloads over that after ${counts[0]}`;
  return { rows: [], verdict: [atMost(claim, quick ? 2 : 1.05, late / early)] };
}
