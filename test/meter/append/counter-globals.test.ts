import { describe, expect, it } from 'vitest';
import { COUNTER_GLOBALS, counterGlobals } from '../../../engine/src/meter/append/index.js';
import { moduleFrom } from './appended-module.js';

describe('counterGlobals()', () => {
  it('numbers the globals behind those of the module, in the order of their definitions', async () => {
    const { index } = await moduleFrom('(module (import "" "g" (global i32)) (global i32 (i32.const 1)))');
    const { counter, given, earlier, slice, depth, calls, tolls } = counterGlobals(index);
    expect([counter, given, earlier, slice, depth, calls, tolls]).toEqual([2, 3, 4, 5, 6, 7, 8]);
    const [i64, i32] = [0x7e, 0x7f];
    expect(COUNTER_GLOBALS.map(({ value }) => value)).toEqual([i64, i64, i64, i64, i32, i32, i32]);
    expect(COUNTER_GLOBALS.every(({ mutable, initial }) => mutable && initial[1] === 0)).toBe(true);
  });
});
