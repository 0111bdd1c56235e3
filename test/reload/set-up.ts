import { PluginError, type ReloadError } from '@wasm-plugin/abi';
import { type ReloaderOptions, type ReloadEvent, type ReloadOptions } from '@wasm-plugin/engine/reload';
import { Reloader } from '#internals';
import { expect } from 'vitest';
import { ManualClock, MIGRATIONS, Subject, type Counters, type CounterSettings } from './counter.js';

/** A counter of version 1 that has been called ten times, and its reloader. */
export function setUp(counters: Counters, options: ReloaderOptions = {}, settings: CounterSettings = {}) {
  const clock = new ManualClock();
  const events: ReloadEvent[] = [];
  const subject = new Subject(counters, counters.start(1, settings));
  const reloader = new Reloader(subject, {
    clock,
    migrations: MIGRATIONS,
    onEvent: (event) => events.push(event),
    ...options,
  });
  let calls = 0n;
  let total = 0n;
  /** Makes calls, and sees that each was counted once. */
  const call = (count = 1): number[] =>
    Array.from({ length: count }, () => {
      const amount = (calls % 5n) + 1n;
      const answer = subject.counting.add(amount);
      expect(answer).toMatchObject({ calls: ++calls, total: (total += amount) });
      return answer.version;
    });
  call(10);
  const reload = (number: number, fault: string | undefined, given: ReloadOptions = {}) =>
    reloader.reload(() => counters.start(number, fault === undefined ? {} : { fault }), given);
  return { clock, events, subject, reloader, call, reload };
}

/** Returns the error of a reload that fails. */
export async function failureOf(promise: Promise<unknown>): Promise<ReloadError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(PluginError.is(error)).toBe(true);
  expect(error).toMatchObject({ code: 'WP_RELOAD', plugin: 'counter' });
  return error as ReloadError;
}
