import { ByteReader, ByteWriter } from '../value/index.js';
import { beginFrame, FRAME, type MessageOf } from './frame.js';
import { LongMessages, PART_BYTES } from './long-messages.js';
import { Parts } from './parts.js';

/** Bytes of the parts of a message that may be on their way. */
export const WINDOW_BYTES = 2 ** 20;

interface MessagesOptions {
  /** The longest message, and all messages that come in parts, in bytes. */
  mostBytes: number;
  sendFrame(frame: Uint8Array): void;
  /** Bytes that wait for the other side to read them. */
  pendingBytes(): number;
  /** Called when the last part of a message is sent. */
  onSent(): void;
  /** True if the call waits for its answer. */
  waits(id: number): boolean;
}

/** Calls and answers of a connection, as frames: a short one is one frame, a long one several. */
export class Messages {
  readonly #options: MessagesOptions;
  readonly #writer = new ByteWriter();
  readonly #longs: LongMessages;
  readonly #parts: Parts;
  /** True if the other side knows of windows. */
  #hasWindow = false;

  constructor(options: MessagesOptions) {
    this.#options = options;
    const { sendFrame, onSent } = options;
    const isClogged = (): boolean => options.pendingBytes() > WINDOW_BYTES;
    this.#longs = new LongMessages({ isClogged, sendFrame, onSent });
    this.#parts = new Parts(options.mostBytes);
  }

  /** Bytes that are not sent yet. */
  get bytes(): number {
    return this.#longs.bytes;
  }

  /** True while a call is being sent: those made after it wait, so that calls keep their order. */
  get hasCall(): boolean {
    return this.#longs.hasCall;
  }

  /** Notes what the other side says of its window. */
  open(window: number | undefined): void {
    this.#hasWindow = window !== undefined;
    this.#longs.open(window);
  }

  /** Sends a message. A long one is taken from the writer; large bytes in it must not be changed until they are sent. */
  send(message: ByteWriter, of: MessageOf): void {
    if (message.length <= PART_BYTES) this.#options.sendFrame(message.written());
    else this.#longs.add(message.takePieces(), of);
  }

  /** Sends what waits, as far as the other side reads it. */
  pump(): void {
    this.#longs.pump();
  }

  /** Reads a frame that is a part of a message, or says how long one is, or how much of one was taken. */
  take(kind: number, reader: ByteReader): void {
    const id = reader.unsigned(0xffff_ffff);
    const of: MessageOf = { id, answer: reader.u8() === 1 };
    if (kind === FRAME.credit) return this.#longs.grant(of, readLast(reader));
    if (of.answer && !this.#options.waits(id))
      throw new Error(`an answer to the call ${id}, which was not made`);
    if (kind === FRAME.long) return this.#parts.announce(keyOf(of), readLast(reader));
    const bytes = reader.bytes(reader.left);
    this.#parts.add(keyOf(of), bytes);
    if (bytes.length > 0 && this.#hasWindow) this.#sendCredit(of, bytes.length);
  }

  /** Returns the whole message whose last frame is read. */
  wholeOf(of: MessageOf, reader: ByteReader): ByteReader {
    if (!this.#parts.hasAny) return reader;
    const last = reader.bytes(reader.left);
    const whole = this.#parts.take(keyOf(of), last);
    return whole === undefined ? new ByteReader(last) : new ByteReader(whole).giveAway();
  }

  /** Settles when nothing waits to be sent. */
  idle(): Promise<void> {
    return this.#longs.idle();
  }

  /** Forgets what was not sent: the connection has ended. */
  close(): void {
    this.#longs.close();
  }

  #sendCredit({ id, answer }: MessageOf, bytes: number): void {
    beginFrame(this.#writer, FRAME.credit, id);
    this.#writer.u8(answer ? 1 : 0);
    this.#writer.unsigned(bytes);
    this.#options.sendFrame(this.#writer.written());
  }
}

function readLast(reader: ByteReader): number {
  const value = reader.unsigned(0xffff_ffff);
  reader.end();
  return value;
}

function keyOf({ id, answer }: MessageOf): string {
  return `${answer} ${id}`;
}
