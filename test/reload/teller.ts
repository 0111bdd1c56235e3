import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, type Instance, type Plugin } from '@wasm-plugin/engine';
import { type ReloaderOptions, type ReloadEvent } from '@wasm-plugin/engine/reload';
import { Reloader, type ReloadSubject, type RunningVersion, type Exports } from '#internals';
import { ManualClock } from './counter.js';

/** The functions of a teller. Each tells the host first that it runs. */
export const MOMENTS = ['add', 'schema', 'serialize', 'restore', 'health'] as const;

export type Moment = (typeof MOMENTS)[number];

const tell = (moment: Moment): string => `(call $tell (i32.const ${MOMENTS.indexOf(moment)}))`;

/** Counts calls of `add`. The count is its state. */
const TELLER = `(component
  (import "tell" (func $tell (param "moment" u32)))
  (core func $told (canon lower (func $tell)))
  (core module $m
    (import "host" "tell" (func $tell (param i32)))
    (memory (export "memory") 1)
    (global $free (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $free (i32.and (i32.add (global.get $free) (i32.const 7)) (i32.const -8)))
      (global.get $free)
      (global.set $free (i32.add (global.get $free) (local.get 3))))
    (func (export "add") (result i32) ${tell('add')}
      (i32.store (i32.const 16) (i32.add (i32.load (i32.const 16)) (i32.const 1)))
      (i32.load (i32.const 16)))
    (func (export "schema") (result i32) ${tell('schema')} (i32.const 1))
    (func (export "serialize") (result i32) ${tell('serialize')}
      (i32.store (i32.const 36) (i32.const 16)) (i32.store (i32.const 40) (i32.const 4)) (i32.const 32))
    (func (export "restore") (param i32 i32 i32 i32 i32) (result i32) ${tell('restore')}
      (i32.store (i32.const 16) (i32.load (local.get 0))) (i32.const 64))
    (func (export "health") (result i32) ${tell('health')} (i32.const 64)))
  (core instance $i (instantiate $m (with "host" (instance (export "tell" (func $told))))))
  (func $add (result u32) (canon lift (core func $i "add")))
  (func $schema (result u32) (canon lift (core func $i "schema")))
  (func $serialize (result (result (list u8) (error string)))
    (canon lift (core func $i "serialize") (memory (core memory $i "memory"))))
  (func $restore (param "state" (list u8)) (param "schema" u32) (param "version" string)
    (result (result (error string)))
    (canon lift (core func $i "restore") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
  (func $health (result (result (error string))) (canon lift (core func $i "health") (memory (core memory $i "memory"))))
  (instance $state
    (export "schema" (func $schema)) (export "serialize" (func $serialize)) (export "restore" (func $restore)))
  (export "wasm-plugin:abi/state@0.1.0" (instance $state))
  (instance $lifecycle (export "health" (func $health)))
  (export "wasm-plugin:abi/lifecycle@0.1.0" (instance $lifecycle))
  (export "add" (func $add)))`;

/** A running teller. */
export interface RunningTeller extends RunningVersion {
  readonly instance: Instance;
}

/** The component of a teller. */
export const tellerBytes = async (): Promise<Uint8Array> => await parse(TELLER);

/** Tellers in an engine, one of which is reloaded. */
export class Tellers {
  readonly #plugin: Plugin;
  readonly clock = new ManualClock();
  readonly events: ReloadEvent[] = [];
  /** Every one that was started. */
  readonly started: RunningTeller[] = [];
  readonly reloader: Reloader<RunningTeller>;
  /** Told of each function that runs, and in which version. */
  onTell: ((moment: Moment, version: string) => void) | undefined;
  #exports: Exports;
  #current: RunningTeller;

  private constructor(plugin: Plugin, options: ReloaderOptions) {
    this.#plugin = plugin;
    this.#current = this.start(1);
    this.#exports = this.#current.instance.exports;
    const subject: ReloadSubject<RunningTeller> = {
      id: 'teller',
      calls: 'sync',
      current: () => this.#current,
      swap: (next) => {
        this.#current = next;
        this.#exports = next.instance.exports;
      },
      route: (exports) => (this.#exports = exports ?? this.#current.instance.exports),
      restart: async ({ version }) => this.start(Number.parseInt(version)),
    };
    const onEvent = (event: ReloadEvent): void => void this.events.push(event);
    this.reloader = new Reloader(subject, { clock: this.clock, onEvent, ...options });
  }

  static async create(options: ReloaderOptions = {}): Promise<Tellers> {
    const plugin = await createEngine().load(await tellerBytes(), { name: 'teller' });
    return new Tellers(plugin, options);
  }

  start(number: number): RunningTeller {
    const version = `${number}.0.0`;
    const tell = (moment: number): void => this.onTell?.(MOMENTS[moment] as Moment, version);
    const teller = { instance: this.#plugin.instantiate({ imports: { tell } }), version };
    this.started.push(teller);
    return teller;
  }

  reload(number: number, options = {}): Promise<unknown> {
    return this.reloader.reload(() => this.start(number), options);
  }

  get current(): RunningTeller {
    return this.#current;
  }

  /** Counts one more, and gives the count. */
  add(): number {
    return (this.#exports['add'] as () => number)();
  }
}
