import { AbiError, TrapError, type ResolvedLimits } from '@wasm-plugin/abi';
import { openReloadableLane, type LaneEngine, type ReloadableLane } from '../audio/index.js';
import { COMPOSED } from '../canonical/index.js';
import { encodeEnvelope, findInterface, type ReloadEvent } from '../reload/index.js';
import { LoadedPlugin, type CompiledComponent } from '../runtime/index.js';
import type {
  OpenMessage,
  PageMessage,
  PostedVersion,
  RequestKind,
  RequestMessage,
  Requests,
} from './messages.js';
import { postedErrorFrom } from './posted-error.js';
import { openScope } from './scope/index.js';

type Channels = readonly Float32Array[];
type Answers = { [Kind in RequestKind]: (given: Requests[Kind]['given']) => unknown };

/** A plugin in an audio worklet: answers the page's requests, and processes blocks in between. */
export class WorkletPlugin {
  readonly #post: (message: PageMessage) => void;
  readonly #posted = new Map<Uint8Array, CompiledComponent>();
  #lane: ReloadableLane | undefined;
  #options: OpenMessage | undefined;
  #isEnded = false;
  #blocks = 0;
  #busyMs = 0;
  readonly #answers: Answers = {
    open: (given) => this.#open(given),
    reload: ({ policy, ...version }) => this.#reload(version, policy),
    rollBack: () => this.#opened().rollBack(),
    call: ({ path, args }) => this.#call(path, args),
    usage: () => ({ ...this.#opened().instance.usage(), blocks: this.#blocks, busyMs: this.#busyMs }),
    save: () => this.#save(),
    limit: (limits) => this.#opened().instance.limitCalls(limits),
    close: () => this.#close(),
  };

  constructor(post: (message: PageMessage) => void) {
    this.#post = post;
  }

  /** False once the plugin was closed. */
  get isOpen(): boolean {
    return !this.#isEnded;
  }

  /** Answers a request of the page. */
  async answer({ id, kind, given }: RequestMessage): Promise<void> {
    try {
      const value: unknown = await (this.#answers[kind] as (given: unknown) => unknown)(given);
      this.#post({ kind: 'answer', id, value });
    } catch (error) {
      this.#post({ kind: 'refusal', id, error: postedErrorFrom(error) });
    }
  }

  /** Processes one block; silence before the plugin is open, and after its end. Realtime: yes. */
  process(inputs: Channels | undefined, outputs: Channels): void {
    const lane = this.#lane;
    if (lane === undefined) return;
    const began = Date.now();
    const frames = (outputs[0] as Float32Array).length;
    const into = lane.inputs;
    for (let channel = 0; channel < into.length; channel++) {
      const source = inputs?.[channel];
      if (source === undefined) (into[channel] as Float32Array).fill(0);
      else (into[channel] as Float32Array).set(source);
    }
    try {
      lane.process(frames);
    } catch (error) {
      this.#lane = undefined;
      this.#post({ kind: 'dead', error: postedErrorFrom(error) });
      return;
    }
    const from = lane.outputs;
    for (let channel = 0; channel < outputs.length; channel++) {
      const source = from[channel] as Float32Array;
      (outputs[channel] as Float32Array).set(source.length === frames ? source : source.subarray(0, frames));
    }
    this.#blocks++;
    this.#busyMs += Math.max(0, Date.now() - began);
  }

  async #open(options: OpenMessage): Promise<undefined> {
    openScope(options.ports);
    this.#options = options;
    const { name, setup, settings, crossfade, confirmBlocks, version, compiled } = options;
    this.#lane = await openReloadableLane(this.#engine(options.limits), {
      component: this.#keyOf(compiled),
      version,
      name,
      setup,
      settings,
      crossfade,
      confirmBlocks,
      onEvent: (event) => this.#tell(event),
    });
    return undefined;
  }

  async #reload(
    { compiled, version }: PostedVersion,
    policy: Requests['reload']['given']['policy'],
  ): Promise<Requests['reload']['answer']> {
    const lane = this.#opened();
    const component = this.#keyOf(compiled);
    try {
      const { state, pauseMs } = await lane.reload({ component, version, ...(policy && { policy }) });
      return { state, pauseMs };
    } finally {
      this.#posted.delete(component);
    }
  }

  /** Loads by a key of its own: the bytes stayed with the page. */
  #keyOf(compiled: CompiledComponent): Uint8Array {
    const key = new Uint8Array(0);
    this.#posted.set(key, compiled);
    return key;
  }

  #engine(limits: ResolvedLimits): LaneEngine {
    return {
      load: (key, { name }) => {
        const compiled = this.#posted.get(key) as CompiledComponent;
        const plugin = new LoadedPlugin(compiled, {
          name,
          backend: COMPOSED,
          imports: this.#imports(),
          limits,
          aliases: new Map(),
          onClose: () => undefined,
        });
        return Promise.resolve(plugin);
      },
    };
  }

  #imports(): Record<string, object> {
    const settings = this.#options?.settings ?? [];
    return {
      'wasm-plugin:abi/log': {
        log: (level: string, message: string) => this.#post({ kind: 'log', level, message }),
      },
      'wasm-plugin:abi/config': {
        get: (wanted: string) => settings.find(({ key }) => key === wanted)?.value,
        keys: () => settings.map(({ key }) => key),
      },
    };
  }

  #call(path: readonly string[], args: readonly unknown[]): unknown {
    const { exports } = this.#opened().instance;
    const [name = '', ...rest] = path;
    const found = exports[name] ?? findInterface(exports, name);
    const callee = rest.reduce<unknown>(
      (from, key) => (from as Record<string, unknown> | undefined)?.[key],
      found,
    );
    if (typeof callee !== 'function') {
      throw new AbiError(
        'WP_EXPORT_MISSING',
        `Cannot call "${path.join('.')}": the plugin does not export it`,
      );
    }
    return (callee as (...given: readonly unknown[]) => unknown)(...args);
  }

  async #save(): Promise<Uint8Array | undefined> {
    const state = await this.#opened().save();
    return state === undefined ? undefined : encodeEnvelope(state);
  }

  async #close(): Promise<undefined> {
    const lane = this.#lane;
    this.#lane = undefined;
    this.#isEnded = true;
    await lane?.close();
    return undefined;
  }

  #opened(): ReloadableLane {
    if (this.#lane !== undefined) return this.#lane;
    throw new TrapError('WP_CLOSED', 'Cannot reach the plugin: it has ended');
  }

  #tell(event: ReloadEvent): void {
    const error = 'error' in event ? event.error : 'reason' in event ? event.reason : undefined;
    this.#post({
      kind: 'event',
      event: { kind: event.kind, ...(error !== undefined && { error: postedErrorFrom(error) }) },
    });
  }
}
