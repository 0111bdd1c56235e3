import { describe, expect, it } from 'vitest';
import { Assembler, F64, I32, I64 } from '../../../engine/src/meter/append/assembler.js';
import { OP } from '../../../engine/src/module/index.js';

describe('Assembler', () => {
  it('begins with the locals and ends with "end"', () => {
    expect([...new Assembler().finish()]).toEqual([0, 0x0b]);
    expect([...new Assembler(I32, I64, F64).finish()]).toEqual([3, 1, 0x7f, 1, 0x7e, 1, 0x7c, 0x0b]);
  });

  it.each<[string, (body: Assembler) => Assembler, number[]]>([
    ['locals', (body) => body.get(1).set(2).tee(200), [0x20, 1, 0x21, 2, 0x22, 0xc8, 1]],
    ['globals and calls', (body) => body.load(3).store(4).call(5), [0x23, 3, 0x24, 4, 0x10, 5]],
    ['constants, signed', (body) => body.i32(-1).i64(64).u32(200), [0x41, 0x7f, 0x42, 0xc0, 0, 0xc8, 1]],
    ['a float', (body) => body.f64(-2), [0x44, 0, 0, 0, 0, 0, 0, 0, 0xc0]],
    ['an instruction with a prefix', (body) => body.index(OP.MEMORY_FILL, 7), [0xfc, 11, 7]],
    ['an "if"', (body) => body.if().op(OP.NOP).end(), [0x04, 0x40, 0x01, 0x0b]],
  ])('writes %s', (_, write, bytes) => {
    expect([...write(new Assembler()).finish()]).toEqual([0, ...bytes, 0x0b]);
  });
});
