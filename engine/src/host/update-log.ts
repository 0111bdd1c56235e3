import type { UpdateHistory, UpdateRecord } from '@wasm-plugin/abi/update';
import type { Clock, ReloadResult } from '../reload/index.js';

/** One update that is being written down. */
export interface LoggedUpdate {
  readonly facts: Pick<UpdateRecord, 'plugin' | 'by' | 'from' | 'to' | 'at'>;
  /** Start time by a monotonic clock, in ms. */
  readonly began: number;
}

/** Writes updates down: who, when, from, to, result, duration. */
export class UpdateLog {
  readonly #history: UpdateHistory | undefined;
  readonly #clock: Clock;

  constructor(history: UpdateHistory | undefined, clock: Clock) {
    this.#history = history;
    this.#clock = clock;
  }

  begin(facts: Omit<LoggedUpdate['facts'], 'at'>): LoggedUpdate {
    return { facts: { ...facts, at: this.#clock.wallNow() }, began: this.#clock.now() };
  }

  /** Writes down each version that the state went through, and then the one that serves. */
  done({ facts, began }: LoggedUpdate, { via }: ReloadResult): void {
    let { from, at } = facts;
    let leftMs = this.#clock.now() - began;
    for (const { version, durationMs } of via) {
      this.#history?.add({ ...facts, from, to: version, at, result: 'done', durationMs });
      from = version;
      at += durationMs;
      leftMs -= durationMs;
    }
    this.#history?.add({ ...facts, from, at, result: 'done', durationMs: leftMs });
  }

  /** Writes down that nothing came of it. */
  ended(
    { facts, began }: LoggedUpdate,
    result: Exclude<UpdateRecord['result'], 'done'>,
    reason: unknown,
  ): void {
    this.#history?.add({
      ...facts,
      result,
      durationMs: this.#clock.now() - began,
      reason: reason instanceof Error ? reason.message : String(reason),
    });
  }
}
