import { meterModule } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';
import { build, open } from './open-metered.js';
import { name, section, unsigned, vector } from './wasm-builder.js';

const VOID = [0x60, 0, 0];
const TABLE = section(4, vector([[0x70, 0, 1]]));
const FILLED = section(9, vector([[0, 0x41, 0, 0x0b, ...vector([[0]])]]));
const DECLARED = section(9, vector([[3, 0, ...vector([[0]])]]));

/** A function that only calls itself, by each kind of call that keeps no frame or names no function. */
const LOOPS: Record<string, Uint8Array<ArrayBuffer>> = {
  return_call: build({ functions: [0], exports: [[...name('f'), 0, 0]], bodies: [[0x12, 0]] }),
  return_call_indirect: withElements([0x41, 0, 0x13, 0, 0], TABLE, FILLED),
  return_call_ref: withElements([0xd2, 0, 0x15, 0], [], DECLARED),
  'call_ref in a loop': withElements(
    [0x20, 0, 0x04, 0x40, 0x0f, 0x0b, 0x03, 0x40, 0x41, 1, 0xd2, 0, 0x14, 0, 0x0c, 0, 0x0b],
    [],
    DECLARED,
    [0x60, 1, 0x7f, 0],
  ),
};

function withElements(
  code: readonly number[],
  table: readonly number[],
  elements: readonly number[],
  type: number[] = VOID,
) {
  const body = [...unsigned(code.length + 2), 0, ...code, 0x0b];
  const sections = [
    section(1, vector([type])),
    section(3, [1, 0]),
    table,
    section(7, vector([[...name('f'), 0, 0]])),
    elements,
    section(10, vector([body])),
  ];
  return new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, ...sections.flat()]);
}

describe('a guest that loops by calls', () => {
  for (const [what, binary] of Object.entries(LOOPS)) {
    // Node 20 has no typed function references.
    it(`is stopped, or not let in by this engine: ${what}`, () => {
      if (!WebAssembly.validate(binary)) {
        expect(what).toMatch(/_ref/);
        expect(() => meterModule(binary)).toThrow(expect.objectContaining({ code: 'WP_MODULE_INVALID' }));
        return;
      }
      const byFuel = open(binary, { fuel: 1e6 });
      expect(() => byFuel.call('f', 0)).toThrow(WebAssembly.RuntimeError);
      expect(byFuel.meter.verdict).toEqual({ quota: 'fuel', limit: 1e6, used: 1e6 });
      const byTime = open(binary, { timeMs: 30 });
      expect(() => byTime.call('f', 0)).toThrow(WebAssembly.RuntimeError);
      expect(byTime.meter.verdict?.quota).toBe('timeMs');
    });
  }

  it('is charged each call_ref, entry included', () => {
    // f(n): n = 0 returns; else calls f(n - 1) by reference.
    const code = [0x20, 0, 0x04, 0x40, 0x20, 0, 0x41, 1, 0x6b, 0xd2, 0, 0x14, 0, 0x0b];
    const binary = withElements(code, [], DECLARED, [0x60, 1, 0x7f, 0]);
    if (!WebAssembly.validate(binary)) {
      expect(() => meterModule(binary)).toThrow(expect.objectContaining({ code: 'WP_MODULE_INVALID' }));
      return;
    }
    const { call, meter } = open(binary, { fuel: 1e6 });
    call('f', 10);
    // Eleven entries of 1, get and if; ten times get, const, sub, ref.func and the call.
    expect(meter.usage().fuel).toBe(11 * 3 + 10 * 5);
  });

  it('is stopped by timeMs where it recurses without end, if not by the stack first', () => {
    // Recursion three calls wide, and only so deep: 3^40 calls.
    const code = [
      0x20, 0, 0x04, 0x40, 0x20, 0, 0x41, 1, 0x6b, 0x10, 0, 0x20, 0, 0x41, 1, 0x6b, 0x10, 0, 0x0b,
    ];
    const binary = build({
      types: [[0x60, 1, 0x7f, 0]],
      functions: [0],
      exports: [[...name('f'), 0, 0]],
      bodies: [code],
    });
    const { call, meter } = open(binary, { timeMs: 50 });
    expect(() => call('f', 40)).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict?.quota).toBe('timeMs');
    const deep = open(build({ functions: [0], exports: [[...name('f'), 0, 0]], bodies: [[0x10, 0]] }), {
      timeMs: 50,
    });
    expect(() => deep.call('f')).toThrow(Error);
  });
});
