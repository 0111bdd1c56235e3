import { QuotaError } from '@wasm-plugin/abi';
import { createMeter, meterModule, type MeterLimits, type MeterPlan } from '@wasm-plugin/engine/meter';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';

type Exports = Record<string, (...values: unknown[]) => unknown>;

async function open(
  text: string,
  { limits = {}, plan = {}, imports = {}, now }: Options = {},
): Promise<{ exports: Exports; meter: ReturnType<typeof createMeter> }> {
  const meter = createMeter(limits, now === undefined ? {} : { now });
  const { exports } = await meter.instantiate(meterModule(await parse(text), plan), imports);
  return { exports: exports as Exports, meter };
}

interface Options {
  limits?: MeterLimits;
  plan?: MeterPlan;
  imports?: WebAssembly.Imports;
  now?: () => number;
}

const GUEST = `(module
  (import "host" "call" (func $host (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "spin") (loop (br 0)))
  (func (export "fail") unreachable)
  (func (export "ask") (param i32) (result i32) (call $host (local.get 0))))`;

describe('Meter.instantiate()', () => {
  it('returns the exports of the guest, and none of ours', async () => {
    const { exports } = await open(GUEST, { imports: { host: { call: () => 0 } } });
    expect(Object.keys(exports).sort()).toEqual(['add', 'ask', 'fail', 'memory', 'spin']);
    expect(exports['memory']).toBeInstanceOf(WebAssembly.Memory);
  });

  it('gives each call from outside its own fuel', async () => {
    const { exports, meter } = await open(GUEST, {
      limits: { fuel: 4 },
      imports: { host: { call: () => 0 } },
    });
    for (let times = 0; times < 3; times++) expect(exports['add']?.(2, 3)).toBe(5);
    expect(meter.usage()).toMatchObject({ fuel: 4, fuelTotal: 12 });
  });

  it('gives a call its own fuel after one that trapped', async () => {
    const { exports, meter } = await open(GUEST, {
      limits: { fuel: 4 },
      imports: { host: { call: () => 0 } },
    });
    expect(() => exports['fail']?.()).toThrow(WebAssembly.RuntimeError);
    expect(exports['add']?.(2, 3)).toBe(5);
    expect(meter.verdict).toBeUndefined();
  });

  it('throws a QuotaError where a limit ends a call', async () => {
    const { exports } = await open(GUEST, { limits: { fuel: 100 }, imports: { host: { call: () => 0 } } });
    const wanted = { code: 'WP_QUOTA_FUEL', limit: 'fuel', allowed: 100, used: 100 };
    expect(() => exports['spin']?.()).toThrow(expect.objectContaining(wanted));
    expect(() => exports['add']?.(1, 2)).toThrow(QuotaError);
  });

  it('makes a call from an import part of the call in progress', async () => {
    const imports = { host: { call: (depth: number): number => (depth === 0 ? 0 : again(depth - 1)) } };
    const { exports, meter } = await open(GUEST, { limits: { fuel: 12 }, imports });
    const again = (depth: number): number => exports['ask']?.(depth) as number;
    expect(again(2)).toBe(0);
    const used = meter.usage().fuel;
    again(0);
    expect(used).toBe(3 * meter.usage().fuel);
    expect(() => again(9)).toThrow(expect.objectContaining({ code: 'WP_QUOTA_FUEL' }));
  });

  it('does not charge the guest for time in imports, and looks at the deadlines behind them', async () => {
    let ms = 0;
    const imports = { host: { call: (taken: number) => (ms += taken) } };
    const now = (): number => ms;
    const own = await open(GUEST, { limits: { timeMs: 10 }, imports, now });
    expect(own.exports['ask']?.(1000)).toBe(1000);
    const all = await open(GUEST, { limits: { wallMs: 10 }, imports, now });
    expect(() => all.exports['ask']?.(1000)).toThrow(expect.objectContaining({ code: 'WP_QUOTA_WALL' }));
  });

  it('charges the guest for its time in a call from an import', async () => {
    const text = `(module
      (import "host" "call" (func $call))
      (func (export "outer") (call $call))
      (func (export "inner") (loop (br 0))))`;
    let looks = 0;
    const imports = { host: { call: () => exports['inner']?.() } };
    // Every look at the clock takes a millisecond; the fuel ends the test where nobody looks.
    const limits = { timeMs: 10, fuel: 100_000_000 };
    const { exports } = await open(text, { limits, imports, now: () => looks++ });
    expect(() => exports['outer']?.()).toThrow(expect.objectContaining({ code: 'WP_QUOTA_TIME' }));
  });

  it('links instances of one meter, which share a call', async () => {
    const meter = createMeter({ fuel: 1000 });
    const lower = meterModule(await parse('(module (func (export "f") (result i32) (i32.const 7)))'));
    const upper = meterModule(
      await parse(`(module (import "l" "f" (func $f (result i32)))
        (func (export "g") (result i32) (i32.add (call $f) (call $f))))`),
    );
    const { exports: low } = await meter.instantiate(lower);
    const { exports: high } = await meter.instantiate(upper, { l: low as Record<string, never> });
    for (let times = 0; times < 2; times++) expect((high['g'] as () => number)()).toBe(14);
    // g: 1 to enter, 2 calls, 1 sum; f: 1 to enter, 1 constant.
    expect(meter.usage()).toMatchObject({ fuel: 8, fuelTotal: 16 });
  });

  it('runs the start function within the limits', async () => {
    const text = '(module (func $spin (loop (br 0))) (start $spin))';
    await expect(open(text, { limits: { fuel: 100 } })).rejects.toMatchObject({ code: 'WP_QUOTA_FUEL' });
  });

  it('refuses a module that starts above the limit, before it is instantiated', async () => {
    await expect(open('(module (memory 2))', { limits: { memoryBytes: 65_536 } })).rejects.toMatchObject({
      code: 'WP_QUOTA_MEMORY',
      used: 131_072,
    });
  });

  it('refuses a module whose frames are not counted where they are limited', async () => {
    const wanted = /Cannot limit: "stackDepth"/;
    await expect(open('(module (func))', { limits: { stackDepth: 5 } })).rejects.toThrow(wanted);
  });
});
