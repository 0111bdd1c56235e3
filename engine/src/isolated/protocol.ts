import type { Limits } from '@wasm-plugin/abi';
import type { Usage } from '../runtime/index.js';
import type { SentError } from './sent-error.js';

/** Names that lead to a function: of an interface, and in it. */
export type Path = readonly string[];

/** Names of the functions in an object, and of the objects with further ones. */
export interface FunctionTree {
  [name: string]: true | FunctionTree;
}

/** Arguments of a worker. */
export interface WorkerSetup {
  readonly bytes: Uint8Array;
  readonly name: string | undefined;
  readonly limits: Limits;
  readonly backend: 'generated' | 'composed' | undefined;
  readonly world: Uint8Array | undefined;
  readonly imports: FunctionTree;
  /** 1 once the answer of a host import lies in `answers`. */
  readonly signal: Int32Array;
}

/** Messages from the host to a worker. */
export type ToWorker =
  | { readonly kind: 'instantiate'; readonly limits: Limits }
  | { readonly kind: 'call'; readonly path: Path; readonly args: readonly unknown[] };

/**
 * Messages from a worker to the host. It answers each message of the host once, with the amounts that the instance has used
 * until then.
 */
export type FromWorker =
  | { readonly kind: 'done'; readonly value: unknown; readonly usage: Usage | undefined }
  | { readonly kind: 'failed'; readonly error: SentError; readonly usage: Usage | undefined }
  | { readonly kind: 'import'; readonly path: Path; readonly args: readonly unknown[] };

/** Result of a host import. */
export type ImportAnswer =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'payload'; readonly payload: unknown }
  | { readonly kind: 'threw'; readonly message: string };
