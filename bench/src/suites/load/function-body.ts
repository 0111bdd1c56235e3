import type { ByteWriter } from '@wasm-plugin/engine/module';
import type { Random } from '../../harness/index.js';

const OP = {
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  brIf: 0x0d,
  call: 0x10,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Load: 0x28,
  i32Store: 0x36,
  i32Const: 0x41,
  i32Eqz: 0x45,
  i32And: 0x71,
} as const;

/** Binary i32 instructions: add, sub, mul, and, or, xor, shl, shr_u, lt_u. */
const ARITHMETIC = [0x6a, 0x6b, 0x6c, 0x71, 0x72, 0x73, 0x74, 0x76, 0x49];
const I32 = 0x7f;
const NO_RESULT = 0x40;
const LOCALS = 6;
/** Keeps addresses inside one page, and aligned. */
const ADDRESS_MASK = 0x7ffc;

/**
 * Writes a function of one i32 parameter and one i32 result that resembles a compiler's output: arithmetic on locals, loads and
 * stores, branches, a short loop, and a call of an earlier function at times.
 */
export function writeFunctionBody(writer: ByteWriter, index: number, random: Random): void {
  const pick = (count: number): number => Math.floor(random() * count);
  const local = (): number => pick(LOCALS + 1);
  const get = (): void => {
    writer.byte(OP.localGet);
    writer.u32(local());
  };
  const op = (code: number): void => writer.byte(code);
  const constant = (value: number): void => {
    op(OP.i32Const);
    writer.signed(value);
  };
  const address = (): void => {
    get();
    constant(ADDRESS_MASK);
    op(OP.i32And);
  };
  const access = (code: number): void => {
    op(code);
    writer.u32(2);
    writer.u32(pick(1000) * 4);
  };
  const set = (): void => {
    op(OP.localSet);
    writer.u32(1 + pick(LOCALS - 1));
  };
  const statement = (): void => {
    switch (pick(5)) {
      case 0:
        address();
        access(OP.i32Load);
        set();
        return;
      case 1:
        address();
        get();
        access(OP.i32Store);
        return;
      case 2:
        get();
        op(OP.if);
        op(NO_RESULT);
        get();
        constant(pick(100_000));
        op(ARITHMETIC[pick(ARITHMETIC.length)] as number);
        set();
        op(OP.else);
        get();
        op(OP.i32Eqz);
        set();
        op(OP.end);
        return;
      default:
        get();
        get();
        op(ARITHMETIC[pick(ARITHMETIC.length)] as number);
        constant(pick(1000));
        op(ARITHMETIC[pick(ARITHMETIC.length)] as number);
        set();
    }
  };
  writer.u32(1);
  writer.u32(LOCALS);
  writer.byte(I32);
  for (let count = 6 + pick(14); count > 0; count--) statement();
  // The last local counts a loop down.
  constant(1 + pick(3));
  op(OP.localSet);
  writer.u32(LOCALS);
  op(OP.loop);
  op(NO_RESULT);
  for (let count = 2 + pick(6); count > 0; count--) statement();
  op(OP.localGet);
  writer.u32(LOCALS);
  constant(-1);
  op(ARITHMETIC[0] as number);
  op(OP.localTee);
  writer.u32(LOCALS);
  op(OP.brIf);
  writer.u32(0);
  op(OP.end);
  get();
  if (index > 0 && pick(3) === 0) {
    op(OP.call);
    writer.u32(pick(Math.min(index, 8)) === 0 ? 0 : index - 1);
  }
  op(OP.end);
}
