import type { CallLimits, GuestFrame } from '@wasm-plugin/abi';
import { checkCrossing } from '../isolated/index.js';
import { traceOfStack, type CompiledComponent } from '../runtime/index.js';
import type { PageMessage, PostedError, RequestKind, Requests, WorkletUsage } from './messages.js';
import { errorFromPosted } from './posted-error.js';

/** Listeners of a node. */
export interface PluginNodeListeners {
  /** Hears each line that the plugin logs. */
  readonly onLog?: (level: string, message: string) => unknown;
  /** Hears of the steps of reloads: `committed`, `confirmed`, `rolled-back`, `failed`; with the error, if there is one. */
  readonly onEvent?: (event: { readonly kind: string; readonly error?: Error }) => unknown;
  /** Hears once why the plugin has ended in the middle of a block; the node is silent from then on. */
  readonly onDead?: (error: Error) => unknown;
}

/** A version to reload with. */
export interface NodeVersion {
  /** The binary of the component. */
  readonly component: Uint8Array;
  readonly version: string;
  /** Policy for a state that cannot be carried over. @default 'keep-old' */
  readonly policy?: 'keep-old' | 'discard-state' | 'last-good';
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface PluginNodeParts {
  readonly listeners: PluginNodeListeners;
  readonly compile: (component: Uint8Array) => Promise<CompiledComponent>;
  readonly post: (compiled: CompiledComponent) => CompiledComponent;
}

/** An audio plugin that runs in an audio worklet. Its calls are answered between two blocks. To be closed. */
export class PluginNode {
  /** The node, to be connected with others. */
  readonly node: AudioWorkletNode;
  readonly #parts: PluginNodeParts;
  readonly #pending = new Map<number, Pending>();
  readonly #compiled = new Set<CompiledComponent>();
  #requests = 0;
  #version = '';

  constructor(node: AudioWorkletNode, parts: PluginNodeParts) {
    this.node = node;
    this.#parts = parts;
    node.port.onmessage = ({ data }: MessageEvent<PageMessage>) => this.#hear(data);
    node.addEventListener('processorerror', () => this.#rejectAll('the processor has ended'));
  }

  /** The version that sounds. */
  get version(): string {
    return this.#version;
  }

  /**
   * Calls a function of the plugin.
   * @param path the interface, with or without its version, and the function; or a function alone
   * @throws {TypeError} an argument cannot cross to another thread, such as a function or a resource
   * @throws {AbiError} WP_EXPORT_MISSING
   * @throws {PluginError} as the call itself; the trace names the guest's functions
   * @example
   * await node.call(['wasm-plugin:abi/processor', 'setParameter'], 1, -6);
   */
  async call(path: readonly string[], ...args: readonly unknown[]): Promise<unknown> {
    for (const arg of args) checkCrossing(arg, 'an argument');
    return await this.#request('call', { path, args });
  }

  /**
   * Replaces the plugin by another version, which takes over its state: compiled here, started in the worklet in the gaps
   * between blocks, and heard from the next block on, with the crossfade of the node.
   * @throws {ModuleError} the component is malformed or invalid
   * @throws {ReloadError} WP_RELOAD, naming the step; the old version goes on
   */
  async reload({ component, version, policy }: NodeVersion): Promise<Requests['reload']['answer']> {
    const compiled = await this.#parts.compile(component);
    this.remember(compiled);
    const given = { compiled: this.#parts.post(compiled), version, policy };
    const result = await this.#request('reload', given);
    this.#version = version;
    return result;
  }

  /** Brings back the version that sounded before the last reload. @throws {ReloadError} WP_RELOAD it is gone */
  async rollBack(): Promise<void> {
    await this.#request('rollBack', undefined);
  }

  /** Reads fuel, memory and handles in use, and the time of the blocks. */
  usage(): Promise<WorkletUsage> {
    return this.#request('usage', undefined);
  }

  /** Saves the state of the plugin; `undefined` if it has none. */
  save(): Promise<Uint8Array | undefined> {
    return this.#request('save', undefined);
  }

  /** Sets the limits of each later call of the instance that sounds, as `Instance.limitCalls`. @throws {PluginError} WP_LIMITS */
  async limitCalls(limits: CallLimits): Promise<void> {
    await this.#request('limit', limits);
  }

  /** Ends the plugin and disconnects the node. */
  async close(): Promise<void> {
    this.node.disconnect();
    await this.#request('close', undefined);
    this.#rejectAll('it is closed');
  }

  /** Keeps what leads from stack traces to a version's functions. */
  remember(compiled: CompiledComponent): void {
    this.#compiled.add(compiled);
  }

  /** Sends the first message. */
  async open(given: Requests['open']['given']): Promise<void> {
    const { turns, timers } = given.ports;
    await this.#request('open', given, [...turns, timers]);
    this.#version = given.version;
  }

  #request<Kind extends RequestKind>(
    kind: Kind,
    given: Requests[Kind]['given'],
    transfer: Transferable[] = [],
  ): Promise<Requests[Kind]['answer']> {
    const id = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.node.port.postMessage({ id, kind, given }, transfer);
    });
  }

  #hear(message: PageMessage): void {
    const { onLog, onEvent, onDead } = this.#parts.listeners;
    if (message.kind === 'log') return void onLog?.(message.level, message.message);
    if (message.kind === 'dead') return void onDead?.(this.#errorFrom(message.error));
    if (message.kind === 'event') {
      const { kind, error } = message.event;
      return void onEvent?.({ kind, ...(error !== undefined && { error: this.#errorFrom(error) }) });
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.kind === 'answer') pending?.resolve(message.value);
    else pending?.reject(this.#errorFrom(message.error));
  }

  #errorFrom(error: PostedError): Error {
    const traces = (stack: string): readonly GuestFrame[] =>
      [...this.#compiled].map((each) => traceOfStack(each, stack)).find(({ length }) => length > 0) ?? [];
    return errorFromPosted(error, traces);
  }

  #rejectAll(why: string): void {
    for (const { reject } of this.#pending.values()) reject(new Error(`Cannot reach the plugin: ${why}`));
    this.#pending.clear();
  }
}
