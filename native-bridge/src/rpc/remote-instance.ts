import { PluginError } from '@wasm-plugin/abi';
import { BridgedInstance } from '../instance/index.js';
import type { Connection } from './connection.js';
import type { Hello } from './hello.js';
import { remoteExports } from './remote-exports.js';

/** A plugin at the other end of a connection. Its functions give promises. It is dead when the connection ends. */
export class RemoteInstance extends BridgedInstance {
  #connection: Connection | undefined;
  #exports: Readonly<Record<string, unknown>> = {};

  /** Connects the instance with its plugin. */
  attach(connection: Connection, hello: Hello): this {
    this.#connection = connection;
    this.#exports = remoteExports(hello.functions, async (index, args) => {
      if (this.death !== undefined) throw this.death;
      return await connection.call(index, args, { deadlineMs: this.wallMs });
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
}
