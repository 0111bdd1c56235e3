import { PluginError, QuotaError, TrapError } from '@wasm-plugin/abi';
import { BridgedInstance } from '../instance/index.js';
import type { CallTarget } from './call-member.js';
import type { OfferedFunction } from './hello.js';
import type { CallOptions } from './outgoing-calls.js';
import { remoteExports } from './remote-exports.js';
import type { ClassOf } from './remote-resource.js';

/** Codes by which the other side says that its instance is dead. */
const DEADLY =
  /^(?:WP_TRAP|WP_TRAP_ABI|WP_EXIT|WP_QUOTA_(?:FUEL|TIME|WALL|STACK|HOST|HANDLES|MEMORY|TABLE))$/;

/** A way to call a plugin's functions: a connection, or a link without an instance of its own at its other end. */
export interface RemoteLink {
  readonly functions: readonly OfferedFunction[];
  /** Classes of its resources. @default it has none */
  readonly classOf?: ClassOf;
  /** True if a call that misses its deadline, or ends what runs it, leaves the others untouched. @default false */
  readonly survives?: boolean;
  /** Settles with the reason when the other end's process has ended. @default never */
  readonly ended?: Promise<PluginError>;
  /** Calls a function by its place in the list. @see Connection.call */
  call(index: number, args: readonly unknown[], options?: CallOptions): Promise<unknown>;
  /** Calls a function several times in one message. @see Connection.callBatch. @default each call is one of its own */
  callBatch?(
    index: number,
    batch: readonly (readonly unknown[])[],
    options?: CallOptions,
  ): Promise<unknown[]>;
  /** Lets calls under way finish, then ends it. */
  drain(): Promise<void>;
  close(): void;
}

/**
 * A plugin at the other end of a connection. Its functions return promises. It is dead when the connection ends, when the other
 * side reports a trap or an exceeded limit, and when a call has no answer at its deadline: the plugin's state is unknown then.
 */
export class RemoteInstance extends BridgedInstance {
  #link: RemoteLink | undefined;
  #exports: Readonly<Record<string, unknown>> = {};

  /** Connects the instance with its plugin. */
  attach(link: RemoteLink): this {
    this.#link = link;
    void link.ended?.then((error) => this.die(error));
    const call = (index: number, args: readonly unknown[]): Promise<unknown> =>
      this.#guarded(link, () => link.call(index, args, { deadlineMs: this.wallMs }));
    this.#exports = remoteExports(link.functions, call, link.classOf);
    return this;
  }

  /**
   * Calls a function several times, in one message where the plugin takes that: e.g. blocks of audio, which need not be done before the
   * next one is known. The calls run one after the other, all within the limit of one call. Returns their results.
   * @throws {RangeError} the plugin has no such function; and as each of its functions does
   */
  async callBatch(
    { interface: group, name }: CallTarget,
    batch: readonly (readonly unknown[])[],
  ): Promise<unknown[]> {
    const link = this.#link as RemoteLink;
    const index = link.functions.findIndex((each) => each.interface === group && each.name === name);
    if (index < 0) throw new RangeError(`Cannot call "${name}": "${this.plugin}" has no such function`);
    const how = { deadlineMs: this.wallMs };
    return this.#guarded(link, () =>
      link.callBatch === undefined
        ? Promise.all(batch.map((args) => link.call(index, args, how)))
        : link.callBatch(index, batch, how),
    );
  }

  override get exports(): Readonly<Record<string, unknown>> {
    return this.#exports;
  }

  /** Notes that the connection is over. */
  override die(error: PluginError): void {
    const { plugin } = this;
    super.die(new PluginError(error.code, error.message, { plugin, instanceUsable: false, cause: error }));
  }

  /** Lets calls under way finish, then ends the connection. */
  override async close(): Promise<void> {
    this.endByClose();
    await this.#link?.drain();
  }

  /** Runs a call of the link, and notes what of it ends the instance. */
  async #guarded<Result>(link: RemoteLink, run: () => Promise<Result>): Promise<Result> {
    if (this.death !== undefined) throw this.death;
    try {
      return await run();
    } catch (error) {
      const death = link.survives === true ? undefined : this.#deathOf(error);
      if (death === undefined) throw error;
      if (this.state === 'ready') {
        super.die(death);
        link.close();
      }
      throw this.death === death ? death : error;
    }
  }

  #deathOf(error: unknown): PluginError | undefined {
    if (!PluginError.is(error)) return undefined;
    const { plugin } = this;
    if (error instanceof QuotaError) {
      const { code, limit, unit, allowed, used, message } = error;
      const reason = message.replace(/^Cannot go on: /, '');
      return new QuotaError(code as 'WP_QUOTA_WALL', { limit, unit, allowed, used, reason, plugin });
    }
    const { cause, message } = error;
    if (!PluginError.is(cause) || !DEADLY.test(cause.code)) return undefined;
    const { code } = cause;
    if (code === 'WP_TRAP' || code === 'WP_TRAP_ABI') return new TrapError(code, message, { plugin, cause });
    return new PluginError(code, message, { plugin, cause, instanceUsable: false });
  }
}
