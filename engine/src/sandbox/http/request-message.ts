import type { ProxySettings } from './proxy.js';
import type { WireFailure, WireFields, WireRequest } from './transport.js';

/** Messages to the thread that makes requests. */
export type RequestMessage =
  | { kind: 'request'; id: number; request: WireRequest; windowBytes: number }
  /** A part of the body. */
  | { kind: 'part'; id: number; bytes: Uint8Array }
  | { kind: 'body-end'; id: number; trailers: WireFields }
  /** The guest has read as much: so much more may come. */
  | { kind: 'credit'; id: number; bytes: number }
  | { kind: 'cancel'; id: number };

/** Messages from that thread. */
export type ResponseMessage =
  | { kind: 'head'; id: number; status: number; headers: WireFields }
  | { kind: 'part'; id: number; bytes: Uint8Array }
  | { kind: 'end'; id: number; trailers: WireFields }
  | ({ kind: 'failed'; id: number } & WireFailure)
  /** Nothing more comes of it, and its connection is closed: after `end`, `failed`, or a cancel. */
  | { kind: 'closed'; id: number }
  /** So much of the request's body is on its way to the network. */
  | { kind: 'sent'; id: number; bytes: number }
  /** The request's body cannot be sent any more; the response may go on. */
  | ({ kind: 'send-failed'; id: number } & WireFailure)
  /** The thread is at its end. */
  | ({ kind: 'died' } & WireFailure);

/** Cost of a part beside its bytes, on both sides: a message, a view and its buffer. */
export const PART_BYTES = 512;

/** Arguments of the thread. */
export interface RequestThreadData {
  bell: Int32Array;
  /** Largest body of a response. */
  mostBytes: number;
  /** Addresses by name, in place of those that the system finds. */
  hosts: Readonly<Record<string, readonly string[]>>;
  /** Certificates that are trusted beside those of Node. */
  authorities: readonly string[];
  /** Networks that granted names may have addresses in. */
  privateNetworks: readonly string[];
  proxy: ProxySettings | undefined;
  connectMs: number | undefined;
  firstByteMs: number | undefined;
  betweenBytesMs: number | undefined;
  responseMs: number;
}
