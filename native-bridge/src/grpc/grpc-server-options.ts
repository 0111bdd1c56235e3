import type { LogListener, ServerOptions } from '../rpc/index.js';

/** One call of a plain client, when it is over. */
export interface GrpcCallRecord {
  /** E.g. `/acme.counter.v1.Counting/Add`. */
  path: string;
  /** The caller's `wasm-plugin-call` and `traceparent`, unchecked. */
  callId: string | undefined;
  traceparent: string | undefined;
  /** gRPC's code: 0 if all went well. */
  status: number;
  ms: number;
}

/** Options of `serveGrpc`. */
export interface GrpcServerOptions {
  /** The certificate of this side for `grpcs:`; with `ca` callers need one, too (mutual TLS). */
  tls?: ServerOptions['tls'];
  /** The secret that callers prove to know, by a token in `authorization: Bearer …`. @default no token is asked for */
  secret?: string | Uint8Array;
  /** Services of other makers by the interface of the plugin that says the same. */
  services?: Readonly<Record<string, string>>;
  /** The longest message, in bytes. @default 64 MiB */
  messageBytes?: number;
  /** Asks a silent caller for a sign of life, in milliseconds. @default 30,000 */
  keepaliveMs?: number;
  /** Hears of each call of a plain client. */
  onCall?: (record: GrpcCallRecord) => void;
  /** Hears the log of the instance that plain callers share. @default nobody does */
  onLog?: LogListener;
  /** Hears which functions protobuf cannot say. */
  onLeftOut?: (reason: string) => void;
}
