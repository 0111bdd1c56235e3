import type { ByteWriter } from '../value/index.js';
import { beginFrame, FRAME } from './frame.js';

/** Bytes of a frame that a longer message is cut into. */
export const PART_BYTES = 256 * 1024;

/** The message, and the function that sends its parts. */
interface PartsOptions {
  id: number;
  answer: boolean;
  /** Not the one that holds the message. */
  writer: ByteWriter;
  sendFrame(frame: Uint8Array): void;
}

/** Sends a message that is longer than a part, in parts. Its head, the kind and the number of the call, stays with the last part. */
export function sendInParts(message: Uint8Array, { id, answer, writer, sendFrame }: PartsOptions): void {
  const head = 1 + unsignedBytes(id);
  let at = head;
  for (; message.length - at > PART_BYTES; at += PART_BYTES) {
    beginFrame(writer, FRAME.part, id);
    writer.u8(answer ? 1 : 0);
    writer.bytes(message.subarray(at, at + PART_BYTES));
    sendFrame(writer.written());
  }
  writer.reset();
  writer.bytes(message.subarray(0, head));
  writer.bytes(message.subarray(at));
  sendFrame(writer.written());
}

/** Returns the bytes that a number takes as unsigned LEB128. */
function unsignedBytes(value: number): number {
  return value < 2 ** 7 ? 1 : value < 2 ** 14 ? 2 : value < 2 ** 21 ? 3 : value < 2 ** 28 ? 4 : 5;
}
