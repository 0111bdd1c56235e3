import { OP } from '../../module/index.js';
import { I32 } from '../append/index.js';
import type { BodyWriter } from '../code/index.js';
import { GET_DEPTH_SLOT, SET_DEPTH_SLOT, type Frames } from './frames.js';

/**
 * Writes the counting of frames into bodies. A function takes its caller's depth and one more as its own, and stores its own
 * before each call. So values that callees leave behind, by returning or by an exception, are never read; only an open function
 * restores the value from before, for the host that may call the next one.
 */
export class FrameWriter {
  readonly #frames: Frames;
  readonly #writer: BodyWriter;
  /** The local that holds the depth. */
  #depth = 0;
  #isOpen = false;

  constructor(frames: Frames, writer: BodyWriter) {
    this.#frames = frames;
    this.#writer = writer;
  }

  /** A body begins. */
  enter(self: number): void {
    const writer = this.#writer;
    const { inner, peak, deeper, isOpen, shared } = this.#frames;
    this.#isOpen = isOpen[self] === 1;
    this.#depth = writer.temporary(I32);
    if (!this.#isOpen || shared === undefined) writer.opIndex(OP.GLOBAL_GET, inner);
    else {
      writer.i32(GET_DEPTH_SLOT);
      writer.opIndex(OP.CALL_INDIRECT, shared.getType);
      writer.code.u32(shared.table);
    }
    writer.i32(1);
    writer.op(OP.I32_ADD);
    writer.opIndex(OP.LOCAL_TEE, this.#depth);
    writer.opIndex(OP.GLOBAL_GET, peak);
    writer.op(OP.I32_GT_S);
    writer.unlikely();
    writer.open(OP.IF);
    writer.opIndex(OP.LOCAL_GET, this.#depth);
    writer.opIndex(OP.CALL, deeper);
    writer.op(OP.END);
  }

  /** A call follows. `target` is the function, if it is known. */
  call(target: number | undefined): void {
    this.#writer.opIndex(OP.LOCAL_GET, this.#depth);
    this.#say(target === undefined || this.#frames.isOpen[target] === 1);
  }

  /** An instruction follows that leaves for good. A tail call gives the frame up, to a callee that is open. */
  leaveBy(op: number): void {
    if (op === OP.RETURN_CALL || op === OP.RETURN_CALL_INDIRECT || op === OP.RETURN_CALL_REF) this.#giveUp();
  }

  /** A return, or the end, follows. */
  leave(): void {
    if (this.#isOpen) this.#giveUp();
  }

  #giveUp(): void {
    this.#writer.opIndex(OP.LOCAL_GET, this.#depth);
    this.#writer.i32(1);
    this.#writer.op(OP.I32_SUB);
    this.#say(true);
  }

  /** Takes the depth from the stack and leaves it for a callee. */
  #say(toOpen: boolean): void {
    const writer = this.#writer;
    const { inner, shared } = this.#frames;
    if (!toOpen || shared === undefined) {
      writer.opIndex(OP.GLOBAL_SET, inner);
      return;
    }
    writer.i32(SET_DEPTH_SLOT);
    writer.opIndex(OP.CALL_INDIRECT, shared.setType);
    writer.code.u32(shared.table);
  }
}
