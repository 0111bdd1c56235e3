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
  /** Which addresses of private networks may be connected to: those of `privateNetworks`, or all. */
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

/** What a response begins with. */
export interface WireHead {
  status: number;
  headers: WireFields;
}

/** How a response ends, where it ends well. */
export interface WireEnd {
  trailers: WireFields;
}

/** Why there is no response, or not all of it. */
export interface WireFailure {
  error: HttpErrorCode;
  /** Why, for the host. */
  reason?: string;
}

/** A request and its response on their way. Nothing here waits: where something has changed, the waiter's bell is rung. */
export interface Exchange {
  /** Returns what the response begins with, once it is there. */
  head(): WireHead | WireFailure | undefined;
  /** Takes at most `most` bytes of the body; none where none are there yet; after the last, how it ended. */
  read(most: number): Uint8Array | WireEnd | WireFailure;
  /** Returns whether `read` returns anything but no bytes. */
  readable(): boolean;
  /** How many bytes of the request's body may be sent now. */
  room(): number;
  /** Why the body cannot be sent, if so. */
  sendFailure(): WireFailure | undefined;
  /** Sends bytes of the body, and takes the array over. Returns false where there is no room in the budget. */
  send(bytes: Uint8Array): boolean;
  endBody(trailers: WireFields): void;
  /** Ends the exchange and gives back what it holds. */
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
