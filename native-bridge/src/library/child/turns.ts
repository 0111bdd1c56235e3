import { libc } from '../libc.js';
import { KIND, PIECE_BYTES, PLACE, WORD, type SharedMemory } from './shared-memory.js';

/** Waits until it is this side's turn. @throws where the other side is gone or too late */
export type Wait = () => void;

/**
 * One side of the shared memory. The sides take turns: one waits while the other works, so that nothing is ever written by
 * both. The other side is a stranger: each number that it wrote is checked.
 */
export class Turns {
  readonly words: Int32Array;
  readonly #message: Uint8Array;
  readonly #mine: number;
  readonly #other: number;

  constructor(memory: SharedMemory, side: 'host' | 'child') {
    this.words = new Int32Array(memory.bytes, PLACE.words, 16);
    this.#message = new Uint8Array(memory.bytes, PLACE.message, PIECE_BYTES);
    const [request, reply] = [memory.address + PLACE.request, memory.address + PLACE.reply];
    this.#mine = side === 'host' ? reply : request;
    this.#other = side === 'host' ? request : reply;
  }

  /** The address of this side's semaphore. */
  get semaphore(): number {
    return this.#mine;
  }

  /** Hands the turn over. Realtime: yes. */
  pass(kind: number): void {
    this.words[WORD.kind] = kind;
    libc().semPost(this.#other);
  }

  /** Sends a message and hands the turn over, piece by piece. */
  send(message: Uint8Array, wait: Wait): void {
    let at = 0;
    for (;;) {
      const piece = message.subarray(at, at + PIECE_BYTES);
      this.#message.set(piece);
      at += piece.length;
      this.words[WORD.piece] = piece.length;
      this.words[WORD.more] = at < message.length ? 1 : 0;
      this.pass(KIND.message);
      if (at >= message.length) return;
      wait();
      if (this.words[WORD.kind] !== KIND.next) throw new Error('the other side broke the protocol');
    }
  }

  /**
   * Takes the message whose first piece is here.
   * @param mostBytes a longer one is refused
   */
  receive(wait: Wait, mostBytes: number): Uint8Array {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const count = this.words[WORD.piece] as number;
      if (!(count >= 0 && count <= PIECE_BYTES)) throw new Error(`a piece of ${count} bytes`);
      size += count;
      if (size > mostBytes) throw new Error(`a message of more than ${mostBytes} bytes`);
      pieces.push(this.#message.slice(0, count));
      if (this.words[WORD.more] !== 1) break;
      if (count === 0) throw new Error('an empty piece, and more to come');
      this.pass(KIND.next);
      wait();
      if (this.words[WORD.kind] !== KIND.message) throw new Error('the other side broke the protocol');
    }
    if (pieces.length === 1) return pieces[0] as Uint8Array;
    const whole = new Uint8Array(size);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }
}
