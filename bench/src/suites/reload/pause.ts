import { Reloader } from '#internals';
import { ProcessorWait, type Clock } from '../../harness/index.js';
import { BACK, CounterLine } from './counter-line.js';

/** Times that callers noticed of some reloads, in nanoseconds each. */
export interface Pauses {
  /** The longest time between two consecutive calls in a row of calls, less the time of a call. */
  pause: number[];
  /** Serialize and restore by hand, next to each. */
  byHand: number[];
  /** Time for which the thread had no processor, in each reload and in the move by hand; 0 if the system does not report it. */
  waited: number[];
  /** A span of `SPAN_NS` without work, next to each: any excess is the machine's. */
  idle: number[];
}

export const SPAN_NS = 100_000;

/** Only now and then: a collection also makes V8 drop compiled code. */
const COLLECT_EVERY = 20;

/**
 * Reloads a counter repeatedly, and records the times in which it could not be called. Garbage of earlier reloads is collected
 * in between, outside of the measured time.
 */
export async function measurePauses(
  stateBytes: number,
  { reloads, warmUp, clock }: { reloads: number; warmUp: number; clock: Clock },
): Promise<Pauses> {
  const line = await CounterLine.open(stateBytes);
  const wait = new ProcessorWait();
  let waited = 0;
  let pauseMs = 0;
  const reloader = new Reloader(line, {
    migrations: BACK,
    snapshots: { count: 1 },
    onEvent: (event) => {
      if (event.kind !== 'committed') return;
      pauseMs = event.pauseMs;
      waited += wait.totalNs();
    },
  });
  const pauses: Pauses = { pause: [], byHand: [], waited: [], idle: [] };
  for (let index = -warmUp; index < reloads; index++) {
    const number = line.current().number === 1 ? 2 : 1;
    // Version 1 does not understand version 2, so the move by hand is always between two of a kind.
    const twin = line.start(line.current().number);
    if (index % COLLECT_EVERY === 0) globalThis.gc?.();
    waited = -wait.totalNs();
    const start = clock();
    line.moveByHand(twin);
    const byHand = clock() - start;
    waited += wait.totalNs();
    twin.instance.close();
    const idle = spin(clock);
    waited -= wait.totalNs();
    await reloader.reload(() => line.start(number), { confirm: { calls: 2 } });
    for (let call = 0; call < 4; call++) line.counting.add(1n);
    if (index < 0) continue;
    pauses.pause.push(pauseMs * 1e6);
    pauses.byHand.push(byHand);
    pauses.waited.push(waited);
    pauses.idle.push(idle);
  }
  wait.close();
  await reloader.close();
  return pauses;
}

function spin(clock: Clock): number {
  const start = clock();
  let now = start;
  while (now - start < SPAN_NS) now = clock();
  return now - start;
}
