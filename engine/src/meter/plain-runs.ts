import {
  IMMEDIATE,
  ONE_BYTE_IMMEDIATES,
  OP,
  type InstructionCursor,
  type ModuleIndex,
} from '../module/index.js';
import { AccessBounds } from './access-bounds.js';
import { ACTION, actionOf } from './action.js';
import { costOf } from './cost.js';

/** What follows the opcode of a plain instruction. */
const FORM = {
  STOP: 0,
  NOTHING: 1,
  INTEGER: 2,
  LONG: 3,
  LOCAL: 4,
  GLOBAL: 5,
  ACCESS: 6,
  FOUR_BYTES: 7,
  EIGHT_BYTES: 8,
};
const FORMS = 9;
/** By form: how many bytes that is, integers being one byte long. */
const LENGTHS = [0, 0, 1, 1, 1, 1, 2, 4, 8];

const FORM_OF = new Map<number, number>([
  [IMMEDIATE.NONE, FORM.NOTHING],
  [IMMEDIATE.SIGNED32, FORM.INTEGER],
  [IMMEDIATE.SIGNED64, FORM.LONG],
  [IMMEDIATE.LOCAL, FORM.LOCAL],
  [IMMEDIATE.GLOBAL, FORM.GLOBAL],
  [IMMEDIATE.MEMORY_ARGUMENT, FORM.ACCESS],
  [IMMEDIATE.FOUR_BYTES, FORM.FOUR_BYTES],
  [IMMEDIATE.EIGHT_BYTES, FORM.EIGHT_BYTES],
]);

const FIRST_PREFIX = 0xfb;

/**
 * By opcode, of plain instructions: `form << 8 | forbidden << 16 | cost << 7 | size`, the size being the one with an integer
 * of one byte. Forbidden are bits behind the opcode, as a memory access with them names its memory.
 */
const PLAIN = new Uint32Array(256);
for (let op = 0; op < FIRST_PREFIX; op++) {
  const form = FORM_OF.get(ONE_BYTE_IMMEDIATES[op] as number);
  if (form === undefined || actionOf(op) > ACTION.CONST64) continue;
  const forbidden = form === FORM.ACCESS ? 0xc0 : 0;
  PLAIN[op] = (forbidden << 16) | (form << 8) | (costOf(op) << 7) | (1 + (LENGTHS[form] as number));
}

/** The same, without the instructions that a constant may go through. */
const PLAIN_FOR_CONSTANTS = PLAIN.slice();
for (const op of [OP.NOP, OP.LOCAL_SET, OP.LOCAL_TEE]) PLAIN_FOR_CONSTANTS[op] = 0;

/** By how much the last byte of an integer is shifted: longer ones are left to the cursor. */
const MOST_SHIFT = 21;
const MOST_SHIFT_LONG = 56;

/**
 * Passes over runs of plain instructions: those that come to nothing but their cost, where constants need not be known.
 * It is what most of a module consists of, so it goes by tables, with one branch an instruction. What is not surely plain is
 * left to the cursor: long integers, indices out of range, the local that is renamed, accesses that trap for certain.
 */
export class PlainRuns {
  readonly #bytes: Uint8Array;
  /** By form and last byte: whether the instruction is plain for sure. */
  readonly #sure = new Uint8Array(FORMS * 256);
  /** By form: what its integer must be less than. */
  readonly #limits = new Uint32Array(FORMS).fill(0xffffffff);
  #except = -1;
  #entries = PLAIN;
  /** Offset of the last instruction passed. */
  last = 0;

  constructor(bytes: Uint8Array, index: ModuleIndex) {
    this.#bytes = bytes;
    for (const form of [FORM.NOTHING, FORM.FOUR_BYTES, FORM.EIGHT_BYTES]) {
      this.#sure.fill(1, form << 8, (form + 1) << 8);
    }
    this.#limit(FORM.INTEGER, 0xffffffff);
    this.#limit(FORM.LONG, 0xffffffff);
    this.#limit(FORM.GLOBAL, index.globals);
    this.#limit(FORM.ACCESS, new AccessBounds(index).harmless);
  }

  #limit(form: number, limit: number): void {
    const row = form << 8;
    this.#limits[form] = limit;
    this.#sure.fill(0, row, row + 128);
    this.#sure.fill(1, row, row + Math.min(limit, 128));
  }

  /** Starts a body with so many locals, of which one is not plain. */
  enter(locals = 0xffffffff, except = -1): void {
    this.#entries = PLAIN;
    this.#except = except;
    this.#limit(FORM.LOCAL, locals);
    if (except >= 0 && except < 128) this.#sure[(FORM.LOCAL << 8) | except] = 0;
  }

  /** From here on, stops at what a constant may go through, too. */
  followConstants(): void {
    this.#entries = PLAIN_FOR_CONSTANTS;
  }

  /** Moves the cursor, which stands before an instruction, to the next one that is not plain. Returns what was passed costs. */
  pass(cursor: InstructionCursor): number {
    const bytes = this.#bytes;
    const sure = this.#sure;
    const entries = this.#entries;
    let at = cursor.position;
    let passed = at;
    let cost = 0;
    for (;;) {
      const entry = entries[bytes[at] as number] as number;
      const size = entry & 0x7f;
      const fits = sure[(entry & 0xff00) | (bytes[at + size - 1] as number)] as number;
      // Where a forbidden bit is set, the right side is more than 1.
      if (fits > ((bytes[at + size - 2] as number) & (entry >> 16))) {
        passed = at;
        at += size;
      } else {
        const next = this.#passLong(at, entry);
        if (next === at) break;
        passed = at;
        at = next;
      }
      cost += (entry >> 7) & 1;
    }
    cursor.position = at;
    this.last = passed;
    return cost;
  }

  /** Returns the offset behind a plain instruction with an integer of two to four bytes; `at` for any other. */
  #passLong(at: number, entry: number): number {
    const bytes = this.#bytes;
    const form = (entry >> 8) & 0xff;
    if (form < FORM.INTEGER || form > FORM.ACCESS) return at;
    if (((bytes[at + (entry & 0x7f) - 2] as number) & (entry >> 16)) !== 0) return at;
    let next = at + (entry & 0x7f);
    let byte = bytes[next - 1] as number;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      if (shift > (form === FORM.LONG ? MOST_SHIFT_LONG : MOST_SHIFT)) return at;
      byte = bytes[next++] as number;
      value |= (byte & 0x7f) << shift;
    }
    const isPlain = value < (this.#limits[form] as number) && (form !== FORM.LOCAL || value !== this.#except);
    return isPlain ? next : at;
  }
}
