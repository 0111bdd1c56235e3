import {
  TrapError,
  type CallLimits,
  type CarrierInstance,
  type LimitName,
  type PluginError,
} from '@wasm-plugin/abi';

/** Options of an instance outside of this engine. */
export interface BridgedInstanceOptions {
  plugin: string;
  /** The longest call, in milliseconds. */
  wallMs: number;
  onEnd: (() => unknown) | undefined;
}

/** The life of an instance that runs outside of this engine: ready, then dead or closed for ever. */
export abstract class BridgedInstance implements CarrierInstance {
  protected readonly plugin: string;
  /** The longest call, in milliseconds. */
  protected wallMs: number;
  readonly #ownWallMs: number;
  readonly #onEnd: (() => unknown) | undefined;
  #state: 'ready' | 'dead' | 'closed' = 'ready';
  #death: PluginError | undefined;
  #hostCalls = 0;

  constructor({ plugin, wallMs, onEnd }: BridgedInstanceOptions) {
    this.plugin = plugin;
    this.wallMs = wallMs;
    this.#ownWallMs = wallMs;
    this.#onEnd = onEnd;
  }

  abstract get exports(): Readonly<Record<string, unknown>>;

  abstract close(): Promise<void>;

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
    this.wallMs = wallMs === undefined ? this.#ownWallMs : Number(wallMs);
  }

  /** Counts a call of a host import. */
  countHostCall(): void {
    this.#hostCalls++;
  }

  /** Notes that the plugin must not be called again. State: any; only a ready instance dies. */
  die(error: PluginError): void {
    this.#end('dead', error);
  }

  /** Refuses calls from now on. State: any; only a ready instance becomes closed. */
  protected endByClose(): void {
    const { plugin } = this;
    this.#end('closed', new TrapError('WP_CLOSED', `Cannot call "${plugin}": it is closed`, { plugin }));
  }

  #end(state: 'dead' | 'closed', death: PluginError): void {
    if (this.#state !== 'ready') return;
    this.#state = state;
    this.#death = death;
    this.#onEnd?.();
  }
}
