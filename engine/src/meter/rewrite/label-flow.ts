import { functionTypeAt, OP, type InstructionCursor } from '../../module/index.js';
import {
  type BodyWriter,
  costOf,
  KnownConstants,
  type BodyScan,
  HAS_CALL,
  HAS_DIRECT_LOOP,
  HAS_ELSE,
  HAS_LOOP,
  HAS_TABLE,
  SYNCED,
} from '../code/index.js';
import type { GuestHints } from '../sections/index.js';
import {
  costOfAll,
  isExact,
  type CountedLoop,
  type NestedLoop,
  LoopReader,
  MAX_NEST_BYTES,
  closeSlowPath,
  openSlowPath,
  closeCopy,
  copiesFor,
  openCopies,
  openCopy,
  type CopiedLoop,
} from '../loops/index.js';
import type { RewriteContext } from './rewrite-context.js';
import { LabelStack, UNSET } from './label-stack.js';

/** The parts of a body that the flow of control works on. */
export interface FlowParts {
  readonly context: RewriteContext;
  readonly cursor: InstructionCursor;
  readonly scan: BodyScan;
  readonly writer: BodyWriter;
  readonly hints: GuestHints;
}

/**
 * Follows the labels of a body while it is rewritten: the reachable code, by wasmtime's rule, and the difference of the counter
 * at places where branches meet. Puts the checks at loop headers.
 */
export class LabelFlow {
  readonly #context: RewriteContext;
  readonly #source: Uint8Array;
  readonly #cursor: InstructionCursor;
  readonly #hints: GuestHints;
  readonly #loops: LoopReader;
  readonly writer: BodyWriter;
  readonly scan: BodyScan;
  readonly labels: LabelStack;
  readonly constants: KnownConstants;
  /** True if the current instruction can be reached. */
  reachable = true;
  /** The number of loops with a copy without the counter or its checks, in all bodies so far. */
  loopsHoisted = 0;
  /** The innermost outlined loop that is open, if it is a counted one, and where it starts. */
  #counted: CountedLoop | undefined;
  #loopStart = 0;
  /** The innermost repeated loop that is open. */
  #copied: CopiedLoop | undefined;

  constructor({ context, cursor, scan, writer, hints }: FlowParts) {
    this.#context = context;
    this.#source = context.module.code.bytes;
    this.#cursor = cursor;
    this.#hints = hints;
    this.writer = writer;
    this.scan = scan;
    this.labels = new LabelStack(scan);
    this.constants = new KnownConstants(this.#source, context.index.spaces);
    this.#loops = new LoopReader(this.#source, context.index.spaces, this.scan);
  }

  /** Starts a body whose instructions begin at `start`. */
  begin(start: number, counts: { params: number; locals: number }): void {
    this.labels.begin();
    this.constants.begin(start, counts);
    this.reachable = true;
  }

  open(op: number): void {
    const cursor = this.#cursor;
    const { writer } = this;
    const label = this.labels.enter(this.reachable);
    if (op !== OP.BLOCK) this.constants.forget(cursor.position);
    if (op === OP.TRY_TABLE && this.reachable) this.#catchEdges();
    if (!this.reachable) {
      this.labels.open(label, this.labels.emitted + 1);
      return;
    }
    writer.pending += costOf(op);
    const flags = this.scan.flags[label] as number;
    if (op === OP.IF) {
      writer.copyTo(cursor.at);
      if (flags & HAS_ELSE) this.labels.save(writer);
      else this.edge(label);
      this.#hints.carry(writer, cursor.at);
    } else if (op === OP.LOOP) {
      this.#loop(label, flags);
      return;
    }
    this.labels.open(label, this.labels.emitted + 1);
  }

  /** A handler may be reached from anywhere inside, with the counter in the global. */
  #catchEdges(): void {
    const cursor = this.#cursor;
    const after = cursor.position;
    for (let left = cursor.catches(); left > 0; left--)
      this.labels.reach(this.labels.target(cursor.catchClause()));
    cursor.position = after;
  }

  #loop(label: number, flags: number): void {
    const cursor = this.#cursor;
    const { writer } = this;
    writer.copyTo(cursor.at);
    const unchecked = this.#unchecked(cursor.at);
    if (unchecked !== undefined) {
      this.#openUnchecked(label, unchecked);
      return;
    }
    const synced = (flags & SYNCED) !== 0;
    const free = !synced && (flags & HAS_CALL) === 0 && !this.#blockHasParams();
    this.edge(label);
    if (synced) writer.reload();
    const end = this.scan.ends[label] as number;
    const innermost = (flags & HAS_LOOP) === 0;
    const counted =
      free && (innermost || end - cursor.position <= MAX_NEST_BYTES)
        ? this.#loops.read(cursor.position, label, writer.moved)
        : undefined;
    // Around a loop that runs each time, a check is cheap where it is, and V8 11 moves more out of the loop.
    if (!free || (counted === undefined && (flags & HAS_DIRECT_LOOP) !== 0)) {
      writer.copyTo(cursor.position);
      this.labels.open(label, this.labels.emitted + 1);
      writer.check();
      return;
    }
    const blockType = this.#source.subarray(cursor.operands, cursor.position);
    const bound = counted !== undefined && !isExact(counted) ? counted : undefined;
    const copies = innermost && flags & HAS_TABLE ? copiesFor(end - cursor.position) : 1;
    if (bound !== undefined || copies > 1) {
      const { position: start } = cursor;
      const { next: stop } = this.scan.stops;
      const offset = writer.pending;
      const loop = { label, bound, copies, start, end, stop, offset, round: 0, outer: this.#copied };
      this.#copied = loop;
      openCopies(writer, blockType, loop);
      this.#openCopy(loop, this.labels.emitted);
      return;
    }
    this.#counted = counted;
    this.#loopStart = cursor.at;
    const levels = openSlowPath(writer, blockType, counted);
    writer.copyTo(cursor.position);
    this.labels.open(label, this.labels.emitted + levels);
    this.labels.outline(writer.pending, levels);
    writer.pushIsOut();
    writer.unlikely();
    writer.opIndex(OP.BR_IF, 1);
  }

