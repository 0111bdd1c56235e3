import { PluginError, QuotaError, TrapError } from '@wasm-plugin/abi';
import { BridgedInstance } from '../instance/index.js';
import type { Connection } from './connection.js';
import type { Hello } from './hello.js';
import { remoteExports } from './remote-exports.js';

/** Codes by which the other side says that its instance is dead. */
const DEADLY =
  /^(?:WP_TRAP|WP_TRAP_ABI|WP_EXIT|WP_QUOTA_(?:FUEL|TIME|WALL|STACK|HOST|HANDLES|MEMORY|TABLE))$/;

/**
 * A plugin at the other end of a connection. Its functions give promises. It is dead when the connection ends, when the other side
 * says that it trapped or hit a limit, and when a call has no answer at its deadline: nobody knows then what the plugin does.
 */
export class RemoteInstance extends BridgedInstance {
  #connection: Connection | undefined;
  #exports: Readonly<Record<string, unknown>> = {};

  /** Connects the instance with its plugin. */
  attach(connection: Connection, hello: Hello): this {
    this.#connection = connection;
    this.#exports = remoteExports(hello.functions, async (index, args) => {
      if (this.death !== undefined) throw this.death;
      try {
        return await connection.call(index, args, { deadlineMs: this.wallMs });
      } catch (error) {
        const death = this.#deathOf(error);
        if (death === undefined) throw error;
        if (this.state === 'ready') {
          super.die(death);
          connection.close();
        }
        throw this.death === death ? death : error;
      }
    });
    return this;
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
    await this.#connection?.drain();
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
