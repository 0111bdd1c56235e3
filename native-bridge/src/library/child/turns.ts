import { ByteReader, type ByteWriter } from '../../value/index.js';
import { KIND, PIECE_BYTES, PLACE, WORD, type SharedMemory } from './shared-memory.js';
import { Signal } from './signal.js';

/** Waits until it is this side's turn. @throws if the other side is gone or too late */
export type Wait = () => void;

/** Bytes that are copied one by one: a view of so few costs more than they do. */
const FEW = 128;

/**
 * One side of the shared memory. The sides take turns: one waits while the other works, so that nothing is ever written by
 * both. The other side is a stranger, which may write at any time: each number is read once and checked, and a message is read
 * from a copy.
 */
export class Turns {
  readonly words: Int32Array;
  readonly #message: Uint8Array;
  readonly #received = new Uint8Array(PIECE_BYTES);
  readonly #reader = new ByteReader(this.#received);
  readonly #post: () => void;
  /** Raised when this side's turn begins. */
  readonly signal: Signal;

  constructor(memory: SharedMemory, side: 'host' | 'child') {
    this.words = new Int32Array(memory.bytes, PLACE.words, 16);
    this.#message = new Uint8Array(memory.bytes, PLACE.message, PIECE_BYTES);
    const request = new Signal(memory, PLACE.request);
    const reply = new Signal(memory, PLACE.reply);
    this.signal = side === 'host' ? reply : request;
    this.#post = (side === 'host' ? request : reply).post;
  }

  /** Hands the turn over. Realtime: yes. */
  pass(kind: number): void {
    this.words[WORD.kind] = kind;
    this.#post();
  }

  /** Sends the written message and hands the turn over, piece by piece. */
  send(message: ByteWriter, wait: Wait): void {
    const { length } = message;
    for (let at = 0; ;) {
      const count = Math.min(length - at, PIECE_BYTES);
      message.copyTo(this.#message, at, count);
      at += count;
      this.words[WORD.piece] = count;
      this.words[WORD.more] = at < length ? 1 : 0;
      this.pass(KIND.message);
      if (at >= length) return;
      wait();
      if (this.words[WORD.kind] !== KIND.next) throw new Error('the other side broke the protocol');
    }
  }

  /**
   * Takes the message whose first piece is here. Its reader holds until the next message.
   * @param mostBytes a longer one is refused
   */
  receive(wait: Wait, mostBytes: number): ByteReader {
    const count = this.#takePiece();
    if (this.words[WORD.more] !== 1) {
      if (count > mostBytes) throw tooLong(mostBytes);
      this.#reader.restart(count);
      return this.#reader;
    }
    return this.#receiveMore(this.#received.slice(0, count), { wait, mostBytes });
  }

  #receiveMore(first: Uint8Array, { wait, mostBytes }: { wait: Wait; mostBytes: number }): ByteReader {
    const pieces = [first];
    let size = first.length;
    for (let more = true; more; more = this.words[WORD.more] === 1) {
      if (pieces.at(-1)?.length === 0) throw new Error('an empty piece, and more to come');
      this.pass(KIND.next);
      wait();
      if (this.words[WORD.kind] !== KIND.message) throw new Error('the other side broke the protocol');
      const count = this.#takePiece();
      size += count;
      if (size > mostBytes) throw tooLong(mostBytes);
      pieces.push(this.#received.slice(0, count));
    }
    const whole = new Uint8Array(size);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return new ByteReader(whole);
  }

  /** Copies the piece that is here, and returns its size. */
  #takePiece(): number {
    const count = this.words[WORD.piece] as number;
    if (!(count >= 0 && count <= PIECE_BYTES)) throw new Error(`a piece of ${count} bytes`);
    if (count > FEW) this.#received.set(this.#message.subarray(0, count));
    else for (let index = 0; index < count; index++) this.#received[index] = this.#message[index] as number;
    return count;
  }
}

function tooLong(mostBytes: number): Error {
  return new Error(`a message of more than ${mostBytes} bytes`);
}
