import { ByteWriter } from '../../binary/index.js';
import { OP, TYPE_I32, TYPE_I64, TYPE_F64 } from '../../module/index.js';

/** Writes the body of a function of our own. Every method returns the assembler. */
export class Assembler {
  readonly #writer = new ByteWriter(64);

  /** Starts a body with some locals. */
  constructor(...locals: number[]) {
    this.#writer.u32(locals.length);
    for (const type of locals) {
      this.#writer.byte(1);
      this.#writer.byte(type);
    }
  }

  op(...ops: number[]): this {
    for (const op of ops) this.#writer.byte(op);
    return this;
  }

  index(op: number, index: number): this {
    if (op > 0xff) {
      this.#writer.byte(op >>> 12);
      this.#writer.u32(op & 0xfff);
    } else this.#writer.byte(op);
    this.#writer.u32(index);
    return this;
  }

  get(local: number): this {
    return this.index(OP.LOCAL_GET, local);
  }

  tee(local: number): this {
    return this.index(OP.LOCAL_TEE, local);
  }

  set(local: number): this {
    return this.index(OP.LOCAL_SET, local);
  }

  load(global: number): this {
    return this.index(OP.GLOBAL_GET, global);
  }

  store(global: number): this {
    return this.index(OP.GLOBAL_SET, global);
  }

  call(target: number): this {
    return this.index(OP.CALL, target);
  }

  i32(value: number): this {
    this.#writer.byte(OP.I32_CONST);
    this.#writer.signed(value);
    return this;
  }

  i64(value: number): this {
    this.#writer.byte(OP.I64_CONST);
    this.#writer.signed(value);
    return this;
  }

  f64(value: number): this {
    this.#writer.byte(OP.F64_CONST);
    this.#writer.copyFrom(new Uint8Array(new Float64Array([value]).buffer));
    return this;
  }

  u32(value: number): this {
    this.#writer.u32(value);
    return this;
  }

  /** Opens an `if` without results. */
  if(): this {
    return this.op(OP.IF, 0x40);
  }

  end(): this {
    return this.op(OP.END);
  }

  /** Ends the body and returns it. */
  finish(): Uint8Array {
    return this.end().#writer.copy();
  }
}

export const I32 = TYPE_I32;
export const I64 = TYPE_I64;
export const F64 = TYPE_F64;
