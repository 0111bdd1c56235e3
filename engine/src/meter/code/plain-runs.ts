import {
  IMMEDIATE,
  ONE_BYTE_IMMEDIATES,
  OP,
  type InstructionCursor,
  type ModuleIndex,
} from '../../module/index.js';
import { AccessBounds } from './access-bounds.js';
import { ACTION, actionOf } from './action.js';
import { costOf } from './cost.js';
import type { MovedLocal } from './moved-local.js';

/** The number of bytes behind the opcode, of immediates without an integer. */
const PAYLOADS = new Map<number, number>([
  [IMMEDIATE.NONE, 0],
  [IMMEDIATE.FOUR_BYTES, 4],
  [IMMEDIATE.EIGHT_BYTES, 8],
]);
/** Immediates that are one unrestricted LEB128 integer. */
const INTEGERS = new Set<number>([IMMEDIATE.SIGNED32, IMMEDIATE.SIGNED64, IMMEDIATE.LABEL]);

const FIRST_PREFIX = 0xfb;
/** An integer of one byte is less. */
const LONG = 0x80;
/** Flags of a memory access that say no more than its alignment are less. */
const LONG_FLAGS = 0x40;
/** The block types of one byte that do not go on are less, or follow. */
const REF_NULL = 0x63;
const REF = 0x64;

/** Parts of an entry: the instruction's size, whether its third byte must be less than `LONG`, and its cost. */
const SIZE = 0x1f;
const ENDS_IN_THIRD = 0x40;
const COST_SHIFT = 7;
/** The rows of memory accesses. */
const ACCESSES = [0x28 << 8, 0x3f << 8] as const;
const LOCAL_ENTRY = 2 | (costOf(OP.LOCAL_GET) << COST_SHIFT);

/** By opcode and the byte behind it; 0 for an instruction that is not plain. */
type Entries = Uint8Array;

/** Makes an instruction plain if the byte behind its opcode is in `[from, to)`, and otherwise not. */
function allow(entries: Entries, op: number, [from, to, entry]: readonly [number, number, number]): void {
  const row = op << 8;
  entries.fill(0, row, row + 256);
  entries.fill(entry | (costOf(op) << COST_SHIFT), row + from, row + to);
}

/** Builds the entries for modules of which nothing is known. */
function entriesOf(isPlain: (op: number) => boolean): Entries {
  const entries = new Uint8Array(1 << 16);
  for (let op = 0; op < FIRST_PREFIX; op++) {
    if (!isPlain(op)) continue;
    const kind = ONE_BYTE_IMMEDIATES[op] as number;
    const payload = PAYLOADS.get(kind);
    if (payload !== undefined) allow(entries, op, [0, 256, 1 + payload]);
    else if (INTEGERS.has(kind)) {
      allow(entries, op, [LONG, 256, 3 | ENDS_IN_THIRD]);
      entries.fill(2 | (costOf(op) << COST_SHIFT), op << 8, (op << 8) + LONG);
    } else if (kind === IMMEDIATE.MEMORY_ARGUMENT) {
      allow(entries, op, [0, LONG_FLAGS, 3 | ENDS_IN_THIRD]);
    } else if (kind === IMMEDIATE.BLOCK_TYPE) {
      allow(entries, op, [0, LONG, 2]);
      entries.fill(0, (op << 8) + REF_NULL, (op << 8) + REF + 1);
    }
  }
  return entries;
}

/** Instructions of which only the cost matters. */
export const COMPUTING = entriesOf((op) => actionOf(op) <= ACTION.CONST64);
/** Instructions that name no function, memory or table, and lead to one label at most. */
export const COMPUTING_OR_BRANCHING = entriesOf(() => true);

/**
 * Passes over runs of plain instructions. Most instructions of a module are plain, so it goes by a table, with one branch an
 * instruction. Every instruction that is not surely plain is left to the cursor: long integers, indices out of range, accesses
 * that certainly trap.
 */
export class PlainRuns {
  readonly #bytes: Uint8Array;
  readonly #movedLocal: MovedLocal | undefined;
  readonly #entries: Entries;
  /** The number of locals whose instructions are plain, the moving one included. */
  #locals = 0;
  #moving = -1;

  /**
   * @param entries table of the plain instructions
   * @param movedLocal collects each instruction that names the local to be moved
   */
  constructor(
    bytes: Uint8Array,
    { index, entries, movedLocal }: { index: ModuleIndex; entries: Entries; movedLocal?: MovedLocal },
  ) {
    this.#bytes = bytes;
    this.#movedLocal = movedLocal;
    this.#entries = entries.slice();
    for (const op of [OP.GLOBAL_GET, OP.GLOBAL_SET])
      allow(this.#entries, op, [0, Math.min(index.globals, LONG), 2]);
    if (new AccessBounds(index).harmless < LONG) this.#entries.fill(0, ...ACCESSES);
  }

  /** Starts a body with so many locals, of which one moves. */
  enter(locals = LONG, moving = -1): void {
    const entries = this.#entries;
    const plain = Math.min(locals, LONG);
    for (let row = OP.LOCAL_GET << 8; row <= OP.LOCAL_TEE << 8; row += 256) {
      if (this.#moving >= 0) entries[row + this.#moving] = LOCAL_ENTRY;
      for (let local = this.#locals; local < plain; local++) entries[row + local] = LOCAL_ENTRY;
      for (let local = plain; local < this.#locals; local++) entries[row + local] = 0;
      if (moving >= 0 && moving < plain) entries[row + moving] = 0;
    }
    this.#locals = plain;
    this.#moving = moving < plain ? moving : -1;
  }

  /**
   * Moves the cursor, which stands before an instruction, to the next one that is not plain. Returns the cost of the
   * instructions passed.
   */
  pass(cursor: InstructionCursor): number {
    const bytes = this.#bytes;
    const entries = this.#entries;
    const moving = this.#moving;
    // The last instructions of the file are left to the cursor.
    const end = Math.min(cursor.end, bytes.length - 2);
    let at = cursor.position;
    let cost = 0;
    while (at < end) {
      const second = bytes[at + 1] as number;
      const entry = entries[((bytes[at] as number) << 8) | second] as number;
      // More than an entry can be if the third byte is not as it must be.
      const longer = ((bytes[at + 2] as number) & (entry << 1) & LONG) << 1;
      if (entry > longer) {
        at += entry & SIZE;
        cost += entry >> COST_SHIFT;
      } else if (second === moving && isLocal(bytes[at] as number)) {
        this.#movedLocal?.add(at + 1, true);
        at += 2;
        cost++;
      } else break;
    }
    cursor.position = at;
    return cost;
  }
}

function isLocal(op: number): boolean {
  return op >= OP.LOCAL_GET && op <= OP.LOCAL_TEE;
}
