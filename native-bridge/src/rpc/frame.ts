import { ByteReader, type ByteWriter } from '../value/index.js';

/** The first byte of a frame. The rest of a frame is in the component model's value encoding. */
export const FRAME = {
  /** `id: u32, function: u32, deadline-ms: u32` (0 for none), then the arguments. */
  call: 1,
  /** `id: u32`, then the result. */
  result: 2,
  /** `id: u32, code: string, message: string, may-have-run: bool` */
  error: 3,
  /** `id: u32`: the answer is not wanted any more; it comes all the same, as a result or as an error. */
  cancel: 4,
  /** `id: u32, answer: bool`, then bytes of a call or of a result whose last bytes are to come in its own frame. */
  part: 5,
  /** Nothing: an answer is wanted. */
  ping: 6,
  pong: 7,
  /** Nothing: no further calls come from this side; those under way are answered. */
  goodbye: 8,
  /** A handle of the receiver's, as in values: this side has no use for it any more. */
  drop: 9,
  /** `id: u32, answer: bool, bytes: u32`: so many bytes of a message come in parts. To a side that says a window. */
  long: 10,
  /** `id: u32, answer: bool, bytes: u32`: so many bytes of parts were taken; as many may follow. */
  credit: 11,
  /** `id: u32, function: u32, deadline-ms: u32, count: u32`, then the arguments of each call: they run one after the other. */
  batch: 12,
} as const;

/** The call that a message belongs to, and its direction. */
export interface MessageOf {
  readonly id: number;
  readonly answer: boolean;
}

/** Sends the message of a call that was written: in parts where it is long. */
export type Send = (message: ByteWriter, of: MessageOf) => void;

/** Writes the head of a frame; the caller writes the rest. */
export function beginFrame(writer: ByteWriter, kind: number, id?: number): void {
  writer.reset();
  writer.u8(kind);
  if (id !== undefined) writer.unsigned(id);
}

/** Reads the kind of a frame. */
export function openFrame(frame: Uint8Array): { kind: number; reader: ByteReader } {
  const reader = new ByteReader(frame);
  return { kind: reader.u8(), reader };
}

/** The highest number of a call; then they begin again. */
export const MOST_IDS = 0xffff_ffff;
