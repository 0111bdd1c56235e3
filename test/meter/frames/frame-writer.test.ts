import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import {
  createMeter,
  meterModule,
  type MeterLimits,
  type MeterPlan,
  type StackCounting,
} from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';
import { open } from '../open-metered.js';
import { COUNTINGS, deepestStack, randomProgram } from '../random-calls.js';

type Call = (...values: unknown[]) => unknown;

const RECURSION = `(module
  (type $f (func (param i32) (result i32)))
  (table funcref (elem $byTable))
  (func $direct (export "direct") (type $f)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
    (call $direct (i32.sub (local.get 0) (i32.const 1))))
  (func $odd (type $f)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
    (call $even (i32.sub (local.get 0) (i32.const 1))))
  (func $even (export "mutual") (type $f)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
    (call $odd (i32.sub (local.get 0) (i32.const 1))))
  (func $byTable (export "by table") (type $f)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
    (call_indirect (type $f) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))
  (func $half (type $f)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
    (i32.and (call $leaf) (call $half (i32.sub (local.get 0) (i32.const 1)))))
  (func $leaf (result i32) i32.const 15)
  (func (export "inner") (type $f) (call $half (local.get 0))))`;

const BY_REFERENCE = `(module
  (type $f (func (param i32) (result i32)))
  (elem declare func $byRef)
  (func $byRef (export "by reference") (type $f)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
    (call_ref $f (i32.sub (local.get 0) (i32.const 1)) (ref.func $byRef))))`;

async function start(wat: string, limits: MeterLimits, plan: MeterPlan = {}, imports?: WebAssembly.Imports) {
  return open(await parse(wat), limits, {
    plan: { stackDepth: 'alone', ...plan },
    ...(imports && { imports }),
  });
}

