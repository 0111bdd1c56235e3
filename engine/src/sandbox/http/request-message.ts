import type { WireRequest, WireResponse } from './transport.js';

/** What the thread that makes requests is told. */
export type RequestMessage =
  { kind: 'request'; id: number; request: WireRequest } | { kind: 'cancel'; id: number };

/** What it answers. */
export interface ResponseMessage {
  id: number;
  response: WireResponse;
}

/** What it is started with. */
export interface RequestThreadData {
  bell: Int32Array;
  mostBytes: number;
  /** Addresses by name, in place of those that the system finds. */
  hosts: Readonly<Record<string, readonly string[]>>;
  /** Certificates that are trusted beside those of Node. */
  authorities: readonly string[];
}
