import { ModuleError } from '@wasm-plugin/abi';
import type { ByteWriter } from '../../binary/index.js';
import {
  encodeValueType,
  functionTypeAt,
  InstructionCursor,
  OP,
  type FunctionType,
} from '../../module/index.js';
import {
  ACTION,
  actionOf,
  BodyWriter,
  skipInteger,
  costOf,
  readLocals,
  writeLocals,
  refuseSlow,
  BodyScan,
  CONDITIONAL,
} from '../code/index.js';
import { writeBulk } from './bulk.js';
import { writeEntry, type RewrittenFunction } from './entry.js';
import type { RewriteContext } from './rewrite-context.js';
import { FrameWriter } from '../frames/index.js';
import type { GuestHints } from '../sections/index.js';
import { LabelFlow } from './label-flow.js';
import { NO_TWIN } from '../append/index.js';

/** The most that V8 accepts. */
const MAX_BODY_BYTES = 7_654_321;

/** V8's baseline compiler sets every local to zero as a function is entered: more than these take longer than the call. */
const MANY_LOCALS = 512;

/**
 * Rewrites function bodies so that they count fuel exactly as wasmtime 50 does, and ask for more where it does.
 *
 * - Entering costs 1 and is checked. Every reachable instruction costs `costOf` it, every bulk instruction also what it
 *   moved once it succeeded. Every loop header is checked each time around, and a bulk instruction behind itself.
 * - The exact counter is in the global before anything that may leave the function: calls, throws, `return`, the end,
 *   `unreachable`; and read from there again behind calls and in handlers.
 * - Nothing is renumbered but one local: the counter takes the place behind the parameters, and the guest's first local
 *   moves to the end.
 *
 * A static cost is not added when it arises. It is carried along as the offset `pending` between the local and the exact
 * counter, and each label gets the offset of the first branch to it, so that only branches with another offset pay.
 */
export class BodyRewriter {
  readonly #context: RewriteContext;
  readonly #source: Uint8Array;
  readonly #cursor: InstructionCursor;
  readonly #hints: GuestHints;
  readonly #flow: LabelFlow;
  readonly #frames: FrameWriter | undefined;
  readonly #scan: BodyScan;
  readonly writer: BodyWriter;
  #type: FunctionType = { kind: 'func', params: [], results: [] };
  #typeIndex = 0;
  /** True if the counter comes in as a parameter and goes out as a result. */
  #passes = false;

