import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createMeter, meterModule, type MeterLimits, type MeterPlan } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';

/** `bump` moves a global, and so shows whether anything of it ran. */
const TEXT = `(module
  (memory 1)
  (table 1 funcref)
  (global $count (export "count") (mut i32) (i32.const 0))
  (func $bump (export "bump") (global.set $count (i32.add (global.get $count) (i32.const 1))))
  (func (export "bumps") (call $bump) (call $bump))
  (func (export "loop") (loop (global.set $count (i32.const 9)) (br 0)))
  (func (export "spin") (loop (br 0)))
  (func $deep (export "recurse") (call $deep) (call $deep))
  (func (export "grow") (drop (memory.grow (i32.const 1000))))
  (func (export "widen") (drop (table.grow (ref.null func) (i32.const 1000)))))`;

const CASES: readonly [string, MeterLimits][] = [
  ['spin', { fuel: 1000 }],
  ['spin', { fuelTotal: 1000 }],
  ['spin', { timeMs: 1 }],
  ['spin', { wallMs: 1 }],
  ['recurse', { stackDepth: 20, fuel: 100_000 }],
  ['grow', { memoryBytes: 200_000, strictMemory: true }],
  ['grow', { memoryBytes: 200_000, strictMemory: true, fuel: 100_000 }],
  ['widen', { tableElements: 10, strictMemory: true, timeMs: 1000 }],
];

function countOf(instance: WebAssembly.Instance | undefined): unknown {
  return (instance?.exports['count'] as WebAssembly.Global | undefined)?.value;
}

function plain(instance: WebAssembly.Instance | undefined, name: string): () => void {
  return instance?.exports[name] as () => void;
}

describe.each([1, 2])('once there is a verdict, with %i instances', (count) => {
  describe.each(CASES)('by %s within %o', (name, limits) => {
    async function ended(plan: MeterPlan) {
      const metered = meterModule(await parse(TEXT), { stackDepth: 'shared', ...plan });
      const meter = createMeter(limits);
      const instances = Array.from({ length: count }, () => {
        expect(meter.admit(metered)).toBeUndefined();
        const instance = new WebAssembly.Instance(new WebAssembly.Module(metered.bytes));
        meter.attach(metered, instance);
        return instance;
      });
      const call = (at: number, named: string) => {
        if (count > 1) meter.beginCall();
        (meter.entry(instances[at] as WebAssembly.Instance, named) as () => void)();
      };
      for (let at = 0; at < count; at++) call(at, 'bump');
      expect(() => call(0, name)).toThrow(WebAssembly.RuntimeError);
      expect(meter.verdict).toBeDefined();
      return { meter, instances, call };
    }

    it.each([{}, { exactTraps: true }])('nothing that is entered again runs, planned as %o', async (plan) => {
      const { meter, instances, call } = await ended(plan);
      const { verdict } = meter;
      const entries = [
        (at: number, named: string) => call(at, named),
        (at: number, named: string) => plain(instances[at], named)(),
        (at: number, named: string) => (meter.settle(), call(at, named)),
        (at: number, named: string) => (meter.settle(), meter.beginCall(), call(at, named)),
        (at: number, named: string) => (meter.arm({ fuel: 1e9 }), meter.settle(), call(at, named)),
      ];
      for (const enter of entries) {
        for (const named of ['bump', 'bumps', 'loop']) {
          for (let at = 0; at < count; at++) {
            expect(() => enter(at, named)).toThrow(WebAssembly.RuntimeError);
            expect(countOf(instances[at])).toBe(1);
          }
        }
      }
      expect(meter.verdict).toEqual(verdict);
    });
  });
});