describe.each(COUNTINGS)('the depth of the stack, counted %s', (stackDepth) => {
  const plan = { stackDepth };

  it.each([
    ['direct', 1],
    ['mutual', 1],
    ['by table', 1],
    ['inner', 2],
  ])('is how many functions a recursion has open: %s', async (name, more) => {
    const fits = await start(RECURSION, { stackDepth: 40 + more }, plan);
    expect(fits.call(name, 40)).toBe(7);
    expect(fits.meter.usage().stackDepth).toBe(40 + more);
    const { call, meter } = await start(RECURSION, { stackDepth: 39 + more }, plan);
    expect(() => call(name, 40)).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict).toEqual({ quota: 'stackDepth', limit: 39 + more, used: 40 + more });
    expect(meter.usage().stackDepth).toBe(39 + more);
  });

  it('counts calls by reference, where the engine has them', async () => {
    const binary = await parse(BY_REFERENCE);
    if (!WebAssembly.validate(binary as Uint8Array<ArrayBuffer>)) {
      expect(() => meterModule(binary, plan)).toThrow(expect.objectContaining({ code: 'WP_MODULE_INVALID' }));
      return;
    }
    const { call, meter } = open(binary, { stackDepth: 41 }, { plan });
    expect(call('by reference', 40)).toBe(7);
    expect(() => call('by reference', 41)).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict).toMatchObject({ quota: 'stackDepth', used: 42 });
  });

  it('does not grow by tail calls', async () => {
    const { call, meter } = await start(
      `(module
        (type $f (func (param i32) (result i32)))
        (table funcref (elem $a $b $c))
        (func $a (export "a") (type $f)
          (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
          (return_call $b (i32.sub (local.get 0) (i32.const 1))))
        (func $b (type $f) (drop (call $d)) (return_call $c (local.get 0)))
        (func $c (type $f) (return_call_indirect (type $f) (local.get 0) (i32.const 0)))
        (func $d (result i32) i32.const 0)
        (func (export "from within") (type $f) (call $a (local.get 0))))`,
      { stackDepth: 3 },
      plan,
    );
    expect(call('a', 100_000)).toBe(7);
    expect(meter.usage().stackDepth).toBe(2);
    expect(call('from within', 1000)).toBe(7);
    expect(meter.usage().stackDepth).toBe(3);
  });

  it('starts anew with each call from outside, and is nothing that calls add up to', async () => {
    const { call, meter } = await start(RECURSION, { stackDepth: 12 }, plan);
    for (let round = 0; round < 50; round++) for (const name of ['direct', 'inner']) call(name, 10);
    expect(meter.usage().stackDepth).toBe(12);
  });

  it('is as before once an exception was caught', async () => {
    const { call, meter } = await start(
      `(module
        (tag $t)
        (func $throw (param i32)
          (if (i32.eqz (local.get 0)) (then (throw $t)))
          (call $throw (i32.sub (local.get 0) (i32.const 1))))
        (func $catch (param i32) try (call $throw (local.get 0)) catch_all end)
        (func $again (param i32)
          try (call $throw (local.get 0)) catch_all try rethrow 1 catch $t end end
          (call $catch (local.get 0)))
        (func (export "f") (param i32 i32)
          (loop
            (call $again (local.get 1))
            (call $catch (local.get 1))
            (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`,
      { stackDepth: 24 },
      plan,
    );
    call('f', 100, 20);
    expect(meter.usage().stackDepth).toBe(3 + 21);
    expect(() => call('f', 1, 21)).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict).toMatchObject({ quota: 'stackDepth', used: 25 });
  });

  it('cannot be exceeded by a guest that catches everything', async () => {
    const { call, meter } = await start(
      `(module
        (func $deep (call $deep) (call $deep))
        (func (export "f") (loop try (call $deep) catch_all end (br 0))))`,
      { stackDepth: 1000 },
      plan,
    );
    expect(() => call('f')).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict).toEqual({ quota: 'stackDepth', limit: 1000, used: 1001 });
    expect(() => call('f')).toThrow(WebAssembly.RuntimeError);
  });

  it('goes on through a host import that calls back', async () => {
    let calls = 0;
    const guest = await start(
      `(module
        (import "" "host" (func $host (param i32)))
        (func $f (export "f") (param i32)
          (if (local.get 0) (then (call $inner (i32.sub (local.get 0) (i32.const 1))))))
        (func $inner (param i32) (call $host (local.get 0)) (call $leaf) (call $host (local.get 0)))
        (func $leaf)
        (func (export "allocate") (call $leaf)))`,
      { stackDepth: 9 },
      plan,
      {
        '': {
          host: (left: number) => {
            calls++;
            // Functions that the host calls one after the other do not add up.
            for (let again = 0; again < 30; again++) (guest.instance.exports['allocate'] as Call)();
            guest.call('f', left);
          },
        },
      },
    );
    guest.call('f', 3);
    expect(calls).toBe(14);
    expect(guest.meter.usage().stackDepth).toBe(8);
    expect(() => guest.call('f', 5)).toThrow(WebAssembly.RuntimeError);
    expect(guest.meter.verdict).toMatchObject({ quota: 'stackDepth', used: 10 });
  });

  it('holds in the start function', async () => {
    const guest = await start(
      '(module (func $deep (call $deep) (call $deep)) (start $deep))',
      { stackDepth: 5 },
      plan,
    );
    const { meter, module, instance } = guest;
    expect(() => meter.start(module, instance)).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict).toEqual({ quota: 'stackDepth', limit: 5, used: 6 });
  });

  it('costs no fuel', async () => {
    const counted = await start(RECURSION, { stackDepth: 1000 }, plan);
    const plain = open(await parse(RECURSION), {}, { plan: {} });
    for (const name of ['direct', 'mutual', 'by table', 'inner']) {
      expect([counted.call(name, 20), counted.meter.usage().fuel]).toEqual([
        plain.call(name, 20),
        plain.meter.usage().fuel,
      ]);
    }
  });

  it('is what the engine’s own stack traces say, for random programs', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const program = randomProgram(seed);
      const binary = await parse(program.wat);
      const deepest = deepestStack(binary, program);
      const { call, meter } = open(
        binary,
        { stackDepth: deepest },
        { plan: { stackDepth }, imports: { '': { probe() {} } } },
      );
      for (const name of program.exports) call(name, program.depth);
      expect([seed, meter.usage().stackDepth]).toEqual([seed, deepest]);
    }
  });
});

