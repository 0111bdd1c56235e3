import type { BodyWriter, BodyScan } from '../code/index.js';

/** No offset yet. */
export const UNSET = -0x80000000;

/**
 * The open labels of the body being rewritten: the depth of each in the new body, and the difference of the counter at its
 * reach.
 */
export class LabelStack {
  readonly #scan: BodyScan;
  #next = 0;
  #depth = 0;
  /** By depth. */
  readonly #labels: Int32Array;
  readonly #levels: Int32Array;
  readonly #reachable: Uint8Array;
  readonly #pending: Int32Array;
  readonly #inGlobal: Uint8Array;
  readonly #outlines: Int32Array;
  readonly #widths: Uint8Array;
  /** By label. */
  readonly #reached: Uint8Array;
  /** By class. */
  readonly #offsets: Int32Array;
  /** The number of labels that are open in the new body. */
  emitted = 0;

  constructor(scan: BodyScan) {
    this.#scan = scan;
    const { length } = scan.opcodes;
    this.#labels = new Int32Array(length);
    this.#levels = new Int32Array(length);
    this.#reachable = new Uint8Array(length);
    this.#pending = new Int32Array(length);
    this.#inGlobal = new Uint8Array(length);
    this.#outlines = new Int32Array(length);
    this.#widths = new Uint8Array(length);
    this.#reached = new Uint8Array(length);
    this.#offsets = new Int32Array(length);
  }

  /** Starts a body. */
  begin(): void {
    const { count } = this.#scan;
    this.#reached.fill(0, 0, count);
    this.#offsets.fill(UNSET, 0, count);
    this.#depth = 0;
    this.emitted = 0;
    this.#next = 1;
    this.#reachable[0] = 1;
  }

  /** Returns the number of the label that opens next. `open` follows. */
  enter(reachable: boolean): number {
    this.#reachable[this.#depth] = reachable ? 1 : 0;
    return this.#next++;
  }

  /** Opens a label at a level of the new body. */
  open(label: number, level: number): void {
    this.#labels[this.#depth] = label;
    this.#levels[this.#depth] = level;
    this.#outlines[this.#depth] = UNSET;
    this.#widths[this.#depth] = 1;
    this.#depth++;
    this.emitted = level;
  }

  /** Opens a label whose instructions are about to be written once more, so many levels further in. */
  openAgain(label: number, around: number, levels: number): void {
    this.#next = label + 1;
    this.#reachable[this.#depth] = 1;
    this.open(label, around + levels);
    this.#widths[this.#depth - 1] = levels;
  }

  /** Passes over the labels that end before `end`. */
  skipTo(end: number): void {
    const { count, ends } = this.#scan;
    while (this.#next < count && (ends[this.#next] as number) < end) this.#next++;
  }

  /** Closes the innermost label. */
  close(): void {
    const level = this.#levels[--this.#depth] as number;
    this.emitted = level - (this.#widths[this.#depth] as number);
  }

  /** The innermost label. */
  top(): number {
    return this.#labels[this.#depth - 1] as number;
  }

  /** Returns true if the innermost label was opened in reachable code. */
  wasReachable(): boolean {
    return this.#reachable[this.#depth - 1] === 1;
  }

  /** The label a branch goes to. */
  target(distance: number): number {
    return this.#labels[this.#depth - 1 - distance] as number;
  }

  /** The distance of a branch in the new body. */
  distanceTo(distance: number): number {
    return this.emitted - (this.#levels[this.#depth - 1 - distance] as number);
  }

  /** Notes that a reachable branch goes to the label. */
  reach(label: number): void {
    this.#reached[label] = 1;
  }

  reached(label: number): boolean {
    return this.#reached[label] === 1;
  }

  /** Returns the difference of the counter at the label. The first caller decides it. */
  offset(label: number, writer: BodyWriter): number {
    const root = this.#scan.classOf(label);
    const offset = this.#offsets[root] as number;
    if (offset !== UNSET) return offset;
    this.#offsets[root] = writer.pending;
    return writer.pending;
  }

  /** Keeps the state at an `if` for its `else`. Comes before `open`. */
  save(writer: BodyWriter): void {
    this.#pending[this.#depth] = writer.pending;
    this.#inGlobal[this.#depth] = writer.inGlobal ? 1 : 0;
  }

  restore(writer: BodyWriter): void {
    writer.pending = this.#pending[this.#depth - 1] as number;
    writer.inGlobal = this.#inGlobal[this.#depth - 1] === 1;
  }

  /** Notes that the innermost label is a loop with its slow path behind it, so many levels deep. */
  outline(offset: number, levels: number): void {
    this.#outlines[this.#depth - 1] = offset;
    this.#widths[this.#depth - 1] = levels;
  }

  /** The counter's offset at the header of the outlined loop that is innermost, or `UNSET`. */
  outlined(): number {
    return this.#outlines[this.#depth - 1] as number;
  }
}
