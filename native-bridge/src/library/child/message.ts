import type { ByteWriter } from '../../value/index.js';

/** The first byte of a message. */
export const MESSAGE = {
  /** Child to host, once: its description. */
  ready: 0,
  /** Child to host: the result of the call. */
  result: 1,
  /** Child to host: it cannot go on; a text says why. */
  dead: 2,
  /** Child to host: a log line. Host to child: nothing. */
  log: 3,
  /** Child to host: the key of a setting. Host to child: its value, if it has one. */
  config: 4,
  /** Host to child: an index into `CALLS` and the arguments. */
  call: 5,
  /** Host to child: bind the buffers of a lane for this many channels and frames. */
  lane: 6,
  /** Host to child: destroy the instance and end. */
  end: 7,
  /** Host to child: the answer to `log` or `config`. */
  answer: 8,
} as const;

/** Begins a message of a kind in a writer that is used for one message after the other. */
export function begin(writer: ByteWriter, kind: number): ByteWriter {
  writer.reset();
  writer.u8(kind);
  return writer;
}
