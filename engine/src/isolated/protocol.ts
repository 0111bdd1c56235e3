import type { Limits } from '@wasm-plugin/abi';
import type { Usage } from '../runtime/index.js';
import type { SentError } from './sent-error.js';

/** Names that lead to a function: of an interface, and in it. */
export type Path = readonly string[];

/** What functions an object holds, and objects that hold more. */
export interface FunctionTree {
  [name: string]: true | FunctionTree;
}

/** What a worker is started with. */
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

/** What the host tells a worker. */
export type ToWorker =
  | { readonly kind: 'instantiate'; readonly limits: Limits }
  | { readonly kind: 'call'; readonly path: Path; readonly args: readonly unknown[] };

/** What a worker tells the host. Each message of the host is answered once, with what the instance has used until then. */
export type FromWorker =
  | { readonly kind: 'done'; readonly value: unknown; readonly usage: Usage | undefined }
  | { readonly kind: 'failed'; readonly error: SentError; readonly usage: Usage | undefined }
  | { readonly kind: 'import'; readonly path: Path; readonly args: readonly unknown[] };

/** How a host import ended. */
export type ImportAnswer =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'payload'; readonly payload: unknown }
  | { readonly kind: 'threw'; readonly message: string };
