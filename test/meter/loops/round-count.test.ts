import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { meterModule } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';

/** `i32.const 1` and `br_if 0`: the way to the loop that counts. */
const CHECK_BYTES = 4;

/** Length of the metered module with a loop that steps until a test with a constant fails. */
async function lengthWith(test: string, step: number, bound: number): Promise<number> {
  const text = `(module (func (export "f") (param $i i32)
    (loop $l
      (local.set $i (i32.add (local.get $i) (i32.const ${step})))
      (br_if $l (i32.${test} (local.get $i) (i32.const ${bound}))))))`;
  const { bytes, stats } = meterModule(new Uint8Array(await parse(text)));
  expect(stats.loopsHoisted).toBe(1);
  return bytes.length;
}

describe('a counted loop whose bound is a constant', () => {
  it.each([
    ['lt_s', 4, 0x7ffffffc, 1],
    ['le_s', 4, 0x7ffffffb, 1],
    ['gt_s', -4, -0x7ffffffd, -1],
    ['ge_s', -4, -0x7ffffffc, -1],
    ['lt_u', 4, -4, 1],
    ['le_u', 4, -5, 1],
  ])(
    'is counted at its start for %s and the step %i up to %i, where it cannot wrap around',
    async (...loop) => {
      const [test, step, last, on] = loop;
      const length = await lengthWith(test, step, last);
      expect(await lengthWith(test, step, last - on)).toBe(length);
      // Behind that, each round is counted.
      expect(await lengthWith(test, step, last + on)).toBe(length + CHECK_BYTES);
    },
  );
});
