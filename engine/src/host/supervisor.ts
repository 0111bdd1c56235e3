import { recoveryOf } from '@wasm-plugin/abi';
import { checkHealth, SYSTEM_CLOCK, type Clock } from '../reload/index.js';
import { backoffMs } from './backoff.js';
import { CircuitBreaker, type BreakerState } from './circuit-breaker.js';
import type { ManagedPlugin } from './managed-plugin.js';
import type { PluginSet } from './plugin-set.js';
import type { PluginReloads } from './plugin-reloads.js';
import type { SupervisorEvent, SupervisorOptions } from './supervisor-options.js';

/** One plugin that is watched over. */
interface Ward {
  readonly plugin: ManagedPlugin;
  readonly breaker: CircuitBreaker;
  tries: number;
  restarts: number[];
  unhealthy: number;
  quarantined: boolean;
  restarting: boolean;
  readonly timers: Map<'restart' | 'health' | 'save', () => void>;
}

/**
 * Starts plugins that died anew: from their last good state, after a while that grows, as long as that may help. If it
 * does not, a breaker opens, and in the end the plugin is put into quarantine: nothing is tried until someone releases it.
 *
 * A plugin that is dead answers each call with its error, and harms nobody else: instances share nothing. Only a plugin that
 * calls a dead one gets that error in the middle of its own call, which is a trap of its own; if it is watched over too,
 * it is started anew as well.
 */
export class Supervisor {
  readonly #host: PluginSet;
  readonly #reloads: PluginReloads;
  readonly #options: SupervisorOptions;
  readonly #clock: Clock;
  readonly #wards = new Map<string, Ward>();
  readonly #stopListening: () => void;

