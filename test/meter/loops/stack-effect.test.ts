import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { NO_EFFECT, stackEffect } from '../../../engine/src/meter/loops/stack-effect.js';
import { decodeModule, indexModule, InstructionCursor } from '../../../engine/src/module/index.js';

const PARAMS = 'i32 i64 f32 f64 v128';

/** Returns the opcode of the last instruction of a body before its `end`. */
async function opcodeOf(instructions: string): Promise<number> {
  const text = `(module (memory 1) (table 1 funcref) (global (mut i32) (i32.const 0)) (func $f (param ${PARAMS})
    ${instructions} unreachable))`;
  const module = decodeModule(await parse(text));
  const { ranges, bytes } = module.code;
  const cursor = new InstructionCursor(bytes, indexModule(module).spaces);
  cursor.enter(ranges[0] as number, ranges[1] as number, 5);
  cursor.position++;
  let before = -1;
  for (;;) {
    cursor.next();
    if (cursor.op === 0x00) return before;
    before = cursor.op;
  }
}

const a = '(local.get 0)';
const b = '(local.get 1)';
const f = '(local.get 3)';
const v = '(local.get 4)';

describe('stackEffect()', () => {
  it.each<[string, number, number]>([
    ['nop', 0, 0],
    ['i32.const 1', 0, 1],
    ['f64.const 1', 0, 1],
    ['memory.size', 0, 1],
    ['global.get 0', 0, 1],
    [`${a} global.set 0`, 1, 0],
    [`${a} drop`, 1, 0],
    [`${a} ${a} ${a} select`, 3, 1],
    [`${a} i32.load`, 1, 1],
    [`${a} i64.load32_u`, 1, 1],
    [`${a} ${a} i32.store`, 2, 0],
    [`${a} ${b} i64.store32`, 2, 0],
    [`${a} i32.eqz`, 1, 1],
    [`${b} i64.eqz`, 1, 1],
    [`${b} i64.popcnt`, 1, 1],
    [`${a} ${a} i32.lt_s`, 2, 1],
    [`${a} ${a} i32.rotr`, 2, 1],
    [`${b} ${b} i64.rotr`, 2, 1],
    [`${f} f64.nearest`, 1, 1],
    [`${f} f64.sqrt`, 1, 1],
    [`${f} ${f} f64.copysign`, 2, 1],
    [`${b} i32.wrap_i64`, 1, 1],
    [`${b} i64.extend32_s`, 1, 1],
    [`${f} i64.trunc_sat_f64_u`, 1, 1],
    [`${a} v128.load`, 1, 1],
    [`${a} ${v} v128.store`, 2, 0],
    ['v128.const i32x4 1 2 3 4', 0, 1],
    [`${v} ${v} i8x16.swizzle`, 2, 1],
    [`${a} i32x4.splat`, 1, 1],
    [`${v} i32x4.extract_lane 0`, 1, 1],
    [`${v} ${a} i32x4.replace_lane 0`, 2, 1],
    [`${v} v128.not`, 1, 1],
    [`${v} ${v} ${v} v128.bitselect`, 3, 1],
    [`${v} v128.any_true`, 1, 1],
    [`${a} ${v} v128.load8_lane 0`, 2, 1],
    [`${a} ${v} v128.store8_lane 0`, 2, 0],
    [`${v} f64x2.sqrt`, 1, 1],
    [`${v} ${v} f64x2.add`, 2, 1],
    [`${v} i32x4.bitmask`, 1, 1],
    [`${v} ${a} i32x4.shl`, 2, 1],
  ])('of "%s" is %i off and %i on', async (instructions, pops, pushes) => {
    expect(stackEffect(await opcodeOf(instructions))).toBe(pops * 4 + pushes);
  });

  it.each([
    'call $f',
    'block end',
    `${a} memory.grow`,
    `${a} ${a} ${a} memory.fill`,
    'table.size 0',
    'ref.null func',
  ])('is none of "%s", which does more', async (instructions) => {
    const before =
      instructions === 'call $f' ? `${a} ${b} (local.get 2) ${f} ${v} ${instructions}` : instructions;
    const op = await opcodeOf(before);
    expect(stackEffect(op)).toBe(NO_EFFECT);
  });
});
