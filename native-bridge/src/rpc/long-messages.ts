import { ByteWriter } from '../value/index.js';
import { beginFrame, FRAME, type MessageOf } from './frame.js';

/** Bytes of a frame that a longer message is cut into. */
export const PART_BYTES = 256 * 1024;

/** A message that is being sent in parts. */
interface Sending extends MessageOf {
  /** The kind and the number of the call: they stay with the last part. */
  readonly head: Uint8Array;
  readonly pieces: Uint8Array[];
  /** Bytes that are left, without the head. */
  left: number;
  /** Bytes of parts that the other side takes before it says more. */
  credit: number;
}

interface LongMessagesOptions {
  /** True while what was sent waits for the other side to read it. */
  isClogged(): boolean;
  sendFrame(frame: Uint8Array): void;
  /** Called when the last part of a message is sent. */
  onSent(): void;
}

/**
 * Sends messages that are longer than a frame, in parts: only as much as the other side reads, and, where it says a window, only as
 * much as it has room for. What waits is the message itself, which is not copied.
 */
export class LongMessages {
  readonly #options: LongMessagesOptions;
  readonly #writer = new ByteWriter();
  readonly #sending = new Set<Sending>();
  #window = Infinity;
  #bytes = 0;
  #calls = 0;
  #isPumping = false;
  #idle: (() => void)[] = [];

  constructor(options: LongMessagesOptions) {
    this.#options = options;
  }

  /** Bytes that are not sent yet. */
  get bytes(): number {
    return this.#bytes;
  }

  /** True while a call is being sent: those made after it wait, so that calls keep their order. */
  get hasCall(): boolean {
    return this.#calls > 0;
  }

  /** Notes how many bytes of parts of a message the other side takes before it says more. */
  open(window: number | undefined): void {
    if (window !== undefined) this.#window = window;
  }

  /** Sends a message. Its pieces must not be changed before they are sent. */
  add(message: readonly Uint8Array[], of: MessageOf): void {
    const [first = new Uint8Array(), ...rest] = message;
    const headBytes = 1 + unsignedBytes(of.id);
    const pieces = [first.subarray(headBytes), ...rest];
    const left = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const sending = { ...of, head: first.slice(0, headBytes), pieces, left, credit: this.#window };
    this.#sending.add(sending);
    this.#bytes += left;
    if (!of.answer) this.#calls++;
    if (Number.isFinite(this.#window)) {
      this.#begin(FRAME.long, of);
      this.#writer.unsigned(left);
      this.#options.sendFrame(this.#writer.written());
    }
    this.pump();
  }

  /** Notes that the other side has taken bytes of a message. @throws {Error} more than it was sent */
  grant({ id, answer }: MessageOf, bytes: number): void {
    for (const sending of this.#sending) {
      if (sending.id !== id || sending.answer !== answer) continue;
      sending.credit += bytes;
      if (sending.credit > this.#window)
        throw new Error(`it has taken more of the call ${id} than it was sent`);
    }
    this.pump();
  }

  /** Sends what may be sent. */
  pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      for (const sending of this.#sending) this.#pumpOne(sending);
    } finally {
      this.#isPumping = false;
    }
  }

  /** Settles when nothing waits to be sent. */
  idle(): Promise<void> {
    if (this.#sending.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Forgets what was not sent: the connection has ended. */
  close(): void {
    this.#sending.clear();
    this.#bytes = 0;
    this.#settleIdle();
  }

  #pumpOne(sending: Sending): void {
    const { isClogged, sendFrame, onSent } = this.#options;
    const writer = this.#writer;
    while (!isClogged()) {
      if (sending.left <= PART_BYTES) {
        writer.reset();
        writer.bytes(sending.head);
        this.#take(sending, sending.left);
        this.#sending.delete(sending);
        if (!sending.answer) this.#calls--;
        sendFrame(writer.written());
        if (this.#sending.size === 0) this.#settleIdle();
        return onSent();
      }
      if (sending.credit < PART_BYTES) return;
      this.#begin(FRAME.part, sending);
      sending.credit -= PART_BYTES;
      this.#take(sending, PART_BYTES);
      sendFrame(writer.written());
    }
  }

  #begin(kind: number, { id, answer }: MessageOf): void {
    beginFrame(this.#writer, kind, id);
    this.#writer.u8(answer ? 1 : 0);
  }

  /** Moves bytes of a message into the frame. */
  #take(sending: Sending, count: number): void {
    const { pieces } = sending;
    for (let left = count; left > 0;) {
      const piece = pieces[0] as Uint8Array;
      const part = piece.subarray(0, left);
      this.#writer.bytes(part);
      left -= part.length;
      if (part.length === piece.length) pieces.shift();
      else pieces[0] = piece.subarray(part.length);
    }
    sending.left -= count;
    this.#bytes -= count;
  }

  #settleIdle(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

/** Returns the bytes that a number takes as unsigned LEB128. */
function unsignedBytes(value: number): number {
  return value < 2 ** 7 ? 1 : value < 2 ** 14 ? 2 : value < 2 ** 21 ? 3 : value < 2 ** 28 ? 4 : 5;
}
