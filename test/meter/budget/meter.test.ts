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
