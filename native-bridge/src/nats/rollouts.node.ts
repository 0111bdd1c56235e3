import { jetstream } from '@nats-io/jetstream';
import { Kvm, type KV, type KvEntry } from '@nats-io/kv';
import { Svcm } from '@nats-io/services';
import type { NatsConnection } from '@nats-io/transport-node';
import { PluginError } from '@wasm-plugin/abi';
import { isConflict, kvKey } from './kv-entries.js';
import { serviceName } from './subjects.js';

/** The version that all hosts of a plugin are to run, and their progress: one entry, which changes by compare-and-set alone. */
export interface Rollout {
  /** The version that is wanted. */
  readonly version: string;
  /** The version before it, which hosts go back to. */
  readonly from?: string;
  /** `rolling` and `rolling-back` while some host may run another version. */
  readonly phase: 'stable' | 'rolling' | 'rolling-back';
  /** Counts what was wanted: each `want` and each failure is one more. */
  readonly number: number;
  /** The host whose turn it is to change its version. */
  readonly turn?: { readonly host: string; readonly beat: number };
  /** The reason for which it went back. */
  readonly reason?: string;
}

/** Options of `Rollouts`. */
export interface RolloutsOptions {
  /** @default 'wasm-plugin-rollouts' */
  bucket?: string;
  /** Copies, in a cluster of NATS servers. @default 1 */
  replicas?: number;
  /** A host that has the turn and gave no sign of life for so long loses it, in milliseconds. @default 10,000 */
  leaseMs?: number;
}

/** A host's turn to change its version. */
export interface Turn {
  /** Passes the turn on: the version runs here, or this host ends. */
  done(): Promise<void>;
  /** The version cannot run here: all hosts go back. */
  fail(reason: string): Promise<void>;
}

/** Wanted versions of plugins in the key-value store of JetStream, which their hosts go to one after the other. */
export class Rollouts {
  readonly #nats: NatsConnection;
  readonly #kv: KV;
  readonly #leaseMs: number;

  private constructor(nats: NatsConnection, kv: KV, leaseMs: number) {
    this.#nats = nats;
    this.#kv = kv;
    this.#leaseMs = leaseMs;
  }

  /** @throws {PluginError} WP_UPDATE the server has no JetStream, or no room */
  static async open(nats: NatsConnection, options: RolloutsOptions = {}): Promise<Rollouts> {
    const { bucket = 'wasm-plugin-rollouts', replicas = 1, leaseMs = 10_000 } = options;
    try {
      const kv = await new Kvm(jetstream(nats)).create(bucket, { history: 1, replicas });
      return new Rollouts(nats, kv, leaseMs);
    } catch (error) {
      throw rolloutError('open the rollouts in NATS', error);
    }
  }

