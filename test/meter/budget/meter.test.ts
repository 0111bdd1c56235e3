import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createMeter, meterModule } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';

describe('Meter.arm()', () => {
  it('sets the deadlines and the fuel of the calls to come', async () => {
    let looks = 0;
    // Every look at the clock takes a millisecond.
    const meter = createMeter({ fuel: 100_000_000 }, { now: () => looks++ });
    const { exports } = await meter.instantiate(
      meterModule(await parse('(module (func (export "spin") (loop (br 0))) (func (export "f")))')),
    );
    const [spin, f] = [exports['spin'] as () => void, exports['f'] as () => void];
    meter.arm({ fuel: 100 });
    f();
    meter.arm({ fuel: 100_000_000, timeMs: 5 });
    expect(spin).toThrow(expect.objectContaining({ code: 'WP_QUOTA_TIME', allowed: 5 }));
  });

  it('refuses limits out of range, and ones that are not of a call', () => {
    const meter = createMeter();
    expect(() => meter.arm({ fuel: -1 })).toThrow(RangeError);
    expect(() => meter.arm({ fuelPerBlock: 1 } as never)).toThrow(TypeError);
  });
});

describe('Meter.endCall()', () => {
  it('lets calls of the same length end without a look at the clock, once slices have grown within them', async () => {
    let looks = 0;
    const meter = createMeter(
      { timeMs: 1000 },
      {
        now: () => {
          looks++;
          return 0;
        },
      },
    );
    const add = '(local.set 0 (i32.add (local.get 0) (i32.const 1)))';
    const loop = `(loop ${add} (br_if 0 (i32.lt_u (local.get 0) (i32.const 200000))))`;
    const { exports } = await meter.instantiate(
      meterModule(await parse(`(module (func (export "f") (local i32) ${loop}))`)),
    );
    const f = exports['f'] as () => void;
    for (let call = 0; call < 8; call++) f();
    expect(meter.usage().fuel).toBeGreaterThan(1_000_000);
    const before = looks;
    f();
    expect(looks - before).toBe(0);
  });
});
