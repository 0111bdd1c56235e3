import { describe, expect, it } from 'vitest';
import { Appendix, GrowthBudget, I32 } from '../../../engine/src/meter/append/index.js';
import { moduleFrom } from './appended-module.js';

const TEXT =
  '(module (type (func)) (type (func (param i64))) (import "" "f" (func (type 1))) (func (type 0)))';

async function appendix(): Promise<{ appendix: Appendix } & Awaited<ReturnType<typeof moduleFrom>>> {
  const { module, index } = await moduleFrom(TEXT);
  return { appendix: new Appendix(index, new GrowthBudget(0)), module, index };
}

describe('Appendix.type()', () => {
  it('appends each type once, behind those of the module', async () => {
    const { appendix: types } = await appendix();
    expect([types.type([I32], []), types.type([], [I32]), types.type([I32], [])]).toEqual([2, 3, 2]);
    expect(types.types).toHaveLength(2);
  });
});

describe('Appendix.add() and define()', () => {
  it('number functions behind those of the module, imports included; a body may follow', async () => {
    const { appendix: functions, module } = await appendix();
    expect(functions.add(0)).toBe(2);
    expect(functions.add(1, new Uint8Array([0, 0x0b]))).toBe(3);
    functions.define(2, new Uint8Array([0, 0x00, 0x0b]));
    expect(functions.functions.map(({ body }) => body?.length)).toEqual([3, 2]);
    expect(functions.extend(module)).toMatchObject({ functions: [0, 0, 1] });
    expect(functions.extend(module).types).toHaveLength(2);
  });

  it('book their bytes', async () => {
    const { appendix: functions } = await appendix();
    expect(() => functions.add(0, new Uint8Array((16 << 20) + 1))).toThrow(
      expect.objectContaining({ code: 'WP_MODULE_LIMIT' }),
    );
  });
});
