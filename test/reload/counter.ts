import { readFileSync } from 'node:fs';
import type { Limits } from '@wasm-plugin/abi';
import { createEngine, type Engine, type Instance, type Plugin } from '@wasm-plugin/engine';
import type { Clock, Migration } from '@wasm-plugin/engine/reload';
import type { ReloadSubject, RunningVersion, Exports } from '#internals';

/** Result of a call of a counter. */
export interface Answer {
  total: bigint;
  calls: bigint;
  version: number;
}

/** Exports of a counter. */
export interface Counting {
  add(amount: bigint): Answer;
  announce(): Answer;
  read(): Answer;
}

/** The root of the checkout, also from where this file is compiled to. */
const ROOT = new URL(import.meta.url.includes('/dist/') ? '../../../' : '../../', import.meta.url);

/** The interface of a counter. */
export const COUNTING = 'wasm-plugin:counter/counting@1.0.0';

/** Settings of a counter. */
export interface CounterSettings {
  fault?: string;
  ballast?: number;
}

/** A running counter. */
export interface RunningCounter extends RunningVersion {
  readonly instance: Instance;
  readonly number: number;
  readonly settings: CounterSettings;
}

/** Counters in an engine. */
export class Counters {
  readonly engine: Engine;
  readonly #plugins = new Map<number, Plugin>();
  /** Number of lines that the counters have logged. */
  lines = 0;
  /** Called in the middle of a call that logs. */
  onLine: (() => void) | undefined;

  constructor(limits: Limits = {}) {
    this.engine = createEngine({
      limits,
      imports: {
        'wasm-plugin:abi/log': { log: () => this.#log() },
        'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
      },
    });
  }

  #log(): void {
    this.lines++;
    this.onLine?.();
  }

  async load(): Promise<this> {
    for (const number of [1, 2, 3]) {
      const file = new URL(`plugins-rust/build/counter-v${number}.wasm`, ROOT);
      this.#plugins.set(
        number,
        await this.engine.load(new Uint8Array(readFileSync(file)), { name: 'counter' }),
      );
    }
    return this;
  }

  start(number: number, settings: CounterSettings = {}): RunningCounter {
    const instance = (this.#plugins.get(number) as Plugin).instantiate();
    const lifecycle = instance.exports['lifecycle'] as {
      init(settings: { key: string; value: string }[]): void;
    };
    lifecycle.init(Object.entries(settings).map(([key, value]) => ({ key, value: String(value) })));
    return { instance, number, settings, version: `${number}.0.0` };
  }
}

/** A plugin with a handle that stays, as a host has it, in its smallest form. */
export class Subject implements ReloadSubject<RunningCounter> {
  readonly id = 'counter';
  readonly calls = 'sync';
  readonly #counters: Counters;
  #current: RunningCounter;
  #exports: Exports;
  #onRoute: (() => void) | undefined;
  /** Settings of the instances that `restart` starts. */
  restartSettings: CounterSettings | undefined;

  constructor(counters: Counters, first: RunningCounter) {
    this.#counters = counters;
    this.#current = first;
    this.#exports = first.instance.exports;
  }

  current(): RunningCounter {
    return this.#current;
  }

  swap(next: RunningCounter): void {
    this.#current = next;
    this.#exports = next.instance.exports;
  }

  route(exports: Exports | undefined): void {
    this.#exports = exports ?? this.#current.instance.exports;
    this.#onRoute?.();
  }

  /** Waits until calls are sent elsewhere. */
  rerouted(): Promise<void> {
    return new Promise((resolve) => (this.#onRoute = resolve));
  }

  async restart({ number, settings }: RunningCounter): Promise<RunningCounter> {
    return this.#counters.start(number, this.restartSettings ?? settings);
  }

  get counting(): Counting {
    return this.#exports[COUNTING] as Counting;
  }
}

/** More turns than the work takes until it waits for the clock. */
const TURNS = 10;

/** Time that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #now = 0;
  #timers = new Set<{ at: number; work: () => void }>();

  now = (): number => this.#now;

  wallNow = (): number => 1_700_000_000_000 + this.#now;

  after = (delayMs: number, work: () => void): (() => void) => {
    const timer = { at: this.#now + delayMs, work };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  /** Lets time pass; due timers run in order, and their follow-up work gets its turn. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      for (let turn = 0; turn < TURNS; turn++) await new Promise(setImmediate);
      const [next] = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.work();
    }
    this.#now = until;
  }
}

/** The numbers of a counter's state, and the ways between its formats. */
export const MIGRATIONS: readonly Migration[] = [
  { from: { schema: 2 }, to: { schema: 1 }, migrate: swapped },
  { from: { schema: 2 }, to: { schema: 3 }, migrate: toJson },
  { from: { schema: 3 }, to: { schema: 2 }, migrate: fromJson },
];

/** The migration that version 2 also makes by itself. */
export const FIRST_TO_SECOND: Migration = { from: { schema: 1 }, to: { schema: 2 }, migrate: swapped };

function swapped(payload: Uint8Array): Uint8Array {
  const bytes = payload.slice();
  bytes.set(payload.subarray(8, 16), 0);
  bytes.set(payload.subarray(0, 8), 8);
  return bytes;
}

function toJson(payload: Uint8Array): Uint8Array {
  const view = new DataView(payload.buffer, payload.byteOffset);
  const numbers = `"total":${view.getBigUint64(8, true)},"calls":${view.getBigUint64(0, true)}`;
  return new TextEncoder().encode(`{${numbers},"mood":"calm"}${' '.repeat(payload.length - 16)}`);
}

function fromJson(payload: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(payload);
  const { total, calls } = JSON.parse(text) as { total: number; calls: number };
  const bytes = new Uint8Array(16 + text.length - text.trimEnd().length).fill(7);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(calls), true);
  view.setBigUint64(8, BigInt(total), true);
  return bytes;
}
