import { ByteWriter } from '../../binary/index.js';
import { OP, TYPE_I64, type CoreModule } from '../../module/index.js';
import type { MovedLocal } from './moved-local.js';

/** Empty block type. */
const NO_RESULT = 0x40;

/** The parts of a rewrite that bodies are written with. */
export interface WriterContext {
  readonly module: Pick<CoreModule, 'code'>;
  /** The index of the global that holds the counter between functions. */
  readonly counter: number;
  /** The index of the function that asks for more fuel. */
  readonly refuel: number;
}

/**
 * Writes the new instructions of one function body: copies runs of old ones, and keeps the counter. At every point the
 * exact fuel counter is `local + pending`, or `global + pending` while `inGlobal`; `pending` is known when the body is
 * written, so most costs are never added to anything but it.
 */
export class BodyWriter {
  readonly code = new ByteWriter(1 << 12);
  readonly #source: Uint8Array;
  readonly #context: WriterContext;
  readonly #movedLocal: MovedLocal;
  /** The local that holds the counter. */
  counter = 0;
  /** The index that the guest's local has now whose place the counter took. */
  moved = 0;
  /** Static cost that the counter does not have yet. */
  pending = 0;
  /** True if the counter is in the global only, as after a call. */
  inGlobal = false;
  /** Offset in the source of the first instruction that is not copied yet. */
  runStart = 0;
  /** Types of the locals that were added behind the guest's. */
  readonly temporaries: number[] = [];
  #firstTemporary = 0;
  readonly #shared: (number | undefined)[] = [];
  /** Branch hints: offset in `code`, value. */
  readonly hints: number[] = [];
  /** Of each run: where it begins in the source, where in `code`, and where it ends in the source. Only kept when asked for. */
  readonly runs: number[] = [];
  recordsRuns = false;

  constructor(context: WriterContext, movedLocal: MovedLocal) {
    this.#source = context.module.code.bytes;
    this.#context = context;
    this.#movedLocal = movedLocal;
  }

