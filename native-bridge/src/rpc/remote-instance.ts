import {
  PluginError,
  TrapError,
  type CallLimits,
  type CarrierInstance,
  type LimitName,
} from '@wasm-plugin/abi';
import type { Connection } from './connection.js';
import type { Hello } from './hello.js';
import { remoteExports } from './remote-exports.js';

/** What a remote instance is made with. */
export interface RemoteInstanceOptions {
  plugin: string;
  wallMs: number;
  onEnd: (() => unknown) | undefined;
}

/** A plugin at the other end of a connection. Its functions give promises. It is dead when the connection ends. */
export class RemoteInstance implements CarrierInstance {
  readonly #options: RemoteInstanceOptions;
  #connection: Connection | undefined;
  #exports: Readonly<Record<string, unknown>> = {};
  #wallMs: number;
  #state: 'ready' | 'dead' | 'closed' = 'ready';
  #death: PluginError | undefined;
  #hostCalls = 0;

  constructor(options: RemoteInstanceOptions) {
    this.#options = options;
    this.#wallMs = options.wallMs;
  }

  /** Connects the instance with its plugin. */
  attach(connection: Connection, hello: Hello): this {
    this.#connection = connection;
    this.#exports = remoteExports(hello.functions, async (index, args) => {
      if (this.#death !== undefined) throw this.#death;
      return await connection.call(index, args, { deadlineMs: this.#wallMs });
    });
    return this;
  }

  get exports(): Readonly<Record<string, unknown>> {
    return this.#exports;
  }

  get state(): 'ready' | 'dead' | 'closed' {
    return this.#state;
  }

  get death(): PluginError | undefined {
    return this.#death;
  }

  usage(): Readonly<Partial<Record<LimitName, number>>> {
    return { hostCalls: this.#hostCalls };
  }

  limitCalls({ wallMs }: CallLimits = {}): void {
    this.#wallMs = wallMs === undefined ? this.#options.wallMs : Number(wallMs);
  }

  /** Counts a call of a host import. */
  countHostCall(): void {
    this.#hostCalls++;
  }

  /** Notes that the connection is over. */
  die(error: PluginError): void {
    if (this.#state !== 'ready') return;
    this.#state = 'dead';
    this.#death = new PluginError(error.code, error.message, {
      plugin: this.#options.plugin,
      instanceUsable: false,
      cause: error,
    });
    this.#options.onEnd?.();
  }

  /** Lets calls under way finish, then ends the connection. */
  async close(): Promise<void> {
    if (this.#state === 'ready') {
      const { plugin, onEnd } = this.#options;
      this.#state = 'closed';
      this.#death = new TrapError('WP_CLOSED', `Cannot call "${plugin}": it is closed`, { plugin });
      onEnd?.();
    }
    await this.#connection?.drain();
  }
}
