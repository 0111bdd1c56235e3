import { GuestError } from '@wasm-plugin/abi';
import { HOST_ONLY, hostOnly } from '../host-only.js';

let codesOf: (error: IoError) => IoErrorCodes;

/** Codes of a stream's error in the interface that it came from. */
export interface IoErrorCodes {
  filesystem?: string | undefined;
  http?: { tag: string; val?: unknown } | undefined;
}

/** The resource `error` of `wasi:io/error`. */
export class IoError {
  readonly #text: string;
  readonly #codes: IoErrorCodes;

  static {
    codesOf = (error) => error.#codes;
  }

  constructor(key: typeof HOST_ONLY, text: string, codes: IoErrorCodes = {}) {
    hostOnly(key);
    this.#text = text;
    this.#codes = codes;
  }

  toDebugString(): string {
    return this.#text;
  }
}

/** Returns the codes of an error, for `filesystem-error-code` and `http-error-code`. */
export function ioErrorCodes(error: IoError): IoErrorCodes {
  return codesOf(error);
}

/** Returns the error of a stream whose other end is gone. */
export function streamClosed(): GuestError {
  return new GuestError({ tag: 'closed' });
}

/** Returns the error of a stream after a failure. */
export function streamFailed(text: string, codes?: IoErrorCodes): GuestError {
  return new GuestError({ tag: 'last-operation-failed', val: new IoError(HOST_ONLY, text, codes) });
}
