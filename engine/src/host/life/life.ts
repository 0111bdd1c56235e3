import { PluginError, type CarrierInstance } from '@wasm-plugin/abi';
import {
  checkHealth,
  findInterface,
  saveState,
  startFrom,
  storedStates,
  type CarryOptions,
  type Clock,
  type StateStore,
} from '../../reload/index.js';
import type { ManagedPlugin, StartedInstance } from '../managed-plugin.js';
import { versionFrom } from '../plugin-subject.js';
import { isServing } from '../plugin-state.js';
import type { LifeEvent } from '../life-event.js';
import { within } from './within.js';

const ACTIVITY = 'wasm-plugin:abi/activity';
const DEFAULT_STOP_MS = 5000;

/** Options of `Life`. */
export interface LifeOptions {
  readonly clock: Clock;
  readonly store: StateStore | undefined;
  /** The most that `stop` may take, whatever manifests say. @default 5,000 */
  readonly stopMs?: number | undefined;
  /** Returns how the state of a plugin is carried. */
  carryOf(plugin: ManagedPlugin): Omit<CarryOptions, 'plugin' | 'clock'>;
  emit(plugin: string, event: LifeEvent): void;
}

/**
 * The lives of a host's plugins: an instance takes the stored state up and is told `start` before it serves, is told `tick` in
 * its period while it does, and at its end `stop`, after which its state is stored. An instance that a reload replaces is
 * told nothing: its successor goes on where it was, and it may come back.
 */
export class Life {
  readonly #options: LifeOptions;
  /** Instances that were told `start`. */
  readonly #begun = new WeakSet<CarrierInstance>();
  readonly #ticking = new Map<string, () => void>();

  constructor(options: LifeOptions) {
    this.#options = options;
  }

  /**
   * Restores the stored state into an instance and starts it, before it serves.
   * @throws {PluginError} WP_INIT where it refuses to start
   */
  async begin(plugin: ManagedPlugin, started: StartedInstance): Promise<void> {
    await this.#restore(plugin, started);
    await this.#start(plugin, started.instance);
  }

  /** Starts the instance that has come behind the exports of a plugin, if it was not before. @throws {PluginError} WP_INIT */
  async succeed(plugin: ManagedPlugin): Promise<void> {
    if (plugin.instance !== undefined) await this.#start(plugin, plugin.instance);
  }

  /** Calls `tick` again and again while the plugin serves. */
  tick(plugin: ManagedPlugin): void {
    this.#ticking.get(plugin.name)?.();
    const { clock } = this.#options;
    const next = (): void => {
      const { tickMs } = plugin.manifest.activity;
      if (tickMs === undefined) return;
      const again = async (): Promise<void> => {
        await this.#tickOnce(plugin);
        if (this.#ticking.has(plugin.name)) next();
      };
      this.#ticking.set(
        plugin.name,
        clock.after(tickMs, () => void again()),
      );
    };
    next();
  }

  /** Ends the ticks of a plugin. */
  hush(name: string): void {
    this.#ticking.get(name)?.();
    this.#ticking.delete(name);
  }

  /** Stops an instance that nobody calls any more, and stores its state. Never throws. */
  async end(plugin: ManagedPlugin, { instance, ...started }: StartedInstance): Promise<void> {
    const { emit, store, clock, carryOf } = this.#options;
    const { name } = plugin;
    this.hush(name);
    if (instance.state !== 'ready') return;
    if (started.calls === 'async') await this.#drain(plugin, instance);
    await this.#stop(plugin, instance);
    if (store === undefined || instance.state !== 'ready') return;
    try {
      const version = versionFrom({ instance, ...started });
      const saved = await saveState(version, { plugin: name, clock, ...carryOf(plugin) });
      if (saved === undefined) return;
      await store.save(saved);
      emit(name, { kind: 'saved', bytes: saved.payload.length });
    } catch (error) {
      emit(name, { kind: 'save-failed', error: causeOf(error) });
    }
  }

  async #restore(plugin: ManagedPlugin, started: StartedInstance): Promise<void> {
    const { store, clock, emit, carryOf } = this.#options;
    if (store === undefined) return;
    const { name } = plugin;
    const carry = { plugin: name, clock, ...carryOf(plugin) };
    try {
      const skip = (event: Extract<LifeEvent, { kind: 'skipped-state' }>): void => emit(name, event);
      const [state] = await storedStates({ store, carry, emit: skip });
      if (state === undefined) return;
      const start = await startFrom({ kind: 'given', state }, versionFrom(started), carry);
      if (start.taken !== undefined)
        emit(name, { kind: 'restored', version: state.version, savedAt: state.savedAt });
    } catch (error) {
      // An instance that refuses a state is as it was before; one that died of it cannot serve, nor one that is not well.
      const { step } = error as { step?: string };
      if (started.instance.state !== 'ready' || step === 'health') throw causeOf(error);
      emit(name, { kind: 'skipped-state', source: 'store', error: causeOf(error) });
    }
  }

  async #start(plugin: ManagedPlugin, instance: CarrierInstance): Promise<void> {
    if (this.#begun.has(instance)) return;
    this.#begun.add(instance);
    const start = activityOf(instance)?.['start'];
    if (start === undefined) return;
    const { name } = plugin;
    try {
      await start();
      this.#options.emit(name, { kind: 'started' });
    } catch (error) {
      this.#options.emit(name, { kind: 'start-failed', error });
      if (!PluginError.is(error) || error.code !== 'WP_GUEST') throw error;
      const message = `Cannot start "${name}": it refused: ${error.message}`;
      throw new PluginError('WP_INIT', message, { plugin: name, cause: error });
    }
  }

  /** Waits for the calls on their way: an instance makes one call at a time, so one more comes after them. */
  async #drain(plugin: ManagedPlugin, instance: CarrierInstance): Promise<void> {
    const { clock, stopMs = DEFAULT_STOP_MS } = this.#options;
    const last = (): unknown => checkHealth(instance);
    const waiting = within(last, { instance, ms: stopMs, clock, what: 'health', plugin: plugin.name });
    await waiting.catch(() => undefined);
  }

  async #stop(plugin: ManagedPlugin, instance: CarrierInstance): Promise<void> {
    const stop = activityOf(instance)?.['stop'];
    if (stop === undefined) return;
    const { clock, stopMs = DEFAULT_STOP_MS, emit } = this.#options;
    const ms = Math.min(stopMs, plugin.manifest.activity.stopMs ?? stopMs);
    try {
      await within(() => stop(), { instance, ms, clock, what: 'stop', plugin: plugin.name });
      emit(plugin.name, { kind: 'stopped' });
    } catch (error) {
      emit(plugin.name, { kind: 'stop-failed', error });
    }
  }

  async #tickOnce(plugin: ManagedPlugin): Promise<void> {
    if (!isServing(plugin.state) || plugin.instance === undefined) return;
    try {
      await findInterface(plugin.exports, ACTIVITY)?.['tick']?.();
    } catch (error) {
      this.#options.emit(plugin.name, { kind: 'tick-failed', error });
    }
  }
}

function activityOf({ exports }: CarrierInstance): ReturnType<typeof findInterface> {
  return findInterface(exports, ACTIVITY);
}

/** A step of a transaction wraps what went wrong in it. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && !PluginError.is(error) && error.cause !== undefined ? error.cause : error;
}
