import { PluginError, type ReloadError } from '@wasm-plugin/abi';
import { encodeEnvelope, type ReloadEvent, type ReloadOptions } from '@wasm-plugin/engine/reload';
import { Reloader } from '#internals';
import { Random } from '../../support/random.js';
import { Counters, MIGRATIONS, Subject, type RunningCounter } from '../counter.js';

/** Number of calls and reloads. */
export interface CallSoakOptions {
  calls: number;
  reloads: number;
  seed: number;
  /** If true, most of the reloads have a fault. */
  faults: boolean;
}

/** Counts of events. Every call was answered once and counted once, or there would be no result. */
export interface CallSoakResult {
  calls: number;
  byVersion: Record<number, number>;
  /** Number of each event: `committed`, `failed at save`, `rolled-back`, … */
  events: Record<string, number>;
  /** Number of each fault. */
  faults: Record<string, number>;
}

/**
 * Faults of a version at its start, as the new one, or as the old one; and of the reload itself: the state is larger than its
 * budget, or begins with a corrupt envelope.
 */
export const FAULTS = [
  'save-trap',
  'save-refuse',
  'save-spin',
  'save-large',
  'envelope',
  'init',
  'restore-trap',
  'restore-refuse',
  'health-trap',
  'health-refuse',
  'call-1',
  'call-2',
  'call-100',
] as const;

type Fault = (typeof FAULTS)[number];

/** The step that each fault is to be named at, where it does not wait for a call. */
const STEPS: Readonly<Partial<Record<Fault, string>>> = {
  'save-large': 'save',
  envelope: 'carry',
  init: 'prepare',
  'restore-trap': 'restore',
  'restore-refuse': 'restore',
  'health-trap': 'health',
  'health-refuse': 'health',
};

const STATE_BYTES = 1000;
const BAD_ENVELOPE = encodeEnvelope({
  plugin: 'counter',
  version: '1.0.0',
  schema: 1,
  abi: '0.1.0',
  savedAt: 0,
  payload: new Uint8Array(16),
});

/**
 * Calls a counter while it is reloaded between two versions whose states differ.
 * @throws {Error} for the first call that was lost, doubled, or answered by nobody, and for a reload that does not fail at the
 * step of its fault
 */
export async function callSoak(options: CallSoakOptions): Promise<CallSoakResult> {
  const { reloads, seed, faults } = options;
  const random = new Random(seed);
  const counters = await new Counters({ fuel: 5_000_000 }).load();
  const subject = new Subject(counters, counters.start(1));
  subject.restartSettings = {};
  const events: Record<string, number> = {};
  const met: Record<string, number> = {};
  const budget = { stateBytes: STATE_BYTES, save: { fuel: 200_000 } };
  const reloader = new Reloader(subject, {
    migrations: MIGRATIONS,
    budget,
    recovery: faults,
    // The journal is long enough for an instance that cannot save for long.
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
    const fault = faults && random.below(4) > 0 ? FAULTS[index % FAULTS.length] : undefined;
    if (fault !== undefined) met[fault] = (met[fault] ?? 0) + 1;
    const given: ReloadOptions =
      faults && random.below(5) === 0 ? { strategy: { kind: 'blue-green', calls: 50, share: 0.5 } } : {};
    // Sometimes an instance that cannot save continues with the last known state.
    const cannotSave = subject.current().settings.fault?.startsWith('save') === true;
    const doesWithout =
      cannotSave && random.below(3) === 0 && (fault === undefined || STEPS[fault] !== 'restore');
    if (doesWithout) Object.assign(given, { policy: 'last-good', strategy: { kind: 'immediate' } });
    if (fault === 'envelope')
      Object.assign(given, { state: corrupt(random), strategy: { kind: 'immediate' } });
    budget.stateBytes = fault === 'save-large' && !doesWithout ? 8 : STATE_BYTES;
    let wanted = fault && STEPS[fault];
    if (cannotSave && !doesWithout && wanted !== 'prepare' && fault !== 'envelope') wanted = 'save';
    if (fault === 'save-large' && doesWithout) wanted = undefined;
    const rolledBack = events['rolled-back'];
    let done = false;
    const reloading = reloader
      .reload(() => start(counters, next, fault), given)
      .then(
        () => undefined,
        (error: unknown) => {
          if (!PluginError.is(error) || error.code !== 'WP_RELOAD' || !error.instanceUsable) throw error;
          return (error as ReloadError).step;
        },
      )
      .then((step) => {
        // A call that traps in a trial, or when calls are made again, is found by it; and where an old version comes back meanwhile, nothing is reloaded.
        const cameBack = events['rolled-back'] !== rolledBack;
        if (step === wanted || (step === 'prepare' && cameBack)) return;
        const calls = fault?.startsWith('call') === true;
        if (calls && (step === 'health' || (step === 'restore' && doesWithout))) return;
        throw new Error(`"${fault}": the reload was to fail at ${wanted}, and failed at ${step}`);
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
  return { calls, byVersion, events, faults: met };
}

/** A state with one bit that is not as it was written. */
function corrupt(random: Random): Uint8Array {
  const bytes = BAD_ENVELOPE.slice();
  bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
  return bytes;
}

async function start(counters: Counters, number: number, fault: Fault | undefined): Promise<RunningCounter> {
  const own = fault === undefined || fault === 'save-large' || fault === 'envelope' ? {} : { fault };
  return counters.start(number, own);
}

function count(events: Record<string, number>, event: ReloadEvent): void {
  const name = event.kind === 'failed' ? `failed at ${event.step}` : event.kind;
  events[name] = (events[name] ?? 0) + 1;
}
