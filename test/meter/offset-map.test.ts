import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createMeter, meterModule } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';

/** Index and offset of the topmost frame of wasm in a stack. */
function frameOf(error: unknown): { index: number; offset: number } {
  const [, index, offset] = /wasm-function\[(\d+)\]:0x([0-9a-f]+)/.exec((error as Error).stack ?? '') ?? [];
  return { index: Number(index), offset: Number.parseInt(offset ?? '', 16) };
}

function trapOf(run: () => unknown): { index: number; offset: number } {
  try {
    run();
  } catch (error) {
    return frameOf(error);
  }
  throw new Error('Cannot find the frame: nothing trapped');
}

/** Divides by zero if the parameter `b` is. */
const DIVIDE = '(i32.div_s (i32.const 1) (local.get $b))';
const LOOP = '(loop $l (br_if $l (local.tee $a (i32.sub (local.get $a) (i32.const 1)))))';

describe('OffsetMap', () => {
  it.each([
    ['behind an if', `(if (local.get $a) (then (drop (i32.const 1)))) ${DIVIDE}`],
    ['behind a counted loop', `${LOOP} ${DIVIDE}`],
    [
      'inside a counted loop',
      `(loop $l (drop ${DIVIDE}) (br_if $l (local.tee $a (i32.sub (local.get $a) (i32.const 1))))) (i32.const 0)`,
    ],
    ['in an inner block', `(block $b1 (br_if $b1 (local.get $a))) (block (result i32) ${DIVIDE})`],
  ])('leads a trap back to the original instruction %s', async (_, code) => {
    const binary = new Uint8Array(
      await parse(`(module (func (export "f") (param $a i32) (param $b i32) (result i32) ${code}))`),
    );
    const plain = new WebAssembly.Instance(new WebAssembly.Module(binary), {});
    const wanted = trapOf(() => (plain.exports['f'] as (...values: number[]) => number)(3, 0));
    const module = meterModule(binary);
    const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes), {});
    const meter = createMeter({ fuel: 1000 });
    meter.attach(module, instance);
    const got = trapOf(() => (meter.entry(instance, 'f') as (...values: number[]) => number)(3, 0));
    expect(module.offsetMap.originalPlace(got.index, got.offset)).toMatchObject({
      function: wanted.index,
      offset: wanted.offset,
    });
  });
});
