import { callContender, garbageBytes, pairedDifference, runRounds, warmUp } from '../../harness/index.js';
import type { CallContender, Samples } from '../../harness/index.js';
import { atLeast, atMost, rounded, rowReport, type RowReport, type Verdict } from '../../report/index.js';
import type { Suite, SuiteOptions } from '../suite.js';
import { checkAgreement } from './agreement.js';
import { loadLanes, useLane, type Lane } from './realtime.js';
import { CALL_ROWS, dataFor, type CallRow } from './rows.js';
import { loadTargets, type Targets } from './targets.js';

const RATIOS = [
  ['ours', 'hand'],
  ['composed', 'hand'],
  ['ours', 'core'],
  ['jco', 'ours'],
] as const;

const SLICE_NS = 1e6;
const LANE = 'realtime process-block, 128';

/** Cost of a call. */
export const CALLS: Suite = {
  name: 'calls',
  summary: 'calls into a guest and out of it: ours, raw core calls, a hand-written binding, and jco',
  defaultRounds: 300,
  async run(options) {
    const targets = await loadTargets();
    const { core: _, ...variants } = targets;
    checkAgreement(variants);
    const rows: RowReport[] = [];
    for (const row of CALL_ROWS) {
      if (!row.name.includes(options.only)) continue;
      options.progress(row.name);
      rows.push((await measure(row.name, contendersOf(row, targets, options), options)).report);
    }
    if (!LANE.includes(options.only)) return { rows, verdict: rows.flatMap(judge) };
    options.progress(LANE);
    const lane = await measureLane(options);
    return { rows: [...rows, lane.report], verdict: [...rows.flatMap(judge), ...lane.verdict] };
  },
};

interface Measured {
  report: RowReport;
  samples: Samples;
}

async function measure(
  name: string,
  contenders: readonly CallContender[],
  { quick, rounds, random }: SuiteOptions,
): Promise<Measured> {
  for (const contender of contenders) contender.calibrate();
  await warmUp(contenders, { least: quick ? 1 : 200, most: quick ? 2 : 1000, random });
  for (const contender of contenders) contender.calibrate();
  const samples = await runRounds(contenders, { rounds, random });
  const repeats = quick ? 1 : 9;
  const garbage = new Map(
    contenders.map(({ name: variant, loop, callsPerUse }) => [
      variant,
      rounded(garbageBytes(loop, { repeats }) / callsPerUse),
    ]),
  );
  return { report: rowReport(name, samples, { ratios: RATIOS, garbage }), samples };
}

function contendersOf(row: CallRow, targets: Targets, { quick, clock }: SuiteOptions): CallContender[] {
  const data = dataFor(row);
  const { use, callsPerUse = 1 } = row;
  const options = { sliceNs: quick ? SLICE_NS / 20 : SLICE_NS, clock, callsPerUse };
  const { core, ...others } = targets;
  return [
    ...Object.entries(others).map(([name, ops]) =>
      callContender(name, { ...options, use, target: { ops, data, counter: new ops.Counter(0) } }),
    ),
    callContender('core', {
      ...options,
      use: row.core,
      target: { core, data, counter: core.counterNew(0) },
    }),
  ];
}

function judge({ name, ratios }: RowReport): Verdict[] {
  const verdict = [
    atMost(`${name}: ours/hand`, 1.5, ratios['ours/hand'] ?? NaN),
    atMost(`${name}: composed/hand`, 5, ratios['composed/hand'] ?? NaN),
  ];
  if (name === CALL_ROWS[0]?.name)
    verdict.push(atLeast(`${name}: faster than jco`, 50, ratios['jco/ours'] ?? NaN));
  return verdict;
}

async function measureLane(options: SuiteOptions): Promise<{ report: RowReport; verdict: Verdict[] }> {
  const { clock, quick } = options;
  const sliceNs = quick ? SLICE_NS / 20 : SLICE_NS;
  const contenders = Object.entries(await loadLanes()).map(([name, target]: [string, Lane]) =>
    callContender(name, { use: useLane, target, sliceNs, clock }),
  );
  const { report, samples } = await measure(LANE, contenders, options);
  const over = pairedDifference(samples.get('ours') ?? [], samples.get('core') ?? []);
  const garbage = report.variants['ours']?.garbageBytes ?? NaN;
  return {
    report,
    verdict: [
      atMost('realtime lane: bytes allocated a call', 0, garbage),
      atMost('realtime lane: over the raw core call', 100, over, ' ns'),
    ],
  };
}