  /** Starts a body. The counter takes the index `counter`; temporaries follow behind the guest's locals. */
  begin({ counter, locals, runStart }: { counter: number; locals: number; runStart: number }): void {
    this.code.length = 0;
    this.counter = counter;
    this.moved = locals;
    this.#firstTemporary = locals + 1;
    // Setting a length is a call into the runtime, and most are 0 already.
    if (this.temporaries.length > 0) this.temporaries.length = 0;
    if (this.#shared.length > 0) this.#shared.length = 0;
    if (this.hints.length > 0) this.hints.length = 0;
    if (this.runs.length > 0) this.runs.length = 0;
    this.runStart = runStart;
    this.pending = 0;
    this.inGlobal = false;
  }

  /** Copies the old instructions from `runStart` to `at`. Later output stands before the instruction at `at`. */
  copyTo(at: number): void {
    const movedLocal = this.#movedLocal;
    movedLocal.rewind(this.runStart);
    if (this.moved < 0x80 && movedLocal.areShort) {
      const shift = this.code.length - this.runStart;
      this.#copyRun(at);
      const { bytes } = this.code;
      for (let move = movedLocal.nextBefore(at); move < at; move = movedLocal.nextBefore(at)) {
        bytes[move + shift] = this.moved;
      }
      return;
    }
    for (let move = movedLocal.nextBefore(at); move < at; move = movedLocal.nextBefore(at)) {
      this.#copyRun(move);
      this.code.u32(this.moved);
      this.runStart = skipInteger(this.#source, move);
    }
    this.#copyRun(at);
  }

  #copyRun(end: number): void {
    if (this.recordsRuns) this.runs.push(this.runStart, this.code.length, end);
    if (end > this.runStart) this.code.copyFrom(this.#source, this.runStart, end);
    this.runStart = end;
  }

  /** Copies old instructions from `start` to `end`, whose branches stay within, without anything for the counter. */
  copyUncounted(start: number, end: number): void {
    const { runStart } = this;
    this.runStart = start;
    this.copyTo(end);
    this.runStart = runStart;
  }

  /** Returns a new local. */
  temporary(type = TYPE_I64): number {
    this.temporaries.push(type);
    return this.#firstTemporary + this.temporaries.length - 1;
  }

  /** Returns the local of a slot, the same each time. */
  shared(slot: number, type: number): number {
    let local = this.#shared[slot];
    if (local === undefined) {
      local = this.temporary(type);
      this.#shared[slot] = local;
    }
    return local;
  }

  op(op: number): void {
    this.code.byte(op);
  }

  opIndex(op: number, index: number): void {
    if (index < 0x80) this.code.pair(op, index);
    else {
      this.code.byte(op);
      this.code.u32(index);
    }
  }

  /** Pushes an i64 that 32 bits hold. */
  i64(value: number): void {
    this.#constant(OP.I64_CONST, value);
  }

  i32(value: number): void {
    this.#constant(OP.I32_CONST, value);
  }

  #constant(op: number, value: number): void {
    if (value >= -64 && value < 64) this.code.pair(op, value & 0x7f);
    else {
      this.code.byte(op);
      this.code.s32(value);
    }
  }

  /** Notes that the branch written next is unlikely. */
  unlikely(): void {
    this.hints.push(this.code.length, 0);
  }

  /** Opens a block without results. */
  open(op: number): void {
    this.code.pair(op, NO_RESULT);
  }

  /** Pushes the exact counter. */
  pushExact(): void {
    if (this.inGlobal) this.opIndex(OP.GLOBAL_GET, this.#context.counter);
    else this.opIndex(OP.LOCAL_GET, this.counter);
    if (this.pending !== 0) {
      this.i64(this.pending);
      this.op(OP.I64_ADD);
    }
  }

  /** Makes `local + wanted` the exact counter. */
  settle(wanted: number): void {
    if (!this.inGlobal && this.pending === wanted) return;
    this.pending -= wanted;
    this.pushExact();
    this.opIndex(OP.LOCAL_SET, this.counter);
    this.pending = wanted;
    this.inGlobal = false;
  }

  /** Puts the exact counter into the global, for the code that runs next. The local stays as it was. */
  flush(): void {
    if (this.inGlobal && this.pending === 0) return;
    this.pushExact();
    this.opIndex(OP.GLOBAL_SET, this.#context.counter);
    // A branch that is not taken goes on from here.
    if (this.inGlobal) this.pending = 0;
  }

  /** Forgets the local: something else may have moved the global. */
  reload(): void {
    this.inGlobal = true;
    this.pending = 0;
  }

  /** Pushes whether the counter has run out, or would with `ahead` more. The counter must be in the local. */
  pushIsOut(ahead = 0): void {
    this.opIndex(OP.LOCAL_GET, this.counter);
    this.i64(-this.pending - ahead);
    this.op(OP.I64_GE_S);
  }

  /** Asks for more fuel, and pushes the counter that results, less its offset. The counter must be in the local. */
  pushRefuelled(): void {
    this.opIndex(OP.LOCAL_GET, this.counter);
    this.i64(this.pending);
    this.opIndex(OP.CALL, this.#context.refuel);
  }

  /** Asks for more fuel. The counter must be in the local; its offset stays. */
  refuel(): void {
    this.pushRefuelled();
    this.opIndex(OP.LOCAL_SET, this.counter);
  }

  /** Asks for more fuel if the counter has run out. */
  check(): void {
    this.settle(this.pending);
    this.pushIsOut();
    this.unlikely();
    this.open(OP.IF);
    this.refuel();
    this.op(OP.END);
  }
}

/** Returns the offset behind the LEB128 at `start`. */
export function skipInteger(bytes: Uint8Array, start: number): number {
  let at = start;
  while ((bytes[at++] as number) > 0x7f);
  return at;
}
