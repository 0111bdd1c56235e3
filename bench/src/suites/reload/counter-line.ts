import { createEngine, type Instance, type Plugin } from '@wasm-plugin/engine';
import type { Migration } from '@wasm-plugin/engine/reload';
import type { ReloadSubject, RunningVersion, Exports } from '#internals';
import { readGuest } from '../guests.js';

const COUNTING = 'wasm-plugin:counter/counting@1.0.0';

/** The exports that are called during reloads. */
export interface Counting {
  add(amount: bigint): { total: bigint };
}

interface State {
  serialize(): Uint8Array;
  restore(state: Uint8Array, schema: number, version: string): void;
}

/** A running counter. */
export interface CounterVersion extends RunningVersion {
  readonly instance: Instance;
  readonly number: 1 | 2;
}

/** A plugin whose callers keep one handle: a counter in two versions with states of a size. */
export class CounterLine implements ReloadSubject<CounterVersion> {
  readonly id = 'counter';
  readonly calls = 'sync';
  readonly #plugins: Readonly<Record<1 | 2, Plugin>>;
  readonly #ballast: number;
  #current: CounterVersion;
  #exports: Exports;

  constructor(plugins: Record<1 | 2, Plugin>, ballast: number) {
    this.#plugins = plugins;
    this.#ballast = ballast;
    this.#current = this.start(1, ballast);
    this.#exports = this.#current.instance.exports;
  }

  /** @param stateBytes size of its states */
  static async open(stateBytes: number): Promise<CounterLine> {
    const engine = createEngine({
      imports: {
        'wasm-plugin:abi/log': { log: () => undefined },
        'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
      },
    });
    const load = (number: number): Promise<Plugin> =>
      engine.load(readGuest(`plugins-rust/build/counter-v${number}.wasm`));
    return new CounterLine({ 1: await load(1), 2: await load(2) }, stateBytes - 16);
  }

  start(number: 1 | 2, ballast = 0): CounterVersion {
    const instance = this.#plugins[number].instantiate();
    const lifecycle = instance.exports['lifecycle'] as { init(settings: unknown[]): void };
    lifecycle.init([{ key: 'ballast', value: String(ballast) }]);
    return { instance, number, version: `${number}.0.0` };
  }

  current(): CounterVersion {
    return this.#current;
  }

  swap(next: CounterVersion): void {
    this.#current = next;
    this.#exports = next.instance.exports;
  }

  route(exports: Exports | undefined): void {
    this.#exports = exports ?? this.#current.instance.exports;
  }

  async restart({ number }: CounterVersion): Promise<CounterVersion> {
    return this.start(number, this.#ballast);
  }

  get counting(): Counting {
    return this.#exports[COUNTING] as Counting;
  }

  /** Serializes and restores by hand: the lower bound of a reload. */
  moveByHand(fresh: CounterVersion): void {
    const from = this.#current.instance.exports['state'] as State;
    const to = fresh.instance.exports['state'] as State;
    to.restore(from.serialize(), this.#current.number, this.#current.version);
  }
}

/** From version 2 back to 1: the first two numbers change places. */
export const BACK: readonly Migration[] = [
  {
    from: { schema: 2 },
    to: { schema: 1 },
    migrate(payload) {
      const first = payload.slice(0, 8);
      payload.copyWithin(0, 8, 16);
      payload.set(first, 8);
      return payload;
    },
  },
];
