import { describe, expect, it } from 'vitest';
import { referenceMeter, runReference } from './reference-meter.js';
import { metered, runMetered } from './run-metered.js';
import { functionModule, I32, signed } from './wasm-builder.js';

const AMPLE = 100_000;

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const i32 = (value: number) => [0x41, ...signed(value)];
const [EQZ, ADD, SUB, AND, XOR, MUL] = [0x45, 0x6a, 0x6b, 0x71, 0x73, 0x6c];

/** The next instruction: local 0 is a seed. */
const advance = [...get(0), ...i32(1_664_525), MUL, ...i32(1_013_904_223), ADD, ...set(0)];
/** Local 1 is the number of remaining rounds. */
const countDown = [...get(1), ...i32(1), SUB, ...set(1)];
const dispatch = [...get(0), ...i32(0x0700_0000), AND, ...i32(24), 0x76, 0x0e, 3, 0, 1, 2, 3];

/** An interpreter of its seed, as long as `padding` makes it. Its rounds go on, leave, and return in several ways. */
function interpreter(padding: number): Uint8Array<ArrayBuffer> {
  const pad = Array.from({ length: padding }, () => [...get(2), ...i32(3), XOR, ...set(2)]).flat();
  const first = [...get(2), ...get(0), ADD, ...set(2), ...countDown, ...get(1), 0x0d, 3, ...get(2), 0x0c, 4];
  const second = [...pad, ...countDown, ...get(1), EQZ, 0x04, 0x40, ...get(2), 0x0f, 0x0b, 0x0c, 2];
  const third = [...get(1), 0x0d, 1, ...get(2), ...i32(7), ADD, 0x0c, 2];
  const last = [...countDown, ...get(1), ...i32(0), 0x4a, 0x0d, 0, ...get(2)];
  const blocks = [0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40];
  const start = [0x03, I32, ...blocks, ...advance, ...dispatch];
  const loop = [start, first, second, third, last, []].flatMap((part) => [...part, 0x0b]).slice(0, -1);
  return functionModule({ params: [I32, I32], results: [I32] }, [I32], loop);
}

describe('an interpreter', () => {
  for (const padding of [0, 8, 30, 80]) {
    it(`stops where the reference stops, at every fuel, padded by ${padding}`, () => {
      const binary = interpreter(padding);
      const reference = new WebAssembly.Module(referenceMeter(binary));
      const module = metered(binary);
      for (const [seed, rounds] of [
        [1, 1],
        [7, 9],
        [99, 14],
      ]) {
        const call = { name: 'f', arguments: [seed, rounds], fuel: AMPLE };
        const { end, fuel: most } = runReference(reference, call);
        expect(end).toBe('ok');
        for (let fuel = 0; fuel <= most + 2; fuel += padding > 8 ? 3 : 1) {
          const wanted = runReference(reference, { ...call, fuel });
          const got = runMetered(module, { ...call, fuel });
          expect([seed, fuel, got.end, got.results[0]]).toEqual([seed, fuel, wanted.end, wanted.result]);
          if (wanted.end === 'ok') expect([seed, fuel, got.fuel]).toEqual([seed, fuel, Math.min(fuel, most)]);
        }
      }
    });
  }
});
