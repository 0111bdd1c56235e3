import { expect, it } from 'vitest';
import { referenceMeter, runReference } from './reference-meter.js';
import { metered, runMetered } from './run-metered.js';
import { functionModule, I32 } from './wasm-builder.js';

/** `n < 2 ? n : f(n - 1) + f(n - 2)`. */
const FIBONACCI = [
  [0x20, 0, 0x41, 2, 0x48, 0x04, I32, 0x20, 0, 0x05],
  [0x20, 0, 0x41, 1, 0x6b, 0x10, 0],
  [0x20, 0, 0x41, 2, 0x6b, 0x10, 0, 0x6a, 0x0b],
].flat();

it('meterModule() stops a short function that calls itself where the reference stops', () => {
  const binary = functionModule({ params: [I32], results: [I32] }, [], FIBONACCI);
  const reference = new WebAssembly.Module(referenceMeter(binary));
  const module = metered(binary);
  const call = { name: 'f', arguments: [6], fuel: 10_000 };
  const { fuel: most, result } = runReference(reference, call);
  expect(result).toBe(8);
  for (let fuel = 0; fuel <= most + 2; fuel++) {
    const wanted = runReference(reference, { ...call, fuel });
    const got = runMetered(module, { ...call, fuel });
    expect([fuel, got.end, got.fuel, got.results[0]]).toEqual([
      fuel,
      wanted.end,
      wanted.end === 'ok' ? Math.min(fuel, most) : fuel,
      wanted.result,
    ]);
  }
});
