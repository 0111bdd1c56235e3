import { formatNs, formatPeak, formatRate, formatRatio, formatShare, short } from './format.js';
import type { BlockStatistics, FuelStatistics, Measurement, Row } from './measurement.js';

/** A line of the verdict. */
export interface Verdict {
  /** True if it is as it should be; absent if there is nothing that it should be. */
  ok?: boolean;
  text: string;
}

/** The largest allowed cost of a block of silence, as a ratio: more points at denormal numbers. */
const SILENCE_RATIO = 1.2;
/** Share of late blocks that noise of the machine explains. */
const MOST_LATE = 0.001;

/** Returns the verdict on a plugin: its deadline, the cost of the sandbox, silence, instances, fuel. */
export function judge(measurement: Measurement): Verdict[] {
  const first = measurement.rows[0] as Row;
  return [
    deadline(first),
    firstBlocks(measurement),
    ...clocked(measurement),
    ...silence(measurement.rows, first),
    ...instances(measurement.rows),
    ...metering(first),
    ...fuel(measurement.rows),
    ...against(measurement, first),
  ];
}

function deadline({ key, budgetNs, times }: Row): Verdict {
  const plugin = times['plugin'] as BlockStatistics;
  const { medianNs, p999Ns, worstNs, blocks, collections } = plugin;
  const isInTime = ownLate(plugin) <= blocks * MOST_LATE;
  const garbage = collections === 0 ? '' : `; ${collections} collections of garbage within blocks`;
  return {
    ...sureOf(isInTime, plugin),
    text:
      `${isInTime ? 'makes' : 'misses'} its deadline: ${key.maxFrames} frames at ${formatRate(key.sampleRateHz)} take ` +
      `${formatNs(medianNs)} of ${formatNs(budgetNs)} (${formatShare(medianNs / budgetNs)}), p99.9 ${formatNs(p999Ns)}, ` +
      `worst ${formatNs(worstNs)}; ${lateText(plugin)}${garbage}`,
  };
}

function firstBlocks({ cold, live }: Measurement): Verdict {
  const ok = ownLate(live) === 0;
  const inCold = ownLate(cold) === 0 ? '' : `: ${lateText(cold)}, so warm it up`;
  return {
    ok,
    text:
      `${ok ? 'goes live in time' : 'goes live too late'}: the first block of a new instance takes ${formatNs(live.firstNs)}, the ` +
      `worst of its next ${formatNs(live.worstNs)}; in a cold process ${formatNs(cold.firstNs)} and ${formatNs(cold.worstNs)}${inCold}`,
  };
}

function clocked({ realtime, against: other }: Measurement): Verdict[] {
  return Object.entries(realtime).map(([name, statistics]) => {
    const { seconds, instances: count, p999Ns, worstNs } = statistics;
    const others = realtime['against'];
    const allowed = others === undefined ? 0 : ownLate(others);
    return {
      ...(name === 'plugin' ? sureOf(ownLate(statistics) <= allowed, statistics) : {}),
      text:
        `${name === 'plugin' ? '' : `${other}: `}by a clock, ${count} instance${count === 1 ? '' : 's'} for ${short(seconds)} s: ` +
        `${lateText(statistics)}; p99.9 ${formatNs(p999Ns)}, worst ${formatNs(worstNs)}`,
    };
  });
}

/** Leaves it open whether a plugin is in time if other programs made too many blocks late to tell. */
function sureOf(isInTime: boolean, { lateByOthers, blocks }: BlockStatistics): { ok?: boolean } {
  return isInTime && lateByOthers > blocks * MOST_LATE ? {} : { ok: isInTime };
}

/** Late blocks that other programs did not cause. */
function ownLate({ late, lateByOthers }: { late: number; lateByOthers: number }): number {
  return late - lateByOthers;
}

/** Counts late blocks for people. */
export function lateText({
  late,
  lateByOthers,
  blocks,
}: Pick<BlockStatistics, 'late' | 'lateByOthers' | 'blocks'>): string {
  const others =
    lateByOthers === 0
      ? ''
      : `, ${lateByOthers === late ? '' : `${lateByOthers} of them `}while other programs had the processor`;
  return `${late} of ${blocks} blocks late${others}`;
}

function silence(rows: readonly Row[], first: Row): Verdict[] {
  const row = rows.find(({ key }) => key.input === 'silence');
  if (row === undefined || row === first) return [];
  const ratio = median(row) / median(first);
  return [
    {
      ok: ratio <= SILENCE_RATIO,
      text: `silence after a sound costs ${formatRatio(ratio)} of ${first.key.input}`,
    },
  ];
}

function instances(rows: readonly Row[]): Verdict[] {
  const many = rows.filter(({ key }) => key.instances > 1);
  if (many.length === 0) return [];
  const intime = many.filter(
    ({ times: { plugin } }) => plugin !== undefined && ownLate(plugin) <= plugin.blocks * MOST_LATE,
  );
  const most = intime.at(-1);
  if (most === undefined)
    return [{ text: `${many[0]?.key.instances} instances are too many for one thread` }];
  return [
    {
      text:
        `${most.key.instances} instances on one thread take ${formatShare(median(most) / most.budgetNs)} of the time, ` +
        `p99.9 ${formatShare((times(most)?.p999Ns ?? NaN) / most.budgetNs)}`,
    },
  ];
}

function metering(first: Row): Verdict[] {
  const without = first.times['unmetered'];
  if (without === undefined) return [];
  return [
    {
      text: `counting fuel and watching the time cost ${formatRatio(median(first) / without.medianNs)} of ${formatNs(without.medianNs)}`,
    },
  ];
}

function fuel(rows: readonly Row[]): Verdict[] {
  const counted = rows.filter(({ fuelPerFrame }) => fuelPerFrame !== undefined);
  const [first] = counted;
  if (first === undefined) return [];
  const of = (row: Row): FuelStatistics => row.fuelPerFrame as FuelStatistics;
  const same = counted.filter(({ key }) => key.maxFrames === first.key.maxFrames);
  const worst = same.reduce((most, row) => (of(row).worst > of(most).worst ? row : most), first);
  return [
    {
      text: `burns ${short(of(first).usual)} fuel a frame, at most ${short(of(worst).worst)} (${worst.key.input}): the same on each machine`,
    },
  ];
}

function against(measurement: Measurement, first: Row): Verdict[] {
  const other = first.times['against'];
  if (other === undefined || measurement.against === undefined) return [];
  const sound =
    measurement.null === undefined ? '' : `; the sounds are ${formatPeak(measurement.null.peakDb)}`;
  return [
    {
      text: `${formatRatio(median(first) / other.medianNs)} the time of ${measurement.against} (${formatNs(other.medianNs)})${sound}`,
    },
  ];
}

function times(row: Row): BlockStatistics | undefined {
  return row.times['plugin'];
}

function median(row: Row): number {
  return times(row)?.medianNs ?? NaN;
}
