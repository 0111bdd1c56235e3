import { IMMEDIATE, ONE_BYTE_IMMEDIATES, type InstructionCursor, type ModuleIndex } from '../module/index.js';
import { AccessBounds } from './access-bounds.js';
import { ACTION, actionOf } from './action.js';
import { costOf } from './cost.js';
import type { Moves } from './moves.js';

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
  BLOCK_TYPE: 9,
};
const FORMS = 10;
/** By form: how many bytes that is, integers being one byte long. */
const LENGTHS = [0, 0, 1, 1, 1, 1, 2, 4, 8, 1];

const FORM_OF = new Map<number, number>([
  [IMMEDIATE.NONE, FORM.NOTHING],
  [IMMEDIATE.SIGNED32, FORM.INTEGER],
  [IMMEDIATE.SIGNED64, FORM.LONG],
  [IMMEDIATE.LOCAL, FORM.LOCAL],
  [IMMEDIATE.GLOBAL, FORM.GLOBAL],
  [IMMEDIATE.MEMORY_ARGUMENT, FORM.ACCESS],
  [IMMEDIATE.FOUR_BYTES, FORM.FOUR_BYTES],
  [IMMEDIATE.EIGHT_BYTES, FORM.EIGHT_BYTES],
  [IMMEDIATE.LABEL, FORM.INTEGER],
  [IMMEDIATE.BLOCK_TYPE, FORM.BLOCK_TYPE],
]);

const FIRST_PREFIX = 0xfb;

/** Block types of one byte, but for those that start with it, are less than this. */
const BLOCK_TYPES = 0x80;
/** `ref` and `ref null`. */
const LONG_BLOCK_TYPES = [0x63, 0x64];

/**
 * By opcode: `form << 8 | forbidden << 16 | cost << 7 | size`, the size being the one with an integer of one byte. Forbidden
 * are bits behind the opcode, as a memory access with them names its memory. 0 for opcodes that are not plain.
 */
type Entries = Uint32Array;

function entriesOf(isPlain: (op: number) => boolean): Entries {
  const entries = new Uint32Array(256);
  for (let op = 0; op < FIRST_PREFIX; op++) {
    const form = FORM_OF.get(ONE_BYTE_IMMEDIATES[op] as number);
    if (form === undefined || !isPlain(op)) continue;
    const forbidden = form === FORM.ACCESS ? 0xc0 : 0;
    entries[op] = (forbidden << 16) | (form << 8) | (costOf(op) << 7) | (1 + (LENGTHS[form] as number));
  }
  return entries;
}

/** What comes to nothing but its cost. */
export const COMPUTING = entriesOf((op) => actionOf(op) <= ACTION.CONST64);
/** What names no function, memory or table, and leads to no more than one label. */
export const COMPUTING_OR_BRANCHING = entriesOf(() => true);

/** By how much the last byte of an integer is shifted: longer ones are left to the cursor. */
const MOST_SHIFT = 21;
const MOST_SHIFT_LONG = 56;

/**
 * Passes over runs of plain instructions. They are what most of a module consists of, so it goes by tables, with one branch
 * an instruction. What is not surely plain is left to the cursor: long integers, indices out of range, accesses that trap for
 * certain.
 */
export class PlainRuns {
  readonly #bytes: Uint8Array;
  readonly #entries: Entries;
  readonly #moves: Moves | undefined;
  /** By form and last byte: whether the instruction is plain for sure. */
  readonly #sure = new Uint8Array(FORMS * 256);
  /** By form: what its integer must be less than. */
  readonly #limits = new Uint32Array(FORMS).fill(0xffffffff);
  #moving = -1;

  /** `moves` is where to note each `local` instruction of the local that moves. */
  constructor(
    bytes: Uint8Array,
    { index, entries, moves }: { index: ModuleIndex; entries: Entries; moves?: Moves },
  ) {
    this.#bytes = bytes;
    this.#entries = entries;
    this.#moves = moves;
    for (const form of [FORM.NOTHING, FORM.FOUR_BYTES, FORM.EIGHT_BYTES]) {
      this.#sure.fill(1, form << 8, (form + 1) << 8);
    }
    this.#limit(FORM.INTEGER, 0xffffffff);
    this.#limit(FORM.LONG, 0xffffffff);
    this.#limit(FORM.GLOBAL, index.globals);
    this.#limit(FORM.ACCESS, new AccessBounds(index).harmless);
    this.#limit(FORM.BLOCK_TYPE, BLOCK_TYPES);
    for (const type of LONG_BLOCK_TYPES) this.#sure[(FORM.BLOCK_TYPE << 8) | type] = 0;
  }

  #limit(form: number, limit: number): void {
    const row = form << 8;
    this.#limits[form] = limit;
    this.#sure.fill(0, row, row + 128);
    this.#sure.fill(1, row, row + Math.min(limit, 128));
  }

  /** Starts a body with so many locals, of which one moves. */
  enter(locals = 0xffffffff, moving = -1): void {
    this.#moving = moving;
    this.#limit(FORM.LOCAL, locals);
    if (moving >= 0 && moving < 128) this.#sure[(FORM.LOCAL << 8) | moving] = 0;
  }

  /** Moves the cursor, which stands before an instruction, to the next one that is not plain. Returns what was passed costs. */
  pass(cursor: InstructionCursor): number {
    const bytes = this.#bytes;
    const sure = this.#sure;
    const entries = this.#entries;
    const { end } = cursor;
    let at = cursor.position;
    let cost = 0;
    while (at < end) {
      const entry = entries[bytes[at] as number] as number;
      const size = entry & 0x7f;
      const fits = sure[(entry & 0xff00) | (bytes[at + size - 1] as number)] as number;
      // Where a forbidden bit is set, the right side is more than 1.
      if (fits > ((bytes[at + size - 2] as number) & (entry >> 16))) {
        at += size;
      } else {
        const next = this.#passLong(at, entry);
        if (next === at) break;
        at = next;
      }
      cost += (entry >> 7) & 1;
    }
    cursor.position = at;
    return cost;
  }

  /** Returns the offset behind a plain instruction that moves, or has an integer of two to four bytes; `at` for any other. */
  #passLong(at: number, entry: number): number {
    const bytes = this.#bytes;
    const form = (entry >> 8) & 0xff;
    if (form < FORM.INTEGER || form > FORM.ACCESS) return at;
    const start = at + (entry & 0x7f) - 1;
    if (((bytes[start - 1] as number) & (entry >> 16)) !== 0) return at;
    let next = start + 1;
    let byte = bytes[start] as number;
    let value = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      if (shift > (form === FORM.LONG ? MOST_SHIFT_LONG : MOST_SHIFT)) return at;
      byte = bytes[next++] as number;
      value |= (byte & 0x7f) << shift;
    }
    if (value >= (this.#limits[form] as number)) return at;
    if (form === FORM.LOCAL && value === this.#moving) this.#moves?.add(start, next === start + 1);
    return next;
  }
}
