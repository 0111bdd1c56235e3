import type { Gate } from '../gate.js';
import type { Waiter } from '../waiter.js';

/** A request as it is sent: everything in it has been checked. */
export interface WireRequest {
  method: string;
  https: boolean;
  /** A name, or an address; IPv6 in brackets. */
  host: string;
  port: number;
  /** Path with query. */
  path: string;
  headers: readonly (readonly [string, string])[];
  body: Uint8Array;
  /** Whether an address of a private network may be connected to. */
  allowPrivate: boolean;
  connectTimeoutMs: number | undefined;
  firstByteTimeoutMs: number | undefined;
  betweenBytesTimeoutMs: number | undefined;
}

/** An error code of `wasi:http/types`. */
export interface HttpErrorCode {
  tag: string;
  val?: unknown;
}

/** What came of a request. */
export type WireResponse =
  | { status: number; headers: readonly (readonly [string, string])[]; body: Uint8Array }
  | {
      error: HttpErrorCode;
      /** Why, for the host. */
      reason?: string;
    };

/** A request that was sent. When there is a result the waiter's bell is rung. */
export interface PendingRequest {
  result(): WireResponse | undefined;
  cancel(): void;
}

/** Sends requests for one sandbox. */
export interface HttpTransport {
  send(request: WireRequest): PendingRequest;
  close(): void;
}

/** Makes a transport for a sandbox. */
export type HttpTransportFactory = (context: { gate: Gate; waiter: Waiter }) => HttpTransport;
