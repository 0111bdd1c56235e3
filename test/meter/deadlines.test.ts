import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createMeter, meterModule, type Meter, type MeterLimits } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';

/** A clock that stands still unless it is moved, and counts its readings. */
class HandClock {
  ms = 0;
  looks = 0;
  readonly now = (): number => {
    this.looks++;
    return this.ms;
  };
}

async function start(
  text: string,
  limits: MeterLimits,
  host: (meter: Meter, clock: HandClock) => void = () => undefined,
): Promise<{ clock: HandClock; meter: Meter; call: (...args: number[]) => unknown }> {
  const module = meterModule(new Uint8Array(await parse(text)));
  const clock = new HandClock();
  const meter = createMeter(limits, { now: clock.now });
  meter.admit(module);
  const imports = { '': { host: () => host(meter, clock) } };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes), imports);
  meter.attach(module, instance);
  return { clock, meter, call: meter.entry(instance, 'f') as (...args: number[]) => unknown };
}

const CALLS_HOST = `(module (import "" "host" (func $host))
  (func (export "f") (param i32)
    (loop $l (call $host) (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`;

describe('a deadline is looked at', () => {
  it.each([1, 10])('as control comes back from an import of %d ms', async (ms) => {
    let calls = 0;
    const { call, meter } = await start(CALLS_HOST, { wallMs: 100, fuel: 1e9 }, (own, clock) => {
      own.pause();
      calls++;
      clock.ms += ms;
      own.resume();
    });
    expect(() => call(1_000_000)).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict).toMatchObject({ quota: 'wallMs', limit: 100, used: 100 });
    expect(calls).toBe(100 / ms);
  });

  it('from the start of the call, where imports are the first to look', async () => {
    const { call, meter } = await start(CALLS_HOST, { timeMs: 100 }, (own, clock) => {
      own.pause();
      own.resume();
      clock.ms += 1;
      own.look();
    });
    call(90);
    call(90);
    expect(meter.verdict).toBeUndefined();
    expect(() => call(1_000_000)).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict).toMatchObject({ quota: 'timeMs', used: 100 });
  });

  it('as the call ends, if it has looked before', async () => {
    const { call, meter, clock } = await start(CALLS_HOST, { wallMs: 100 });
    call(1);
    clock.ms = 200;
    meter.endCall();
    expect(meter.verdict).toMatchObject({ quota: 'wallMs', used: 200 });
    expect(() => call(1)).toThrow(WebAssembly.RuntimeError);
  });

  it('says what the call has left to whoever waits in an import', async () => {
    const left: number[] = [];
    const { call } = await start(CALLS_HOST, { wallMs: 100 }, (own, clock) => {
      own.pause();
      left.push(own.wallLeftMs());
      clock.ms += 30;
      own.resume();
    });
    call(3);
    call(1);
    expect(left).toEqual([100, 70, 40, 100]);
  });
});

/** Slow instructions, and the number of them between two readings of the clock. */
const DEAR: Readonly<Record<string, { code: string; perLook: number }>> = {
  'throw and catch': { code: 'try (throw $e) catch $e end', perLook: 8 },
  'throw out of a call': { code: 'try (call $throws) catch_all end', perLook: 8 },
  rethrow: { code: 'try try (throw $e) catch $e rethrow 0 end catch_all end', perLook: 4 },
  'grow a memory': { code: '(drop (memory.grow (i32.const 0)))', perLook: 1 },
  'grow a table': { code: '(drop (table.grow $t (ref.null func) (i32.const 0)))', perLook: 1 },
  'enter a function of many locals': { code: '(call $wide)', perLook: 8 },
};

describe('a deadline is looked at where a guest', () => {
  it.each(Object.entries(DEAR))('does %s', async (_, { code, perLook }) => {
    const rounds = 4000;
    const { call, clock } = await start(
      `(module (memory 1 2) (table $t 1 2 funcref) (tag $e)
        (func $throws (throw $e)) (func $wide (local ${'i64 '.repeat(600)}))
        (func (export "f") (param i32)
          (loop $l ${code} (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`,
      { timeMs: 100 },
    );
    call(rounds);
    expect(clock.looks).toBeGreaterThanOrEqual(Math.floor(rounds / perLook) - 1);
  });

  it.each([
    ['does what costs nothing but fuel', '(drop (local.get 0))'.repeat(1000), 100_000],
    ['fills memory', '(memory.fill (i32.const 0) (i32.const 0) (i32.const 60000))', 2000],
  ])('%s, every 500,000 fuel under 50 ms', async (_, code, rounds) => {
    const { call, clock, meter } = await start(
      `(module (memory 1) (func (export "f") (param i32)
        (loop $l ${code} (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`,
      { timeMs: 50 },
    );
    call(rounds);
    expect(clock.looks).toBeGreaterThanOrEqual(meter.usage().fuel / 600_000);
  });
});

/** One function of so many locals and so many statements. */
function sized(locals: number, statement: string, count: number): string {
  return `(module (func (export "f") (local ${'i64 '.repeat(locals)}) ${statement.repeat(count)}))`;
}

describe('a function that takes long to compile is refused by name', () => {
  it.each([
    ['many locals and blocks', sized(40_000, '(block (br_if 0 (i32.const 0)))', 1000)],
    ['many locals and choices', sized(20_000, '(if (i32.const 0) (then))', 1000)],
    ['many locals and a table', sized(10_000, `(block (br_table ${'0 '.repeat(100)} (i32.const 0)))`, 20)],
    ['many locals and much code', sized(40_000, '(local.set 7000 (local.get 7001))', 40_000)],
  ])('%s', async (_, text) => {
    const bytes = new Uint8Array(await parse(text));
    expect(() => meterModule(bytes)).toThrow(expect.objectContaining({ code: 'WP_MODULE_LIMIT' }));
    expect(() => meterModule(bytes)).toThrow('would take too long to compile');
  });

  it('and one of ten times the size of real ones is not', async () => {
    const bytes = new Uint8Array(await parse(sized(500, '(block (br_if 0 (i32.const 0)))', 3000)));
    expect(meterModule(bytes).bytes.length).toBeGreaterThan(bytes.length);
  });
});
