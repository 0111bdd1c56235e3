import { PluginError } from '@wasm-plugin/abi';
import { Reloader, type ReloadEvent, type ReloadOptions } from '@wasm-plugin/engine/reload';
import { Random } from '../../support/random.js';
import { Counters, MIGRATIONS, Subject, type RunningCounter } from '../counter.js';

/** How much is called and reloaded. */
export interface CallSoakOptions {
  calls: number;
  reloads: number;
  seed: number;
  /** Whether something goes wrong in most of the reloads. */
  faults: boolean;
}

/** What happened. Every call was answered once, and counted once, or this would not be there. */
export interface CallSoakResult {
  calls: number;
  byVersion: Record<number, number>;
  /** How often each thing happened: `committed`, `failed at save`, `rolled-back`, … */
  events: Record<string, number>;
}

/** What goes wrong with a version: at its start, as a new one, or when it is the old one. */
const FAULTS = [
  'save-trap',
  'save-refuse',
  'save-spin',
  'init',
  'restore-trap',
  'restore-refuse',
  'health-trap',
  'health-refuse',
  'call-1',
  'call-2',
  'call-100',
];

/**
 * Calls a counter while it is reloaded between two versions whose states differ.
 * @throws {Error} for the first call that was lost, doubled, or answered by nobody
 */
export async function callSoak(options: CallSoakOptions): Promise<CallSoakResult> {
  const { reloads, seed, faults } = options;
  const random = new Random(seed);
  const counters = await new Counters({ fuel: 5_000_000 }).load();
  const subject = new Subject(counters, counters.start(1));
  subject.restartSettings = {};
  const events: Record<string, number> = {};
  const reloader = new Reloader(subject, {
    migrations: MIGRATIONS,
    recovery: faults,
    // Who cannot save for long is to be remembered for as long.
    journal: { calls: options.calls, bytes: options.calls * 100 },
    onEvent: (event) => count(events, event),
  });
  const byVersion: Record<number, number> = {};
  let calls = 0;
  let total = 0n;
  const call = (): void => {
    const amount = BigInt(random.below(100));
    const answer = subject.counting.add(amount);
    calls++;
    total += amount;
    byVersion[answer.version] = (byVersion[answer.version] ?? 0) + 1;
    if (answer.calls === BigInt(calls) && answer.total === total) return;
    throw new Error(`call ${calls} was counted as ${answer.calls}, the total ${total} is ${answer.total}`);
  };
  const perReload = Math.floor(options.calls / reloads);
  for (let index = 0; index < reloads; index++) {
    const next = subject.current().number === 1 ? 2 : 1;
    const fault = faults && random.below(4) > 0 ? random.pick(FAULTS) : undefined;
    const given: ReloadOptions =
      faults && random.below(5) === 0 ? { strategy: { kind: 'blue-green', calls: 50, share: 0.5 } } : {};
    // Who cannot save is left, now and then, with the state that is remembered.
    const cannotSave = subject.current().settings.fault?.startsWith('save') === true;
    if (cannotSave && random.below(3) === 0 && fault?.startsWith('restore') !== true)
      Object.assign(given, { policy: 'last-good', strategy: { kind: 'immediate' } });
    let done = false;
    const reloading = reloader
      .reload(() => start(counters, next, fault), given)
      .catch((error: unknown) => {
        if (!PluginError.is(error) || error.code !== 'WP_RELOAD' || !error.instanceUsable) throw error;
      })
      .finally(() => (done = true));
    for (let made = 0; made < perReload; made++) {
      call();
      // Lets the reload go on, at any point between two calls.
      if (!done && random.below(4) === 0) await Promise.resolve();
      if (!done && random.below(16) === 0) await new Promise(setImmediate);
    }
    await reloading;
  }
  while (calls < options.calls) call();
  const last = subject.counting.read();
  if (last.calls !== BigInt(calls) || last.total !== total)
    throw new Error(`${calls} calls, ${last.calls} counted`);
  await reloader.close();
  counters.engine.close();
  return { calls, byVersion, events };
}

async function start(counters: Counters, number: number, fault: string | undefined): Promise<RunningCounter> {
  return counters.start(number, fault === undefined ? {} : { fault });
}

function count(events: Record<string, number>, event: ReloadEvent): void {
  const name = event.kind === 'failed' ? `failed at ${event.step}` : event.kind;
  events[name] = (events[name] ?? 0) + 1;
}
