import { describe, expect, it } from 'vitest';
import { open } from './open-metered.js';
import { moduleOf, name, section, signed, vector } from './wasm-builder.js';

const I64 = 0x7e;

/** `f(timeout)` waits on a memory of its own for an event that never comes; once, or without end. */
function waiting({ wide, loops }: { wide: boolean; loops: boolean }) {
  const expected = wide ? [0x42, 0] : [0x41, 0];
  const wait = [0x41, 8, ...expected, 0x20, 0, 0xfe, wide ? 2 : 1, wide ? 3 : 2, 0];
  const code = loops ? [0x03, 0x40, ...wait, 0x1a, 0x0c, 0, 0x0b, 0x41, ...signed(9)] : wait;
  const body = [0, ...code, 0x0b];
  return moduleOf(
    section(1, vector([[0x60, 1, I64, 1, 0x7f]])),
    section(3, [1, 0]),
    section(5, vector([[3, 1, 1]])),
    section(7, vector([[...name('f'), 0, 0]])),
    section(10, vector([[body.length, ...body]])),
  );
}

const TIMED_OUT = 2;
const plan = { sharedMemories: true };

describe('memory.atomic.wait, where shared memories are let in', () => {
  for (const wide of [false, true]) {
    const bits = wide ? 64 : 32;
    for (const limits of [{ timeMs: 50 }, { wallMs: 50 }, { timeMs: 50, fuel: 1e9 }]) {
      it(`sleeps no longer than ${JSON.stringify(limits)} (${bits} bits)`, () => {
        for (const [timeout, loops] of [
          [-1n, false],
          [10_000_000_000n, false],
          [1_000_000n, true],
          [0n, true],
        ] as const) {
          const { call, meter } = open(waiting({ wide, loops }), limits, { plan });
          const start = performance.now();
          expect(() => call('f', timeout)).toThrow(WebAssembly.RuntimeError);
          expect(meter.verdict?.quota).toBe('wallMs' in limits ? 'wallMs' : 'timeMs');
          // The wait itself would have lasted ten seconds, or for ever.
          expect(performance.now() - start).toBeLessThan(10_000);
        }
      });
    }

    it(`keeps timeouts that end before the deadline, and costs 1 (${bits} bits)`, () => {
      for (const limits of [{}, { timeMs: 10_000 }]) {
        const { call, meter } = open(waiting({ wide, loops: false }), limits, { plan });
        const start = performance.now();
        expect(call('f', 20_000_000n)).toBe(TIMED_OUT);
        expect(performance.now() - start).toBeGreaterThan(15);
        expect(meter.usage().fuel).toBe(5);
        expect(call('f', 0n)).toBe(TIMED_OUT);
      }
    });
  }
});
