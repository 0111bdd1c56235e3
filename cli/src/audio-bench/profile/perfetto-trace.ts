import type { BlockProfile } from './cpu-profile.js';
import { samplesOf, type Sample } from './stacks.js';

/** An event of Chrome's trace format, which Perfetto reads; times are in microseconds. */
interface TraceEvent {
  name: string;
  ph: 'X' | 'M' | 'i';
  pid: number;
  tid: number;
  ts?: number;
  dur?: number;
  s?: 't';
  args?: Record<string, unknown>;
}

const BLOCKS = 1;
const STACKS = 2;

/** Writes a trace: a track of blocks with those that are late, and one of the guest's functions by the samples. */
export function perfettoTrace(name: string, profile: BlockProfile): { traceEvents: TraceEvent[] } {
  const { startsUs, durationsUs, budgetUs } = profile;
  const events: TraceEvent[] = [
    { name: 'process_name', ph: 'M', pid: 1, tid: BLOCKS, args: { name } },
    { name: 'thread_name', ph: 'M', pid: 1, tid: BLOCKS, args: { name: 'blocks' } },
    { name: 'thread_name', ph: 'M', pid: 1, tid: STACKS, args: { name: 'guest functions, sampled' } },
  ];
  const from = startsUs[0] ?? 0;
  for (const [at, start] of startsUs.entries()) {
    const dur = durationsUs[at] ?? 0;
    const ts = rounded(start - from);
    events.push({
      name: 'block',
      ph: 'X',
      pid: 1,
      tid: BLOCKS,
      ts,
      dur,
      args: { load: rounded(dur / budgetUs) },
    });
    if (dur > budgetUs) events.push({ name: 'late', ph: 'i', s: 't', pid: 1, tid: BLOCKS, ts: ts + dur });
  }
  return { traceEvents: [...events, ...stackEvents(samplesOf(profile.cpuProfile), from)] };
}

/** Three places: nanoseconds. */
function rounded(value: number): number {
  return Number(value.toFixed(3));
}

/** Functions that stay on the stack from one sample to the next are one event. */
function stackEvents(samples: readonly Sample[], from: number): TraceEvent[] {
  const events: TraceEvent[] = [];
  const open: { name: string; ts: number }[] = [];
  const close = (depth: number, at: number): void => {
    for (const { name, ts } of open.splice(depth).toReversed())
      events.push({ name, ph: 'X', pid: 1, tid: STACKS, ts, dur: rounded(at - ts) });
  };
  for (const { atUs, stack } of samples) {
    const ts = rounded(atUs - from);
    if (ts < 0) continue;
    let same = 0;
    while (same < open.length && open[same]?.name === stack[same]) same++;
    close(same, ts);
    for (const name of stack.slice(same)) open.push({ name, ts });
  }
  close(0, rounded((samples.at(-1)?.atUs ?? from) - from));
  return events;
}
