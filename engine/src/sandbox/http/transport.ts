import type { Gate } from '../gate.js';
import type { HeldBytes } from '../held-bytes.js';
import type { Waiter } from '../waiter.js';

/** Headers or trailers as they are sent: names and values in Latin-1. */
export type WireFields = readonly (readonly [string, string])[];

/** A request as it is sent: everything in it has been checked. */
export interface WireRequest {
  method: string;
  https: boolean;
  /** A name, or an address; IPv6 in brackets. */
  host: string;
  port: number;
  /** Path with query. */
  path: string;
  headers: WireFields;
  /** The length of the body; or chunks, whose length is not known yet. */
  body: 'none' | 'chunks' | number;
  /** Addresses in private networks that may be connected to: none, those of `privateNetworks`, or all. */
  privateAddresses: 'none' | 'networks' | 'all';
  connectTimeoutMs: number | undefined;
  firstByteTimeoutMs: number | undefined;
  betweenBytesTimeoutMs: number | undefined;
}

/** An error code of `wasi:http/types`. */
export interface HttpErrorCode {
  tag: string;
  val?: unknown;
}

/** Begin of a response. */
export interface WireHead {
  status: number;
  headers: WireFields;
}

/** End of a complete response. */
export interface WireEnd {
  trailers: WireFields;
}

/** Failure of a response, or of the rest of it. */
export interface WireFailure {
  error: HttpErrorCode;
  /** Reason, for the host. */
  reason?: string;
}

/** A request and its response on their way. Nothing here waits: if something has changed, the waiter's bell is rung. */
export interface Exchange {
  /** Returns the begin of the response, once it is there. */
  head(): WireHead | WireFailure | undefined;
  /** Takes at most `most` bytes of the body; none if none are there yet; after the last, how it ended. */
  read(most: number): Uint8Array | WireEnd | WireFailure;
  /** Returns whether `read` returns anything but no bytes. */
  readable(): boolean;
  /** Returns the number of bytes of the request's body that may be sent now. */
  room(): number;
  /** Returns the failure of the body's sending; `undefined` if it can be sent. */
  sendFailure(): WireFailure | undefined;
  /** Sends bytes of the body, and takes the array over. Returns false if there is no room in the budget. */
  send(bytes: Uint8Array): boolean;
  endBody(trailers: WireFields): void;
  /** Ends the exchange and returns its bytes to the budget. */
  cancel(failure?: WireFailure): void;
}

/** Sends requests for one sandbox. */
export interface HttpTransport {
  open(request: WireRequest): Exchange | WireFailure;
  close(): void;
}

/** Makes a transport for a sandbox. */
export type HttpTransportFactory = (context: {
  gate: Gate;
  waiter: Waiter;
  held: HeldBytes;
}) => HttpTransport;
