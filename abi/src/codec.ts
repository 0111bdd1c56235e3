import type { AnyPlugin } from './any-plugin.js';

/** The record `format` of `wasm-plugin:abi/decoding`: the format of decoded audio. */
export interface AudioFormat {
  readonly sampleRateHz: number;
  /** 1 to 64. */
  readonly channels: number;
  /** Frames of the whole, if known. */
  readonly frames?: bigint;
}

/** The payload of a `GuestError` of a codec. */
export type DecodeError =
  | { readonly tag: 'unknown-format'; readonly val: string }
  | { readonly tag: 'damaged'; readonly val: string }
  | { readonly tag: 'not-seekable' };

/** The outcome of `decode`: samples by channel, a need for more data, or the end. */
export type DecodeStep =
  | { readonly tag: 'samples'; readonly val: Float32Array[] }
  | { readonly tag: 'hungry' }
  | { readonly tag: 'ended' };

/** The resource `decoder` of `wasm-plugin:abi/decoding`: the decoding of one stream of data. To be disposed. */
export interface Decoder extends Disposable {
  /** Returns the number of bytes that were taken. */
  push(data: Uint8Array): number;
  finish(): void;
  format(): AudioFormat | undefined;
  decode(maxFrames: number): DecodeStep;
  /** Returns the byte offset from which data must be pushed. */
  seek(frame: bigint): bigint;
}

/** The exports of the world `wasm-plugin:abi/codec`, by their short names. Functions may throw a `GuestError`. */
export interface Codec extends AnyPlugin {
  readonly decoding: {
    mediaTypes(): string[];
    readonly Decoder: new (mediaType: string) => Decoder;
  };
}
