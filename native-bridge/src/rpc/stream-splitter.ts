import type { TransportBounds } from './transport.js';

const LINE_FEED = 0x0a;
const HEADER_BYTES = 4;

/**
 * Splits a stream of bytes into its first line and the frames behind it: each a length of four bytes, little-endian, and as many
 * bytes. A length is checked before anything is kept for it.
 */
export class StreamSplitter {
  readonly #bounds: Required<TransportBounds>;
  /** Bytes of the line, or of a frame, that came so far. */
  #parts: Uint8Array[] = [];
  #size = 0;
  /** Bytes of the frame that is coming; `undefined` before its header is there. */
  #wanted: number | undefined;
  #line = true;

  constructor(bounds: Required<TransportBounds>) {
    this.#bounds = bounds;
  }

  /**
   * Takes bytes as they come.
   * @throws {Error} the line or a frame is too long
   */
  push(bytes: Uint8Array, sink: { onLine(line: string): void; onFrame(frame: Uint8Array): void }): void {
    let rest = bytes;
    while (rest.length > 0) {
      if (this.#line) rest = this.#pushLine(rest, sink.onLine);
      else rest = this.#pushFrame(rest, sink.onFrame);
    }
  }

  #pushLine(bytes: Uint8Array, onLine: (line: string) => void): Uint8Array {
    const end = bytes.indexOf(LINE_FEED);
    const part = end < 0 ? bytes : bytes.subarray(0, end);
    this.#keep(part);
    if (this.#size > this.#bounds.lineBytes)
      throw new Error(`the first line is longer than ${this.#bounds.lineBytes} bytes`);
    if (end < 0) return new Uint8Array();
    this.#line = false;
    onLine(new TextDecoder().decode(this.#taken()));
    return bytes.subarray(end + 1);
  }

  #pushFrame(bytes: Uint8Array, onFrame: (frame: Uint8Array) => void): Uint8Array {
    if (this.#wanted === undefined && this.#size === 0 && bytes.length > HEADER_BYTES) {
      // Most frames come whole.
      const end = HEADER_BYTES + lengthAt(bytes);
      if (end > HEADER_BYTES && end <= bytes.length && end - HEADER_BYTES <= this.#bounds.frameBytes) {
        onFrame(new Uint8Array(bytes.subarray(HEADER_BYTES, end)));
        return bytes.subarray(end);
      }
    }
    if (this.#wanted === undefined) {
      const part = bytes.subarray(0, HEADER_BYTES - this.#size);
      this.#keep(part);
      if (this.#size === HEADER_BYTES) {
        this.#wanted = lengthAt(this.#taken());
        if (this.#wanted > this.#bounds.frameBytes)
          throw new Error(
            `a frame of ${this.#wanted} bytes is announced; at most ${this.#bounds.frameBytes} are taken`,
          );
        if (this.#wanted === 0) throw new Error('a frame of no bytes is announced');
      }
      return bytes.subarray(part.length);
    }
    const part = bytes.subarray(0, this.#wanted - this.#size);
    this.#keep(part);
    if (this.#size === this.#wanted) {
      this.#wanted = undefined;
      onFrame(this.#taken());
    }
    return bytes.subarray(part.length);
  }

  #keep(part: Uint8Array): void {
    // A copy, which `slice` of a Buffer is not: a small part would keep a large one alive.
    this.#parts.push(new Uint8Array(part));
    this.#size += part.length;
  }

  #taken(): Uint8Array {
    const parts = this.#parts;
    const whole = parts.length === 1 ? (parts[0] as Uint8Array) : new Uint8Array(this.#size);
    if (parts.length !== 1) {
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
    }
    this.#parts = [];
    this.#size = 0;
    return whole;
  }
}

/** Reads the length that a frame begins with. */
function lengthAt(bytes: Uint8Array): number {
  const byte = (at: number): number => bytes[at] as number;
  return (byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24)) >>> 0;
}
