import type { CallLimits, ResolvedLimits } from '@wasm-plugin/abi';
import type { Setting } from '@wasm-plugin/abi/config';
import type { Crossfade, LaneSetup } from '../audio/index.js';
import type { SentError } from '../isolated/index.js';
import type { ReloadEvent } from '../reload/index.js';
import type { CompiledComponent, Usage } from '../runtime/index.js';
import type { ScopePorts } from './scope/index.js';

/** A version of a plugin that the page has compiled. */
export interface PostedVersion {
  readonly compiled: CompiledComponent;
  readonly version: string;
}

/** First message to a processor: the plugin and the lane that it is to open. */
export interface OpenMessage extends PostedVersion {
  readonly ports: ScopePorts;
  readonly name: string;
  readonly setup: LaneSetup;
  readonly settings: readonly Setting[];
  readonly limits: ResolvedLimits;
  readonly crossfade: Crossfade;
  readonly confirmBlocks: number;
}

/** Use of a plugin in an audio worklet. */
export interface WorkletUsage extends Usage {
  /** Blocks processed so far. */
  readonly blocks: number;
  /**
   * Milliseconds that those blocks took. The worklet's clock has whole milliseconds: the sum over many blocks is right, a single
   * block is not measured.
   */
  readonly busyMs: number;
}

/** Requests of a page, each by its arguments and its answer. */
export interface Requests {
  open: { given: OpenMessage; answer: undefined };
  reload: {
    given: PostedVersion & { policy: 'keep-old' | 'discard-state' | 'last-good' | undefined };
    answer: { state: string; pauseMs: number };
  };
  rollBack: { given: undefined; answer: undefined };
  call: { given: { path: readonly string[]; args: readonly unknown[] }; answer: unknown };
  usage: { given: undefined; answer: WorkletUsage };
  save: { given: undefined; answer: Uint8Array | undefined };
  limit: { given: CallLimits; answer: undefined };
  close: { given: undefined; answer: undefined };
}

/** Name of a request. */
export type RequestKind = keyof Requests;

/** A request on its way to the worklet. */
export type RequestMessage = {
  [Kind in RequestKind]: {
    readonly id: number;
    readonly kind: Kind;
    readonly given: Requests[Kind]['given'];
  };
}[RequestKind];

/** An error with the stack of the engine, from which the page reads the guest's functions. */
export interface PostedError extends SentError {
  readonly stack: string;
}

/** A message to the page: the answer of a request, a line of the plugin's log, an event of a reload, or its end. */
export type PageMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: PostedError }
  | { readonly kind: 'log'; readonly level: string; readonly message: string }
  | {
      readonly kind: 'event';
      readonly event: { readonly kind: ReloadEvent['kind']; readonly error?: PostedError };
    }
  | { readonly kind: 'dead'; readonly error: PostedError };
