import { createMeter, meterModule } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';
import { functionModule, I32 } from './wasm-builder.js';

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

describe('OffsetMap', () => {
  const get = (local: number) => [0x20, local];
  const loop = [0x03, 0x40, ...get(0), 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b];
  const bodies: Record<string, number[]> = {
    'behind an if': [...get(0), 0x04, 0x40, 0x41, 1, 0x1a, 0x0b, 0x41, 1, ...get(1), 0x6e],
    'behind a counted loop': [...loop, 0x41, 1, ...get(1), 0x6e],
    'inside a counted loop': [
      0x03,
      0x40,
      0x41,
      1,
      ...get(1),
      0x6e,
      0x1a,
      ...get(0),
      0x41,
      1,
      0x6b,
      0x22,
      0,
      0x0d,
      0,
      0x0b,
      0x41,
      0,
    ],
    'in an inner block': [0x02, 0x40, ...get(0), 0x0d, 0, 0x0b, 0x02, 0x7f, 0x41, 1, ...get(1), 0x6e, 0x0b],
  };
  for (const [where, code] of Object.entries(bodies)) {
    it(`leads a trap back to the original instruction ${where}`, () => {
      const binary = functionModule({ params: [I32, I32], results: [I32] }, [I32], code);
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
  }
});
