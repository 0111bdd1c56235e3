import { pairedRatio, percentile, runRounds, warmUp, type Samples } from '../../harness/index.js';
import { atMost, rounded, type RowReport, type VariantReport, type Verdict } from '../../report/index.js';
import type { Suite, SuiteOptions } from '../suite.js';
import { timedContender, type TimedContender } from './measure-way.js';
import { memoryInFlight } from './echo-ways.js';
import { BATCH, FRAMES, type OpenWay } from './way.js';
import { WAYS } from './ways.js';

const ROWS = { block: 'block of 512 B', call: 'empty call', batch: `${BATCH} blocks of 512 B` } as const;

/** Calls that wait for their answers at once, and what they may take of memory on either side. */
const IN_FLIGHT = 10_000;
const IN_FLIGHT_MEBIBYTES = 128;

/** Ways whose calls are shorter than a few looks at the clock: a ratio of theirs is of many calls at once. */
const SHORT = new Set(['wasm inline', 'raw koffi', 'in process', 'values']);
const TOGETHER = 500;

const RATIOS = [
  ['in process', 'raw koffi'],
  ['child', 'raw echo'],
  ['Unix socket', 'raw socket echo'],
  ['a batch of 16', '16 calls at once'],
  ['a batch of 16', '16 calls, one by one'],
] as const;

/** Cost of a call of a plugin, by carrier. */
export const BRIDGES: Suite = {
  name: 'bridges',
  summary:
    'round trips of a block, of an empty call and of a batch: wasm, native in process, in a child, over sockets, and bare ones',
  defaultRounds: 2000,
  async run(options) {
    // Measured first, with processes that nothing else has filled.
    const memory = 'calls in flight'.includes(options.only) ? await judgeMemory(options) : [];
    const ways = await openWays(options);
    try {
      const rows: RowReport[] = [];
      const verdict: Verdict[] = [];
      for (const row of ['block', 'call', 'batch'] as const) {
        if (!ROWS[row].includes(options.only)) continue;
        options.progress(ROWS[row]);
        const report = await measure(row, ways, options);
        rows.push(report);
        verdict.push(...judge(report, row === 'block'));
      }
      return { rows, verdict: [...verdict, ...memory] };
    } finally {
      for (const way of ways.values()) await way.close();
    }
  },
};

async function openWays({ progress }: SuiteOptions): Promise<Map<string, OpenWay>> {
  const ways = new Map<string, OpenWay>();
  for (const { name, open } of WAYS) {
    const way = await open();
    if (typeof way === 'string') {
      progress(`left out: ${name}: ${way}`);
      continue;
    }
    await checkEcho(name, way);
    ways.set(name, way);
  }
  return ways;
}

/** A way that carries nothing would be fast. */
async function checkEcho(name: string, { block, input, output }: OpenWay): Promise<void> {
  if (block === undefined || input === undefined || output === undefined) return;
  input.forEach((_, index) => (input[index] = index - FRAMES / 3));
  const wanted = input.slice();
  await block();
  if (wanted.every((sample, index) => sample === output[index])) return;
  throw new Error(`Cannot measure "${name}": it does not give its input back`);
}

async function measure(
  row: keyof typeof ROWS,
  ways: ReadonlyMap<string, OpenWay>,
  { clock, quick, rounds, random }: SuiteOptions,
): Promise<RowReport> {
  const contenders: TimedContender[] = [];
  for (const [name, { [row]: call }] of ways) {
    if (call === undefined) continue;
    contenders.push(timedContender(name, { call, clock, together: SHORT.has(name) ? TOGETHER : 0 }));
  }
  await warmUp(contenders, { least: quick ? 1 : 200, most: quick ? 2 : 1000, random });
  for (const { single } of contenders) single.length = 0;
  const samples = await runRounds(contenders, { rounds, random });
  const variants = Object.fromEntries(contenders.map((each) => [each.name, variantOf(each, quick ? 1 : 9)]));
  return { name: ROWS[row], variants, ratios: ratiosOf(samples, variants) };
}

/** Holds many calls in flight to a bound of memory. */
async function judgeMemory({ quick, progress }: SuiteOptions): Promise<Verdict[]> {
  const count = quick ? IN_FLIGHT / 10 : IN_FLIGHT;
  progress(`${count} calls in flight`);
  const bytes = await memoryInFlight(count);
  return (['host', 'peer'] as const).map((side) =>
    atMost(`${count} calls in flight: ${side}`, IN_FLIGHT_MEBIBYTES, bytes[side] / 2 ** 20, ' MiB'),
  );
}

function variantOf({ single, garbage }: TimedContender, repeats: number): VariantReport {
  const garbageBytes = garbage(repeats);
  return {
    medianNs: rounded(percentile(single, 0.5)),
    p99Ns: rounded(percentile(single, 0.99)),
    p999Ns: rounded(percentile(single, 0.999)),
    ...(garbageBytes === undefined ? {} : { garbageBytes }),
  };
}

function ratiosOf(
  samples: Samples,
  variants: Readonly<Record<string, VariantReport>>,
): Record<string, number> {
  const ratios: Record<string, number> = {};
  for (const [over, under] of RATIOS) {
    const [a, b] = [samples.get(over), samples.get(under)];
    if (a === undefined || b === undefined) continue;
    ratios[`${over}/${under}`] = rounded(pairedRatio(a, b));
    ratios[`${over}/${under} p99`] = rounded(
      (variants[over]?.p99Ns ?? NaN) / (variants[under]?.p99Ns ?? NaN),
    );
  }
  return ratios;
}

function judge({ name, variants, ratios }: RowReport, isBlock: boolean): Verdict[] {
  const { child, 'in process': inProcess } = variants;
  const verdict: Verdict[] = [];
  if (child !== undefined) {
    verdict.push(
      atMost(`${name}: child, median`, 10, child.medianNs / 1000, ' µs'),
      atMost(`${name}: child, p99`, 60, child.p99Ns / 1000, ' µs'),
      atMost(`${name}: child/raw echo`, 2, ratios['child/raw echo'] ?? NaN),
      atMost(`${name}: child/raw echo, p99`, 2, ratios['child/raw echo p99'] ?? NaN),
    );
  }
  const remote = ratios['Unix socket/raw socket echo'];
  if (remote !== undefined) verdict.push(atMost(`${name}: Unix socket/raw socket echo`, 1.3, remote));
  if (isBlock && variants['values'] !== undefined)
    verdict.push(atMost(`${name}: values, median`, 5, variants['values'].medianNs / 1000, ' µs'));
  if (inProcess !== undefined)
    verdict.push(atMost(`${name}: in process/raw koffi`, 1.5, ratios['in process/raw koffi'] ?? NaN));
  if (!isBlock) return verdict;
  for (const way of ['wasm inline', 'in process', 'child']) {
    const garbage = variants[way]?.garbageBytes;
    if (garbage !== undefined) verdict.push(atMost(`${name}: ${way}, bytes allocated`, 0, garbage));
  }
  return verdict;
}
