import { randomUUID } from 'node:crypto';
import type { Capability, Limits } from '@wasm-plugin/abi';
import type { TrustOptions } from '@wasm-plugin/abi/trust';
import type { NatsServing, OwnedState, Rollout, Rollouts } from '@wasm-plugin/native-bridge/nats';
import { decodeEnvelope } from '@wasm-plugin/engine/reload';
import { printable } from '../terminal/index.js';
import { installed, NATS_PACKAGES } from './installed.js';
import type { Report } from './reporter.js';
import { RollingPlugin } from './rolling-plugin.js';

/** Interval of saves while a state is owned, in milliseconds. */
const SAVE_MS = 1000;

/** Options of `serveRolling`. */
export interface ServeRollingOptions {
  id: string;
  /** The version that is wanted if none was ever. */
  version: string;
  url: string;
  limits: Limits;
  grants: readonly Capability[];
  folder: string;
  trust: TrustOptions;
  confirm: { calls: number; ms: number };
  /** A host that has its turn and gives no sign of life for so long loses it, in milliseconds. */
  leaseMs: number;
  report: Report;
  /** Settles when the process is to end. */
  ended: Promise<void>;
}

/**
 * Serves a plugin by NATS whose packages are in JetStream's object store, and goes to each version that is wanted of it when it is
 * this host's turn: with its state, on trial first. A version that fails on one host is taken back on all.
 */
export async function serveRolling(options: ServeRollingOptions): Promise<void> {
  const { connectNats, NatsPackages, OwnedStates, Rollouts, serveNats } = await installed(
    import('@wasm-plugin/native-bridge/nats'),
    NATS_PACKAGES,
  );
  const { callMember } = await import('@wasm-plugin/native-bridge');
  const { id, leaseMs, report, url, ended } = options;
  const ending = new AbortController();
  void ended.then(() => ending.abort());
  const { signal } = ending;
  const nats = await connectNats(url);
  const onLog = (level: string, message: string): void =>
    report({ event: 'log', level, message: printable(message) });
  const packages = await NatsPackages.open(nats);
  const rollouts = await Rollouts.open(nats, { leaseMs });
  const plugin = new RollingPlugin({ ...options, packages, onLog, callMember });
  let owned: OwnedState | undefined;
  try {
    let first = await rollouts.wantFirst(id, options.version);
    if (await plugin.hasState(first.version)) {
      const states = await OwnedStates.open(nats, { leaseMs });
      report({ event: 'waiting', message: `waits for the state of ${id}` });
      owned = await states.own(id, { signal }).catch((error: unknown) => {
        if (signal.aborted) return undefined;
        throw error;
      });
      if (owned === undefined) return;
      void owned.lost.then(() => ending.abort());
      first = (await rollouts.get(id)) ?? first;
    }
    await plugin.start(firstVersion(first, owned?.state));
    if (owned?.state !== undefined) await plugin.restore(owned.state);
    const host = new RollingHost({
      id,
      plugin,
      rollouts,
      owned,
      report,
      signal,
      join: async () => serveNats(nats, await plugin.served(), { connections: false, onLog }),
      onJoined: () => report({ event: 'listening', id, version: plugin.version, address: url }),
    });
    await host.run(ended);
  } finally {
    await plugin.close();
    await owned?.release();
    await nats.drain();
  }
}

/**
 * Returns the version that a host begins with. A version that is not on every host yet is on trial: this host takes its turn as
 * those that run do, unless the state that it goes on with is of that version already.
 */
function firstVersion({ phase, version, from }: Rollout, state: Uint8Array | undefined): string {
  if (phase !== 'rolling' || from === undefined) return version;
  return state !== undefined && decodeEnvelope(state).version === version ? version : from;
}

interface RollingHostOptions {
  id: string;
  plugin: RollingPlugin;
  rollouts: Rollouts;
  owned: OwnedState | undefined;
  report: Report;
  signal: AbortSignal;
  /** Joins the services of NATS with the version that runs. */
  join(): Promise<NatsServing>;
  onJoined(): void;
}

/** One host of a plugin among others: takes calls, and its turn when another version is wanted. */
class RollingHost {
  readonly #options: RollingHostOptions;
  readonly #name = randomUUID();
  #joined: NatsServing | undefined;
  #wanted: Rollout | undefined;
  /** The number of what this host could not go to. */
  #given = -1;
  #working: Promise<void> | undefined;

  constructor(options: RollingHostOptions) {
    this.#options = options;
  }

  async run(ended: Promise<void>): Promise<void> {
    const { id, rollouts, owned, report } = this.#options;
    await this.#join();
    const stop = await rollouts.watch(id, (wanted) => {
      this.#wanted = wanted;
      this.#work();
    });
    const saving = setInterval(() => {
      void this.#save();
      // A host that was to go on may be gone, and tells nobody.
      if (this.#wanted?.phase !== 'stable') this.#work();
    }, SAVE_MS);
    const lost = await Promise.race([ended, ...(owned === undefined ? [] : [owned.lost])]);
    clearInterval(saving);
    stop();
    // Nobody may call a plugin any more whose state another host owns.
    if (lost !== undefined) await this.#leave();
    await this.#working;
    await this.#leave();
    if (lost !== undefined) throw lost;
    await this.#save();
    report({ event: 'note', message: `${id} has ended` });
  }

  /** Joins with the version that runs, before it leaves with the one before: somebody takes each call. */
  async #join(): Promise<void> {
    const before = this.#joined;
    this.#joined = await this.#options.join();
    await before?.close();
    this.#options.onJoined();
  }

  async #leave(): Promise<void> {
    const joined = this.#joined;
    this.#joined = undefined;
    await joined?.close();
  }

  #work(): void {
    this.#working ??= this.#follow()
      .catch((error: unknown) => this.#note(error))
      .finally(() => (this.#working = undefined));
  }

  /** Goes to what is wanted, until that runs here. */
  async #follow(): Promise<void> {
    const { id, plugin, rollouts, signal } = this.#options;
    for (;;) {
      const wanted = this.#wanted;
      if (signal.aborted || wanted === undefined) return;
      if (wanted.version === plugin.version) {
        if (wanted.phase !== 'stable') await rollouts.settle(id, { number: wanted.number, signal });
        return;
      }
      if (wanted.number === this.#given) return;
      const turn = await rollouts.takeTurn(id, { host: this.#name, number: wanted.number, signal });
      if (turn === undefined) {
        this.#wanted = await rollouts.get(id);
        continue;
      }
      this.#options.report({ event: 'note', message: `goes from ${plugin.version} to ${wanted.version}` });
      try {
        await plugin.change(wanted.version, { isBack: wanted.phase === 'rolling-back', signal });
        await this.#join();
      } catch (error) {
        // It says nothing of the version that this host ends.
        if (signal.aborted) return await turn.done();
        this.#given = wanted.number;
        this.#note(error);
        await turn.fail(reasonOf(error));
        this.#wanted = await rollouts.get(id);
        continue;
      }
      await turn.done();
    }
  }

  async #save(): Promise<void> {
    const { owned, plugin, report, id } = this.#options;
    // A version on trial may be taken back: the version before it must be able to read what is saved.
    if (owned === undefined || plugin.isConfirming) return;
    try {
      if (await plugin.save(owned)) report({ event: 'saved', id });
    } catch (error) {
      this.#note(error);
    }
  }

  #note(error: unknown): void {
    this.#options.report({ event: 'note', message: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error));
}