  /** The loop that starts here, if the fuel is known to last for it. */
  #unchecked(at: number): NestedLoop | undefined {
    if (this.#copied?.round !== 0) return undefined;
    return this.#copied.bound?.inner.find(({ start }) => start === at);
  }

  #openUnchecked(label: number, loop: NestedLoop): void {
    const cursor = this.#cursor;
    const { writer } = this;
    const cost = costOfAll(loop);
    if (cost === undefined) {
      this.edge(label);
      writer.copyTo(cursor.position);
      this.labels.open(label, this.labels.emitted + 1);
      return;
    }
    writer.pending += cost;
    writer.copyUncounted(cursor.at, loop.end + 1);
    cursor.position = loop.end + 1;
    writer.runStart = cursor.position;
    this.labels.skipTo(loop.end);
    this.scan.stops.skipTo(cursor.position);
  }

  /** Starts a copy of a repeated loop; `around` is the level that lies around the loop. */
  #openCopy(loop: CopiedLoop, around: number): void {
    this.scan.stops.next = loop.stop;
    this.constants.forget(loop.start);
    this.reachable = true;
    const level = openCopy(this.writer, loop);
    this.labels.openAgain(loop.label, around, level);
  }

  #endCopy(loop: CopiedLoop): void {
    closeCopy(this.writer, loop);
    this.labels.close();
    if (loop.round++ < loop.copies) {
      this.#openCopy(loop, this.labels.emitted);
      return;
    }
    if (loop.bound !== undefined) this.loopsHoisted++;
    this.#copied = loop.outer;
    this.writer.runStart = this.#cursor.position;
    this.#forgetTop();
  }

  #blockHasParams(): boolean {
    const code = this.#source[this.#cursor.operands] as number;
    if (code >= 0x40 && code < 0x80) return false;
    const position = this.#cursor.position;
    this.#cursor.position = this.#cursor.operands;
    const type = this.#cursor.signed32();
    this.#cursor.position = position;
    return (functionTypeAt(this.#context.index, type)?.params.length ?? 0) > 0;
  }

  /** Makes the counter fit for an edge to a label. */
  edge(label: number): void {
    const { writer } = this;
    this.labels.reach(label);
    if ((this.scan.flags[label] as number) & SYNCED) {
      writer.flush();
      return;
    }
    writer.settle(this.labels.offset(label, writer));
  }

  /** Ends a label: straight control joins the branches. */
  join(label: number): void {
    if (this.reachable && this.labels.reached(label)) this.edge(label);
    this.#joinAfter(label);
  }

  else(): void {
    const cursor = this.#cursor;
    const { writer } = this;
    const label = this.labels.top();
    writer.copyTo(cursor.at);
    this.constants.forget(cursor.position);
    if (this.reachable) this.edge(label);
    this.reachable = this.labels.wasReachable();
    if (this.reachable) this.labels.restore(writer);
  }

  /** Returns whether it was the end of the function. */
  end(op: number): boolean {
    const cursor = this.#cursor;
    const { writer } = this;
    const label = this.labels.top();
    writer.copyTo(cursor.at);
    if (label === 0) return true;
    if (op === OP.DELEGATE) return this.#delegate(label);
    const isLoop = this.scan.opcodes[label] === OP.LOOP;
    if (this.#copied?.label === label) {
      this.#endCopy(this.#copied);
      return false;
    }
    if (!isLoop && this.labels.reached(label) && this.reachable) this.edge(label);
    const outlined = this.labels.outlined();
    writer.copyTo(cursor.position);
    this.labels.close();
    if (outlined !== UNSET) this.#closeSlowPath(outlined);
    if (!isLoop) this.#joinAfter(label);
    // Out of a block that nothing branches out of, a constant comes out as one.
    if (this.scan.opcodes[label] !== OP.BLOCK) this.#forgetTop();
    return false;
  }

  #forgetTop(): void {
    if (this.scan.hasBulk) this.constants.forgetTop(this.#cursor.position);
  }

  #closeSlowPath(offset: number): void {
    const counted = this.#counted;
    const { position: end } = this.#cursor;
    closeSlowPath(this.writer, offset, counted && { ...counted, start: this.#loopStart, end });
    if (counted === undefined) return;
    this.loopsHoisted++;
    this.#counted = undefined;
  }

  #joinAfter(label: number): void {
    const { writer } = this;
    if (!this.labels.reached(label)) return;
    this.constants.forget(this.#cursor.position);
    this.reachable = true;
    if ((this.scan.flags[label] as number) & SYNCED) writer.reload();
    else {
      writer.inGlobal = false;
      writer.pending = this.labels.offset(label, writer);
    }
  }

  #delegate(label: number): boolean {
    const { writer } = this;
    if (this.labels.reached(label) && this.reachable) this.edge(label);
    const distance = this.labels.distanceTo(this.#cursor.first + 1) - 1;
    writer.opIndex(OP.DELEGATE, distance);
    writer.runStart = this.#cursor.position;
    this.labels.close();
    this.#joinAfter(label);
    return false;
  }

  /** A `catch` ends the code before it, and starts with the counter in the global. */
  catch(): void {
    const { writer } = this;
    writer.copyTo(this.#cursor.at);
    this.constants.forget(this.#cursor.position);
    if (this.reachable) this.edge(this.labels.top());
    this.reachable = this.labels.wasReachable();
    writer.reload();
  }
}
