import { PluginError, TrapError, type CarrierInstantiateOptions } from '@wasm-plugin/abi';
import { givenInterface } from '../abi/index.js';
import { BridgedInstance, type BridgedInstanceOptions } from '../instance/index.js';
import type { CallEntry } from './call-table.js';
import { nativeExports } from './native-exports.js';
import type { NativeLane, Setup } from './laned-plugin.js';
import type { NativeHost } from './native-plugin.js';

/** A running native plugin, wherever it runs. */
export interface NativeRunner {
  readonly hasAudio: boolean;
  call(entry: CallEntry, options: { args: readonly unknown[]; wallMs: number }): unknown;
  openLane(setup: Setup, blockMs: number): NativeLane;
  close(): void | Promise<void>;
}

/** An instance of the carrier `library`. */
export class LibraryInstance extends BridgedInstance {
  /** The longest block of a lane, in milliseconds. */
  readonly #blockMs: number;
  #runner: NativeRunner | undefined;
  #exports: Record<string, unknown> = {};
  #calling = false;
  #suspended = false;

  constructor({ blockMs, ...options }: BridgedInstanceOptions & { blockMs: number }) {
    super(options);
    this.#blockMs = blockMs;
  }

  /** Connects the instance with its runner. */
  attach(runner: NativeRunner): this {
    this.#runner = runner;
    this.#exports = nativeExports((entry, args) => this.#call(entry, args), {
      audio: runner.hasAudio,
      plugin: this.plugin,
    });
    return this;
  }

  override get exports(): Readonly<Record<string, unknown>> {
    return this.#exports;
  }

  /**
   * Prepares the plugin and opens its realtime lane.
   *
   * State: ready or prepared, becomes prepared. Realtime: no, it allocates; `process` of the lane: yes.
   * @throws {GuestError} WP_GUEST the plugin cannot work with this setup; the instance stays usable
   * @throws {PluginError} WP_BRIDGE the plugin failed; it is dead
   */
  openLane(setup: Setup): NativeLane {
    const { processor } = this.#exports as { processor?: { prepare(setup: Setup): void } };
    if (processor === undefined) {
      throw new PluginError(
        'WP_EXPORT_MISSING',
        `Cannot open a realtime lane: "${this.plugin}" processes no audio`,
        {
          plugin: this.plugin,
        },
      );
    }
    processor.prepare(setup);
    const lane = this.#live().openLane(setup, this.#blockMs);
    return {
      inputs: lane.inputs,
      outputs: lane.outputs,
      process: (frames) => {
        if (!(frames <= setup.maxFrames))
          throw new RangeError(`Cannot process ${frames} frames: the lane holds ${setup.maxFrames}`);
        this.#enter();
        try {
          lane.process(frames);
        } finally {
          this.#calling = false;
        }
      },
    };
  }

  suspend(): () => void {
    this.#suspended = true;
    return () => {
      this.#suspended = false;
    };
  }

  override async close(): Promise<void> {
    this.endByClose();
    const runner = this.#runner;
    this.#runner = undefined;
    // From a function that the plugin called: it has to return before its code goes.
    while (this.#calling) await new Promise(setImmediate);
    await runner?.close();
  }

  #live(): NativeRunner {
    if (this.death !== undefined) throw this.death;
    return this.#runner as NativeRunner;
  }

  /** Begins a call; `#calling` ends it. Realtime: yes. */
  #enter(): NativeRunner {
    const runner = this.#live();
    const { plugin } = this;
    if (this.#calling)
      throw new TrapError('WP_TRAP_ABI', `Cannot call "${plugin}": it is already running`, { plugin });
    if (this.#suspended) {
      const message = `Cannot call "${plugin}": its state was saved, and is on its way to another instance`;
      throw new PluginError('WP_LIFECYCLE', message, { plugin });
    }
    this.#calling = true;
    return runner;
  }

  #call(entry: CallEntry, args: readonly unknown[]): unknown {
    const runner = this.#enter();
    try {
      return runner.call(entry, { args, wallMs: this.wallMs });
    } finally {
      this.#calling = false;
    }
  }

  /** Returns the host's functions for the plugin, with their calls counted. */
  hostFrom(imports: CarrierInstantiateOptions['imports']): NativeHost {
    const log = givenInterface(imports, 'log') as { log(level: string, message: string): void } | undefined;
    const config = givenInterface(imports, 'config') as { get(key: string): string | undefined } | undefined;
    return {
      log: (level, message) => {
        this.countHostCall();
        log?.log(level, message);
      },
      config: (key) => {
        this.countHostCall();
        return config?.get(key);
      },
    };
  }
}
