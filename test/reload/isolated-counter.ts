import { readFileSync } from 'node:fs';
import type { Limits } from '@wasm-plugin/abi';
import { createEngine, type IsolatedEngine, type IsolatedPlugin } from '@wasm-plugin/engine';
import { type ReloaderOptions, type ReloadEvent, type ReloadOptions } from '@wasm-plugin/engine/reload';
import { Reloader, type ReloadSubject, type RunningVersion, type Exports } from '#internals';
import { COUNTING, MIGRATIONS, type Answer, type CounterSettings } from './counter.js';

/** Exports of a counter in a thread of its own. */
export interface IsolatedCounting {
  add(amount: bigint): Promise<Answer>;
  announce(): Promise<Answer>;
  read(): Promise<Answer>;
}

/** A counter that runs in a thread of its own. */
export interface IsolatedCounter extends RunningVersion {
  readonly number: number;
}

/** Counters in threads of their own. To be closed. */
export class IsolatedCounters {
  readonly engine: IsolatedEngine;
  readonly #plugins = new Map<number, Promise<IsolatedPlugin>>();
  /** Called in the middle of a call that logs. */
  onLine: (() => unknown) | undefined;

  constructor(limits: Limits = {}) {
    this.engine = createEngine({
      isolation: 'worker',
      limits,
      imports: {
        'wasm-plugin:abi/log': { log: () => this.onLine?.() },
        'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
      },
    });
  }

  async start(number: number, fault?: string): Promise<IsolatedCounter> {
    let plugin = this.#plugins.get(number);
    if (plugin === undefined) this.#plugins.set(number, (plugin = this.#load(number)));
    const instance = await (await plugin).instantiate();
    const { init } = instance.exports['lifecycle'] as {
      init(settings: { key: string; value: string }[]): Promise<void>;
    };
    await init(fault === undefined ? [] : [{ key: 'fault', value: fault }]);
    return { instance, number, version: `${number}.0.0` };
  }

  async #load(number: number): Promise<IsolatedPlugin> {
    const file = new URL(`../../plugins-rust/build/counter-v${number}.wasm`, import.meta.url);
    return await this.engine.load(new Uint8Array(readFileSync(file)), { name: 'counter' });
  }
}

/** A counter of version 1 in a thread of its own that has been called three times, and its reloader. */
export async function isolatedSetUp(
  counters: IsolatedCounters,
  options: ReloaderOptions = {},
  { fault }: CounterSettings = {},
) {
  let current = await counters.start(1, fault);
  let exports: Exports = current.instance.exports;
  const events: ReloadEvent[] = [];
  const subject: ReloadSubject<IsolatedCounter> = {
    id: 'counter',
    calls: 'async',
    current: () => current,
    swap(next) {
      current = next;
      exports = next.instance.exports;
    },
    route: (given) => (exports = given ?? current.instance.exports),
    restart: ({ number }) => counters.start(number),
  };
  const reloader = new Reloader(subject, {
    migrations: MIGRATIONS,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const counting = (): IsolatedCounting => exports[COUNTING] as IsolatedCounting;
  /** Makes calls without waiting in between, and gives their answers. */
  const add = (count: number): Promise<Answer[]> =>
    Promise.all(Array.from({ length: count }, () => counting().add(1n)));
  const reload = (number: number, newFault?: string, given: ReloadOptions = {}) =>
    reloader.reload(() => counters.start(number, newFault), given);
  await add(3);
  return { events, subject, reloader, counting, add, reload };
}

/** Returns the version and number of each answered call: `[[1, 4n], [1, 5n], [2, 6n]]`. */
export function tally(answers: readonly Answer[]): [version: number, calls: bigint][] {
  return answers.map(({ version, calls }) => [version, calls]);
}
