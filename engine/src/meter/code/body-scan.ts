import { ModuleError } from '@wasm-plugin/abi';
import {
  isConditionalBranch,
  OP,
  type Code,
  type InstructionCursor,
  type ModuleIndex,
} from '../../module/index.js';
import { AccessBounds } from './access-bounds.js';
import { ACTION, actionOf } from './action.js';
import { costOf, isBulk } from './cost.js';
import { MovedLocal } from './moved-local.js';
import { COMPUTING, PlainRuns } from './plain-runs.js';
import { RewriteStops } from './rewrite-stops.js';

/** The label has an `else`. */
export const HAS_ELSE = 1;
/** A call, a throw, or another instruction that may leave the function or run a hook lies inside. */
export const HAS_CALL = 2;
/** Another loop lies inside. */
export const HAS_LOOP = 4;
/** A catch clause jumps to the label, so that the counter must be in the global whenever it is reached. */
export const SYNCED = 8;
/** A conditional branch or a table jumps to the label. */
export const CONDITIONAL = 16;
/** A table of branches lies inside. */
export const HAS_TABLE = 32;
/** Another loop lies right inside, so that it is likely to run each time around. */
export const HAS_DIRECT_LOOP = 64;

/**
 * The survey of a body before it is rewritten: the places where the rewriter has to stop, those that name the local that
 * moves, and its labels. Labels are numbered in the order they open; label 0 is the function's own. Labels that one
 * `br_table` jumps to share a class, as the counter must be off by the same amount at all of them.
 */
export class BodyScan {
  readonly stops: RewriteStops;
  readonly movedLocal: MovedLocal;
  /** The opcode that opens the label; 0 for the function's own. */
  readonly opcodes: Uint8Array;
  readonly flags: Uint8Array;
  /** Offset of the `end` that closes it. */
  readonly ends: Uint32Array;
  count = 0;
  /** True if there is a bulk instruction. */
  hasBulk = false;
  /** The number of labels, and of branches to them. */
  merges = 0;
  readonly #parents: Int32Array;
  readonly #stack: Int32Array;
  readonly #bounds: AccessBounds;
  readonly #runs: PlainRuns;

  /**
   * The arrays have room for the largest possible body, so they are never replaced: otherwise the engine would recompile the
   * code that relies on them.
   */
  constructor({ bytes, ranges }: Code, index: ModuleIndex) {
    const mostBytes = largest(ranges);
    // An instruction that opens a label has at least two bytes, and so has one that names a local.
    const mostPairs = (mostBytes >> 1) + 1;
    this.stops = new RewriteStops(mostBytes + 1);
    this.movedLocal = new MovedLocal(mostPairs);
    this.opcodes = new Uint8Array(mostPairs + 1);
    this.flags = new Uint8Array(mostPairs + 1);
    this.ends = new Uint32Array(mostPairs + 1);
    this.#parents = new Int32Array(mostPairs + 1);
    this.#stack = new Int32Array(mostPairs + 1);
    this.#bounds = new AccessBounds(index);
    this.#runs = new PlainRuns(bytes, { index, entries: COMPUTING, movedLocal: this.movedLocal });
  }

  /** The representative of a label's class. */
  classOf(label: number): number {
    const parents = this.#parents;
    let root = label;
    for (let parent = parents[root] as number; parent !== root; parent = parents[root] as number) {
      // Halves the path, as tables that overlap would make it as long as they are many.
      parents[root] = parents[parent] as number;
      root = parent;
    }
    return root;
  }

