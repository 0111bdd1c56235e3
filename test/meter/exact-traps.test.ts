import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createMeter, meterModule, type MeterLimits } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';

const DIVIDE = `(func $divide (param i64) (result i64) (i64.div_s (i64.const 1) (local.get 0)))`;

/** Causes of traps, and the fuel that wasmtime 50.0.1 reports after each. */
const TRAPS: Readonly<Record<string, { text: string; fuel: number }>> = {
  'an export': {
    text: '(func (export "f") (drop (i64.div_s (i64.const 1) (i64.const 0))))',
    fuel: 0,
  },
  'a function that is called directly': {
    text: `${DIVIDE} (func (export "f") (drop (call $divide (i64.const 0))))`,
    fuel: 3,
  },
  'a function behind a loop': {
    text: `${DIVIDE} (func (export "f") (local i32)
      (loop $l (br_if $l (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 300000))))
      (drop (call $divide (i64.const 0))))`,
    fuel: 1 + 300_000 * 7 + 2,
  },
  'a loop': {
    text: `(func (export "f") (local i32)
      (loop $l
        (drop (i32.div_u (i32.const 1) (i32.sub (i32.const 300000) (local.get 0))))
        (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br $l)))`,
    fuel: 0,
  },
};

describe.each(Object.entries(TRAPS))('after a trap in %s', (_, { text, fuel }) => {
  it.each<MeterLimits>([{ fuel: 1e9 }, { fuelTotal: 1e9 }, { timeMs: 100 }, { wallMs: 100, fuel: 1e9 }])(
    'the fuel is what wasmtime says, under %j',
    async (limits) => {
      const module = meterModule(new Uint8Array(await parse(`(module ${text})`)), { exactTraps: true });
      const meter = createMeter(limits, { now: () => 0 });
      const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes));
      meter.attach(module, instance);
      expect(meter.entry(instance, 'f')).toThrow('divide by zero');
      expect(meter.usage().fuel).toBe(fuel);
    },
  );
});