  constructor(context: RewriteContext, hints: GuestHints) {
    this.#context = context;
    this.#source = context.module.code.bytes;
    this.#cursor = new InstructionCursor(this.#source, context.index.spaces);
    this.#hints = hints;
    this.#scan = new BodyScan(context.module.code, context.index);
    this.writer = new BodyWriter(context, this.#scan.movedLocal);
    this.#frames = context.frames && new FrameWriter(context.frames, this.writer);
    const { writer } = this;
    this.#flow = new LabelFlow({ context, cursor: this.#cursor, scan: this.#scan, writer, hints });
  }

  /** The number of loops with a copy without the counter or its checks, in all bodies so far. */
  get loopsHoisted(): number {
    return this.#flow.loopsHoisted;
  }

  /** Appends the new body of a defined function to `out`. Returns the length of its locals. */
  rewrite(out: ByteWriter, { defined, self, passes }: RewrittenFunction): number {
    const { index, module } = this.#context;
    const start = module.code.ranges[defined * 2] as number;
    const end = module.code.ranges[defined * 2 + 1] as number;
    this.#typeIndex = module.functions[defined] as number;
    const type = functionTypeAt(index, this.#typeIndex);
    if (type === undefined) throw this.#malformed('a function without a function type', start);
    this.#type = type;
    this.#passes = passes;
    const original = index.importedFunctions + defined;
    const cursor = this.#cursor;
    cursor.enter(start, end, 0xffffffff);
    const params = type.params.length;
    const locals = readLocals(cursor, this.#source, params);
    const codeStart = cursor.position;
    const count = params + locals.total;
    cursor.enter(codeStart, end, count);
    this.#scan.scan(cursor, { locals: count, moving: params });
    refuseSlow({ locals: count, bytes: end - start, merges: this.#scan.merges }, start);
    this.writer.begin({ counter: params, locals: count, runStart: codeStart });
    this.#flow.begin(codeStart, { params, locals: count });
    this.#hints.enter(original, start);
    this.#body(original, self);
    const at = out.length;
    writeLocals(out, this.#source, { locals, passes, temporaries: this.writer.temporaries });
    const headerLength = out.length - at;
    out.copyFrom(this.writer.code.bytes, 0, this.writer.code.length);
    if (out.length - at > MAX_BODY_BYTES && end - start <= MAX_BODY_BYTES) {
      throw new ModuleError('WP_MODULE_LIMIT', 'a function is too large to be metered', {
        offset: start,
        section: 'code',
      });
    }
    return headerLength;
  }

  #body(original: number, self: number): void {
    const { writer } = this;
    const params = this.#type.params.length;
    writeEntry(writer, this.#context, { self, params, passes: this.#passes });
    this.#frames?.enter(original);
    if (writer.moved > MANY_LOCALS) this.#payToll();
    const wrapped = ((this.#scan.flags[0] as number) & CONDITIONAL) !== 0;
    if (wrapped) {
      writer.op(OP.BLOCK);
      this.#writeResultType();
    }
    this.#flow.labels.open(0, wrapped ? 1 : 0);
    this.#instructions();
    if (wrapped) {
      this.#flow.join(0);
      writer.op(OP.END);
    }
    if (this.#flow.reachable) this.#leave();
    else if (this.#passes) writer.opIndex(OP.LOCAL_GET, writer.counter);
    writer.op(OP.END);
  }

  #writeResultType(): void {
    const { code } = this.writer;
    const { results } = this.#type;
    const [only] = results;
    if (only === undefined) code.byte(0x40);
    else if (results.length === 1) encodeValueType(code, only);
    else code.signed(this.#context.resultTypes.get(this.#typeIndex) as number);
  }

  /** Hands the exact counter to the caller. */
  #leave(): void {
    this.#frames?.leave();
    if (this.#passes) this.#pushForward();
    else this.writer.flush();
  }

  /** Pushes the exact counter, to be passed on; and leaves it in the global too, if traps shall find it there. */
  #pushForward(): void {
    const { writer } = this;
    const isThere = writer.inGlobal && writer.pending === 0;
    writer.pushExact();
    if (isThere || !this.#context.plan.exactTraps) return;
    writer.opIndex(OP.LOCAL_TEE, writer.counter);
    writer.opIndex(OP.GLOBAL_SET, this.#context.counter);
    writer.opIndex(OP.LOCAL_GET, writer.counter);
  }

  #instructions(): void {
    const cursor = this.#cursor;
    const { writer } = this;
    const { stops } = this.#scan;
    for (;;) {
      writer.pending += stops.advance(cursor);
      const { op } = cursor;
      switch (actionOf(op)) {
        case ACTION.PLAIN:
          this.#trap(op);
          break;
        case ACTION.OPEN:
          this.#flow.open(op);
          break;
        case ACTION.ELSE:
          this.#flow.else();
          break;
        case ACTION.CATCH:
          this.#flow.catch();
          break;
        case ACTION.END:
          if (this.#flow.end(op)) return;
          break;
        case ACTION.BRANCH:
          this.#branch(op);
          break;
        case ACTION.CONDITIONAL:
          this.#conditional(op);
          break;
        case ACTION.TABLE:
          this.#table();
          break;
        case ACTION.CALL:
          this.#call(op);
          break;
        case ACTION.LEAVE:
          this.#leaveBy(op);
          break;
        case ACTION.BULK:
          this.#bulk();
          break;
        case ACTION.WAIT:
          this.#wait();
          break;
      }
    }
  }

  /** An access that traps for certain: no other plain instruction is stopped at. */
  #trap(op: number): void {
    const { writer } = this;
    writer.pending += costOf(op);
    if (!this.#flow.reachable) return;
    writer.copyTo(this.#cursor.at);
    writer.flush();
  }

  #bulk(): void {
    if (!this.#flow.reachable) return;
    const cursor = this.#cursor;
    const constant = this.#flow.constants.topAt(cursor.at);
    writeBulk(this.writer, this.#context, { cursor, constant });
  }

  #branch(op: number): void {
    const cursor = this.#cursor;
    const { writer } = this;
    const target = op === OP.RETURN ? 0 : this.#flow.labels.target(cursor.first);
    const toEnd = op === OP.RETURN || (target === 0 && ((this.#scan.flags[0] as number) & CONDITIONAL) === 0);
    writer.copyTo(cursor.at);
    writer.runStart = cursor.position;
    if (this.#flow.reachable) {
      writer.pending += costOf(op);
      if (toEnd) this.#leave();
      else this.#flow.edge(target);
    } else if (toEnd && this.#passes) {
      writer.opIndex(OP.LOCAL_GET, writer.counter);
    }
    if (toEnd) writer.op(OP.RETURN);
    else writer.opIndex(OP.BR, this.#flow.labels.distanceTo(cursor.first));
    this.#flow.reachable = false;
  }

  #conditional(op: number): void {
    const cursor = this.#cursor;
    const { writer } = this;
    const target = this.#flow.labels.target(cursor.first);
    writer.copyTo(cursor.at);
    if (this.#flow.reachable) {
      writer.pending += costOf(op);
      this.#flow.edge(target);
    }
    this.#hints.carry(writer, cursor.at);
    const distance = this.#flow.labels.distanceTo(cursor.first);
    if (distance === cursor.first) return;
    if (op === OP.BR_ON_CAST || op === OP.BR_ON_CAST_FAIL) {
      // prefix, opcode and flags stay; the label is a LEB128 behind them
      writer.copyTo(cursor.operands + 1);
      writer.code.u32(distance);
      writer.runStart = skipInteger(this.#source, cursor.operands + 1);
    } else {
      writer.opIndex(op, distance);
      writer.runStart = cursor.position;
    }
  }

  #table(): void {
    const cursor = this.#cursor;
    const { writer } = this;
    const after = cursor.position;
    writer.copyTo(cursor.at);
    if (this.#flow.reachable) {
      writer.pending += costOf(OP.BR_TABLE);
      cursor.position = cursor.operands;
      for (let left = cursor.unsigned(); left >= 0; left--)
        this.#flow.edge(this.#flow.labels.target(cursor.unsigned()));
    }
    cursor.position = cursor.operands;
    const count = cursor.unsigned();
    writer.opIndex(OP.BR_TABLE, count);
    for (let left = count; left >= 0; left--)
      writer.code.u32(this.#flow.labels.distanceTo(cursor.unsigned()));
    cursor.position = after;
    writer.runStart = after;
    this.#flow.reachable = false;
  }

  #call(op: number): void {
    const cursor = this.#cursor;
    const { writer } = this;
    const { reachable } = this.#flow;
    const twin = op === OP.CALL ? (this.#context.passing.twins[cursor.first] as number) : NO_TWIN;
    // Unreachable code is not counted, but must still fit a callee that changed its type.
    if (!reachable && twin === NO_TWIN) return;
    writer.copyTo(cursor.at);
    if (reachable) {
      writer.pending += costOf(op);
      this.#frames?.call(op === OP.CALL ? cursor.first : undefined);
    }
    if (twin === NO_TWIN) {
      writer.flush();
      writer.copyTo(cursor.position);
      writer.reload();
      return;
    }
    if (reachable) this.#pushForward();
    else writer.opIndex(OP.LOCAL_GET, writer.counter);
    writer.opIndex(OP.CALL, twin);
    writer.opIndex(OP.LOCAL_SET, writer.counter);
    writer.pending = 0;
    writer.inGlobal = false;
    writer.runStart = cursor.position;
  }

  /**
   * The timeout, which is on top, is cut to the deadline; a thread that wakes up behind it traps. The counter sits it out
   * in the global: the baseline compiler of V8 11.3 overwrites half of a local that lives across the instruction.
   */
  #wait(): void {
    const { wait } = this.#context;
    const { writer } = this;
    if (wait === undefined || !this.#flow.reachable) return;
    writer.pending += costOf(this.#cursor.op);
    writer.copyTo(this.#cursor.at);
    writer.flush();
    writer.opIndex(OP.CALL, wait.clamp);
    writer.copyTo(this.#cursor.position);
    writer.reload();
    writer.opIndex(OP.CALL, wait.wake);
  }

  /** `unreachable`, throws and tail calls: they leave the function for good. */
  #leaveBy(op: number): void {
    const { writer } = this;
    const cursor = this.#cursor;
    if (op === OP.RETHROW) {
      writer.copyTo(cursor.at);
      if (this.#flow.reachable) {
        writer.pending += costOf(op);
        writer.flush();
        this.#payToll();
      }
      writer.opIndex(op, this.#flow.labels.distanceTo(cursor.first));
      writer.runStart = cursor.position;
    } else if (this.#flow.reachable) {
      writer.pending += costOf(op);
      writer.copyTo(cursor.at);
      this.#frames?.leaveBy(op);
      writer.flush();
      if (op === OP.THROW || op === OP.THROW_REF) this.#payToll();
    }
    this.#flow.reachable = false;
  }

  /** Something follows that takes far more time than fuel. */
  #payToll(): void {
    this.writer.opIndex(OP.CALL, this.#context.toll);
  }

  #malformed(reason: string, offset: number): ModuleError {
    return new ModuleError('WP_MODULE_MALFORMED', reason, { offset, section: 'code' });
  }
}