  /**
   * Walks the instructions the cursor was set to. They have so many locals, of which one moves. All in one function: with a call
   * for each stop, sql.js was rewritten a tenth slower.
   */
  scan(cursor: InstructionCursor, { locals, moving }: { locals: number; moving: number }): void {
    this.count = 0;
    this.hasBulk = false;
    this.merges = 0;
    this.stops.clear();
    this.movedLocal.clear();
    this.#runs.enter(locals, moving);
    let depth = 0;
    this.#open(0, depth++);
    let cost = 0;
    while (depth > 0) {
      cost += this.#runs.pass(cursor);
      cursor.next();
      const op = cursor.op;
      const action = actionOf(op);
      if (action <= ACTION.CONST64 && (action !== ACTION.PLAIN || !this.#bounds.trapsForCertain(cursor))) {
        if (action === ACTION.LOCAL && cursor.first === moving) this.movedLocal.add(cursor.operands, false);
        cost += costOf(op);
        continue;
      }
      this.stops.add(cursor.at, cost);
      cost = 0;
      switch (op) {
        case OP.TRY_TABLE:
          this.#catches(cursor, depth);
          this.#open(op, depth++);
          break;
        case OP.BLOCK:
        case OP.LOOP:
        case OP.IF:
        case OP.TRY:
          this.#open(op, depth++);
          break;
        case OP.ELSE:
          this.#mark(this.#stack[depth - 1] as number, HAS_ELSE);
          break;
        case OP.DELEGATE:
        case OP.END:
          this.#close(--depth, cursor.at);
          break;
        case OP.BR_TABLE:
          this.#table(cursor, depth);
          break;
        case OP.CALL:
        case OP.CALL_INDIRECT:
        case OP.CALL_REF:
          this.#mark(this.#stack[depth - 1] as number, HAS_CALL);
          break;
        case OP.BR:
          this.merges++;
          break;
        default:
          if (isBulk(op)) {
            this.hasBulk = true;
            this.#mark(this.#stack[depth - 1] as number, HAS_CALL);
          } else if (isConditionalBranch(op)) {
            this.merges++;
            this.#mark(this.#target(cursor.first, depth), CONDITIONAL);
          }
      }
    }
    if (!cursor.done) {
      throw new ModuleError('WP_MODULE_MALFORMED', 'instructions behind the end of a function', {
        offset: cursor.position,
        section: 'code',
      });
    }
  }

  #target(distance: number, depth: number): number {
    if (distance >= depth) {
      throw new ModuleError('WP_MODULE_INVALID', `unknown label ${distance}`, { offset: 0, section: 'code' });
    }
    return this.#stack[depth - 1 - distance] as number;
  }

  #mark(label: number, flag: number): void {
    this.flags[label] = (this.flags[label] as number) | flag;
  }

  #open(op: number, depth: number): void {
    const label = this.count++;
    this.merges++;
    this.opcodes[label] = op;
    this.flags[label] = 0;
    this.#parents[label] = label;
    this.#stack[depth] = label;
  }

  #close(depth: number, at: number): void {
    const label = this.#stack[depth] as number;
    this.ends[label] = at;
    if (depth === 0) return;
    let inherited = (this.flags[label] as number) & (HAS_CALL | HAS_LOOP | HAS_TABLE);
    if (this.opcodes[label] === OP.LOOP) inherited |= HAS_LOOP | HAS_DIRECT_LOOP;
    // A try stays out of unrolled or doubled loops.
    if (this.opcodes[label] === OP.TRY || this.opcodes[label] === OP.TRY_TABLE) inherited |= HAS_CALL;
    this.#mark(this.#stack[depth - 1] as number, inherited);
  }

  #table(cursor: InstructionCursor, depth: number): void {
    const after = cursor.position;
    cursor.position = cursor.operands;
    this.#mark(this.#stack[depth - 1] as number, HAS_TABLE);
    let first = -1;
    for (let left = cursor.unsigned(); left >= 0; left--) {
      const label = this.#target(cursor.unsigned(), depth);
      this.merges++;
      this.#mark(label, CONDITIONAL);
      const root = this.classOf(label);
      if (first < 0) first = root;
      else if (root !== first) this.#parents[root] = first;
    }
    cursor.position = after;
  }

  #catches(cursor: InstructionCursor, depth: number): void {
    const after = cursor.position;
    for (let left = cursor.catches(); left > 0; left--) {
      this.#mark(this.#target(cursor.catchClause(), depth), SYNCED | CONDITIONAL);
    }
    cursor.position = after;
  }
}

/** The length of the largest body. */
function largest(ranges: Uint32Array): number {
  let most = 0;
  for (let at = 0; at < ranges.length; at += 2) {
    most = Math.max(most, (ranges[at + 1] as number) - (ranges[at] as number));
  }
  return most;
}