  constructor(host: PluginSet, reloads: PluginReloads, options: SupervisorOptions = {}) {
    this.#host = host;
    this.#reloads = reloads;
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#stopListening = host.on('state', ({ plugin, to, error }) => {
      const ward = this.#wards.get(plugin);
      // The old version of a reload may come back in its place.
      if (to === 'dead' && ward !== undefined)
        void this.#reloads.settled(plugin).then(() => this.#onDeath(ward, error));
      if (to === 'registered' || to === 'removed') this.ignore(plugin);
    });
  }

  /** Watches over a plugin that is loaded. */
  watch(name: string): void {
    if (this.#wards.has(name)) return;
    const plugin = this.#host.get(name);
    const ward: Ward = {
      plugin,
      breaker: new CircuitBreaker(this.#clock, {
        ...this.#options.breaker,
        onChange: (from, to) => {
          this.#emit(name, { kind: 'breaker', from, to });
          if (to === 'half-open') void this.#restart(ward);
        },
      }),
      tries: 0,
      restarts: [],
      unhealthy: 0,
      quarantined: false,
      restarting: false,
      timers: new Map(),
    };
    this.#wards.set(name, ward);
    this.#reloads.startRecording(name);
    this.#every(ward, 'health', this.#options.healthMs, () => this.#checkHealth(ward));
    this.#every(ward, 'save', this.#options.saveMs, () => this.#save(ward));
    if (plugin.state === 'dead') this.#onDeath(ward, plugin.error);
  }

  /** Stops watching over a plugin. */
  ignore(name: string): void {
    const ward = this.#wards.get(name);
    if (ward === undefined) return;
    this.#wards.delete(name);
    for (const cancel of ward.timers.values()) cancel();
    ward.timers.clear();
  }

  /** Returns whether nothing is tried any more with a plugin. */
  isQuarantined(name: string): boolean {
    return this.#wards.get(name)?.quarantined ?? false;
  }

  breakerOf(name: string): BreakerState | undefined {
    return this.#wards.get(name)?.breaker.state;
  }

  /** Lets a plugin out of quarantine, and starts it anew. */
  async release(name: string): Promise<void> {
    const ward = this.#wards.get(name);
    if (ward === undefined || !ward.quarantined) return;
    ward.quarantined = false;
    ward.restarts = [];
    ward.tries = 0;
    ward.breaker.reset();
    await this.#restart(ward);
  }

  close(): void {
    this.#stopListening();
    for (const name of this.#wards.keys()) this.ignore(name);
  }

  #onDeath(ward: Ward, error: unknown): void {
    const { plugin, breaker } = ward;
    if (plugin.state !== 'dead' || this.#wards.get(plugin.name) !== ward || ward.quarantined) return;
    const recovery = recoveryOf(error);
    if (recovery === 'change') {
      this.#emit(plugin.name, { kind: 'died', error, restartInMs: undefined });
      this.#quarantine(ward, 'starting it anew does not help', error);
      return;
    }
    breaker.fail();
    const restartInMs = breaker.state === 'closed' ? this.#restartLater(ward) : undefined;
    this.#emit(plugin.name, { kind: 'died', error, restartInMs });
  }

  #restartLater(ward: Ward): number {
    const { backoff, random = Math.random } = this.#options;
    const delayMs = backoffMs(ward.tries++, random(), backoff);
    ward.timers.get('restart')?.();
    ward.timers.set(
      'restart',
      this.#clock.after(delayMs, () => void this.#restart(ward)),
    );
    return delayMs;
  }

  async #restart(ward: Ward): Promise<void> {
    const { plugin, breaker } = ward;
    const { name } = plugin;
    if (ward.restarting || ward.quarantined || this.#wards.get(name) !== ward) return;
    const { mostRestarts = 10, restartsWithinMs = 600_000 } = this.#options;
    const now = this.#clock.now();
    ward.restarts = ward.restarts.filter((at) => now - at < restartsWithinMs);
    if (ward.restarts.length >= mostRestarts) {
      const reason = `it was started anew ${mostRestarts} times in ${restartsWithinMs} ms`;
      this.#quarantine(ward, reason, plugin.error);
      return;
    }
    ward.restarts.push(now);
    ward.restarting = true;
    try {
      const result = await this.#reloads.recover(name);
      ward.unhealthy = 0;
      breaker.prove();
      this.#emit(name, { kind: 'restarted', ...result });
    } catch (error) {
      this.#emit(name, { kind: 'restart-failed', error });
      if (recoveryOf(error) === 'change') this.#quarantine(ward, 'it cannot be started anew', error);
      else {
        breaker.fail();
        if (breaker.state === 'closed') this.#restartLater(ward);
      }
    } finally {
      ward.restarting = false;
    }
  }

  #quarantine(ward: Ward, reason: string, error: unknown): void {
    ward.quarantined = true;
    ward.timers.get('restart')?.();
    this.#emit(ward.plugin.name, { kind: 'quarantined', reason, error });
  }

  async #checkHealth(ward: Ward): Promise<void> {
    const { instance, state, name } = ward.plugin;
    if (instance === undefined || state !== 'ready') return;
    try {
      await checkHealth(instance);
      ward.unhealthy = 0;
      ward.tries = 0;
    } catch (error) {
      // A trap has its own way.
      if (instance.state !== 'ready') return;
      ward.unhealthy++;
      this.#emit(name, { kind: 'unhealthy', error, inARow: ward.unhealthy });
      if (ward.unhealthy < (this.#options.unhealthyAfter ?? 3)) return;
      ward.breaker.fail();
      if (ward.breaker.state === 'closed') await this.#restart(ward);
    }
  }

  async #save({ plugin }: Ward): Promise<void> {
    if (plugin.state !== 'ready') return;
    try {
      await this.#reloads.save(plugin.name);
    } catch (error) {
      this.#emit(plugin.name, { kind: 'save-failed', error });
    }
  }

  /** Does something again and again, each time a while after it was done. */
  #every(ward: Ward, what: 'health' | 'save', delayMs: number | undefined, work: () => Promise<void>): void {
    if (delayMs === undefined) return;
    const next = (): void => {
      const again = async (): Promise<void> => {
        await work();
        if (this.#wards.get(ward.plugin.name) === ward) next();
      };
      ward.timers.set(
        what,
        this.#clock.after(delayMs, () => void again()),
      );
    };
    next();
  }

  #emit(
    plugin: string,
    event: SupervisorEvent extends infer E ? (E extends unknown ? Omit<E, 'plugin'> : never) : never,
  ): void {
    this.#options.onEvent?.({ plugin, ...event } as SupervisorEvent);
  }
}