  /** Returns what is wanted of a plugin; `undefined` if nothing was ever. @throws {PluginError} WP_UPDATE NATS cannot be reached */
  async get(id: string): Promise<Rollout | undefined> {
    return (await this.#read(id)).rollout;
  }

  /**
   * Wants a version of a plugin: its hosts go to it one after the other. The first one that is wanted is that of every host at once.
   * @throws {PluginError} WP_UPDATE another rollout is under way, or NATS cannot be reached
   */
  want(id: string, version: string): Promise<Rollout> {
    return this.#change(id, (present) => {
      if (present === undefined) return { version, phase: 'stable', number: 1 };
      if (present.version === version) return present;
      if (present.phase !== 'stable')
        throw rolloutError(
          `roll "${id}" out to ${version}`,
          new Error(`${present.version} is ${present.phase}`),
        );
      return { version, from: present.version, phase: 'rolling', number: present.number + 1 };
    });
  }

  /** Wants a version of a plugin of which nothing was wanted yet. Returns what is wanted. @throws {PluginError} WP_UPDATE */
  wantFirst(id: string, version: string): Promise<Rollout> {
    return this.#change(id, (present) => present ?? { version, phase: 'stable', number: 1 });
  }

  /** Calls `onChange` with what is wanted now, and with each change. Returns what ends that. */
  async watch(id: string, onChange: (rollout: Rollout) => void): Promise<() => void> {
    const changes = await this.#kv.watch({ key: kvKey(id) });
    void (async () => {
      for await (const entry of changes) {
        const rollout = parse(entry);
        if (rollout !== undefined) onChange(rollout);
      }
    })().catch(() => undefined);
    return () => changes.stop();
  }

  /**
   * Waits for this host's turn to go to what is wanted: until nobody has it, or who has it gave no sign of life for as long as a lease.
   * Returns `undefined` if something else is wanted meanwhile, or `signal` is aborted.
   * @throws {PluginError} WP_UPDATE NATS cannot be reached
   */
  async takeTurn(
    id: string,
    { host, number, signal }: { host: string; number: number; signal?: AbortSignal | undefined },
  ): Promise<Turn | undefined> {
    for (;;) {
      if (signal?.aborted === true) return undefined;
      const { rollout, revision } = await this.#read(id);
      if (rollout === undefined || rollout.number !== number) return undefined;
      if (rollout.turn !== undefined && !(await this.#isAbandoned(id, { revision, signal }))) continue;
      const mine = { ...rollout, turn: { host, beat: 0 } };
      if (await this.#write(id, mine, revision)) return this.#turnOf(id, { host, number });
    }
  }

  /**
   * Ends a rollout if every host that is there serves the wanted version; also one whose host with the turn is gone.
   * @throws {PluginError} WP_UPDATE NATS cannot be reached
   */
  async settle(
    id: string,
    { number, signal }: { number: number; signal?: AbortSignal | undefined },
  ): Promise<void> {
    const { rollout, revision } = await this.#read(id);
    if (rollout === undefined || rollout.phase === 'stable' || rollout.number !== number) return;
    if (rollout.turn !== undefined && !(await this.#isAbandoned(id, { revision, signal }))) return;
    const versions = await this.served(id);
    if (versions.length === 0 || versions.some((version) => version !== rollout.version)) return;
    // If somebody has written meanwhile, that host settles it, or its next look.
    await this.#write(id, { ...withoutTurn(rollout), phase: 'stable' }, revision);
  }

  /** Lists the versions that hosts of a plugin serve at present, by NATS's services. */
  async served(id: string): Promise<string[]> {
    const client = new Svcm(this.#nats as unknown as ConstructorParameters<typeof Svcm>[0]).client({
      strategy: 'stall',
      maxWait: 2000,
      stall: 300,
    } as never);
    const versions: string[] = [];
    try {
      for await (const { version } of await client.ping(serviceName(id))) versions.push(version);
    } catch {
      // Nobody serves it.
    }
    return versions;
  }

  #turnOf(id: string, { host, number }: { host: string; number: number }): Turn {
    const isMine = (rollout: Rollout | undefined): rollout is Rollout =>
      rollout?.turn?.host === host && rollout.number === number;
    const timer = setInterval(() => {
      this.#change(id, (present) =>
        isMine(present) ? { ...present, turn: { host, beat: (present.turn?.beat ?? 0) + 1 } } : present,
      ).catch(() => undefined);
    }, this.#leaseMs / 4);
    timer.unref();
    const end = async (next: (present: Rollout) => Rollout): Promise<void> => {
      clearInterval(timer);
      await this.#change(id, (present) => (isMine(present) ? next(present) : present));
    };
    return {
      done: () => end(withoutTurn),
      fail: (reason) =>
        end(({ version, from, number: count, phase }) =>
          // There is nothing before the version that hosts went back to.
          from === undefined || phase === 'rolling-back'
            ? { version, phase, number: count, reason, ...(from !== undefined && { from }) }
            : { version: from, from: version, phase: 'rolling-back', number: count + 1, reason },
        ),
    };
  }

  async #read(id: string): Promise<{ rollout: Rollout | undefined; revision: number }> {
    try {
      const entry = await this.#kv.get(kvKey(id));
      return { rollout: parse(entry), revision: entry?.revision ?? 0 };
    } catch (error) {
      throw rolloutError(`read what is wanted of "${id}"`, error);
    }
  }

  /** Changes an entry, however often others change it meanwhile. */
  async #change(id: string, next: (present: Rollout | undefined) => Rollout | undefined): Promise<Rollout> {
    for (;;) {
      const { rollout, revision } = await this.#read(id);
      const wanted = next(rollout);
      if (wanted === undefined || wanted === rollout) return rollout as Rollout;
      if (await this.#write(id, wanted, revision)) return wanted;
    }
  }

  /** Writes an entry. Returns false if somebody else has written since it was read. */
  async #write(id: string, rollout: Rollout, revision: number): Promise<boolean> {
    const bytes = new TextEncoder().encode(JSON.stringify(rollout));
    try {
      if (revision === 0) await this.#kv.create(kvKey(id), bytes);
      else await this.#kv.update(kvKey(id), bytes, revision);
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw rolloutError(`write what is wanted of "${id}"`, error);
    }
  }

  /** Returns true if an entry stays the same for as long as a lease, by the clock of this host alone. */
  async #isAbandoned(
    id: string,
    { revision, signal }: { revision: number; signal: AbortSignal | undefined },
  ): Promise<boolean> {
    const step = this.#leaseMs / 8;
    for (let passed = 0; passed < this.#leaseMs; passed += step) {
      await new Promise((resolve) => setTimeout(resolve, step));
      if (signal?.aborted === true) return false;
      if ((await this.#read(id)).revision !== revision) return false;
    }
    return true;
  }
}

function withoutTurn({ version, from, phase, number, reason }: Rollout): Rollout {
  return {
    version,
    phase,
    number,
    ...(from !== undefined && { from }),
    ...(reason !== undefined && { reason }),
  };
}

function parse(entry: KvEntry | null): Rollout | undefined {
  return entry === null || entry.operation !== 'PUT' ? undefined : entry.json<Rollout>();
}

function rolloutError(what: string, cause: unknown): PluginError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PluginError('WP_UPDATE', `Cannot ${what}: ${reason}`, { cause });
}