describe('the depth of the stack, over several instances', () => {
  const PING = `(module
    (type $f (func (param i32)))
    (import "" "other" (func $other (type $f)))
    (import "" "table" (table 2 funcref))
    (func $f (export "f") (type $f)
      (if (local.get 0) (then (call $inner (i32.sub (local.get 0) (i32.const 1))))))
    (func $inner (type $f) (call $other (local.get 0)) (call $leaf))
    (func $leaf))`;
  const PONG = `(module
    (type $f (func (param i32)))
    (import "" "table" (table 2 funcref))
    (elem (i32.const 0) $f)
    (func $f (export "f") (type $f)
      (if (local.get 0) (then
        (call $leaf)
        (call_indirect (type $f) (i32.sub (local.get 0) (i32.const 1)) (i32.const 1)))))
    (func $leaf))`;

  async function link(limits: MeterLimits) {
    const meter = createMeter(limits);
    const table = new WebAssembly.Table({ element: 'anyfunc', initial: 2 });
    const instances: WebAssembly.Instance[] = [];
    for (const wat of [PONG, PING]) {
      const module = meterModule(await parse(wat), { stackDepth: 'shared' });
      const other = (instances[0]?.exports['f'] ?? 0) as WebAssembly.ImportValue;
      const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes), {
        '': { table, other },
      });
      meter.attach(module, instance);
      instances.push(instance);
    }
    table.set(1, instances[1]?.exports['f']);
    const call = (left: number) => {
      meter.beginCall();
      ((instances[1] as WebAssembly.Instance).exports['f'] as Call)(left);
    };
    return { meter, call };
  }

  it('is one number for all of them', async () => {
    const { meter, call } = await link({ stackDepth: 31 });
    // Of three frames two are of the first instance.
    for (let round = 0; round < 20; round++) call(20);
    expect(meter.usage().stackDepth).toBe(31);
    expect(() => call(21)).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict).toEqual({ quota: 'stackDepth', limit: 31, used: 32 });
  });

  it('is refused where they do not share it, or do not count', async () => {
    const module = async (stackDepth: StackCounting) => meterModule(await parse(RECURSION), { stackDepth });
    const instanceOf = ({ bytes }: { bytes: Uint8Array<ArrayBuffer> }) =>
      new WebAssembly.Instance(new WebAssembly.Module(bytes));
    for (const [first, second, wanted] of [
      [false, undefined, /has false in place of "alone" or "shared"/],
      ['alone', 'alone', /has "alone" in place of "shared"/],
      ['alone', 'shared', /in place of "shared"/],
      ['shared', 'alone', /has "alone" in place of "shared"/],
      ['shared', false, /has false in place of/],
    ] as const) {
      const meter = createMeter({ stackDepth: 100 });
      const attach = async (counting: StackCounting) => {
        const metered = await module(counting);
        meter.attach(metered, instanceOf(metered));
      };
      if (second !== undefined) await attach(first);
      await expect(attach(second ?? first)).rejects.toThrow(wanted);
    }
  });

  it('leaves out modules that only pass calls on', async () => {
    const meter = createMeter({ stackDepth: 11 });
    const shim = meterModule(
      await parse(`(module
        (type $f (func (param i32) (result i32)))
        (table (export "t") 1 funcref)
        (func (export "f") (type $f) (call_indirect (type $f) (local.get 0) (i32.const 0))))`),
      { stackDepth: 'alone' },
    );
    const main = meterModule(
      await parse(`(module
        (type $f (func (param i32) (result i32)))
        (import "" "f" (func $shim (type $f)))
        (func (export "f") (type $f)
          (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
          (call $shim (i32.sub (local.get 0) (i32.const 1)))))`),
      { stackDepth: 'alone' },
    );
    const first = new WebAssembly.Instance(new WebAssembly.Module(shim.bytes));
    meter.attach(shim, first);
    const second = new WebAssembly.Instance(new WebAssembly.Module(main.bytes), {
      '': { f: first.exports['f'] as Call },
    });
    meter.attach(main, second);
    (first.exports['t'] as WebAssembly.Table).set(0, second.exports['f']);
    meter.beginCall();
    expect((second.exports['f'] as Call)(10)).toBe(7);
    expect(meter.usage().stackDepth).toBe(11);
  });
});

it('meterModule() rejects a way of counting that there is not', async () => {
  const binary = await parse(RECURSION);
  expect(() => meterModule(binary, { stackDepth: true as never })).toThrow(
    new TypeError('Cannot meter: "stackDepth" must be false, "alone" or "shared", but is true'),
  );
});
