import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createMeter, meterModule, type Meter, type MeterLimits } from '@wasm-plugin/engine/meter';
import { beforeAll, describe, expect, it } from 'vitest';

const LEX = `(func $lex (export "lex") (param i32) (result i32) (local i32)
  (loop $l (local.set 0 (i32.mul (local.get 0) (i32.const 1664525)))
    (br_if $l (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 1))) (i32.const 12)))) (local.get 0))`;
const PARSE = `(func (export "parse") (param i32) (result i32) (local i32)
  (loop $l (local.set 1 (i32.add (call $lex (i32.add (local.get 0) (local.get 1))) (local.get 1)))
    (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get 1))`;
const IMPORT = '(import "lexer" "lex" (func $lex (param i32) (result i32)))';
/** Hands the questions of a metered instance to the host, which passes them on. */
const TAP = `(module (import "" "hook" (func $hook (param i32 i32 f64 f64) (result f64)))
  (export "hook" (func $hook)))`;

const assemble = async (text: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await parse(text));

describe('two instances under one meter', () => {
  let lexer: Uint8Array;
  let parser: Uint8Array;
  let whole: Uint8Array;
  let tap: WebAssembly.Module;
  beforeAll(async () => {
    lexer = await assemble(`(module ${LEX})`);
    parser = await assemble(`(module ${IMPORT} ${PARSE})`);
    whole = await assemble(`(module ${LEX} ${PARSE})`);
    tap = new WebAssembly.Module(await assemble(TAP));
  });

  function open(modules: readonly Uint8Array[], limits: MeterLimits) {
    const meter: Meter = createMeter(limits, { now: () => 0 });
    let asked = 0;
    let exports: WebAssembly.Exports = {};
    for (const bytes of modules) {
      const module = meterModule(bytes);
      meter.admit(module);
      const imports = { lexer: exports };
      const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes), imports);
      meter.attach(module, instance);
      ({ exports } = instance);
      const table = exports[module.names.hook] as WebAssembly.Table;
      const ask = table.get(0) as (...values: number[]) => number;
      const hook = (...values: number[]): number => {
        asked++;
        return ask(...values);
      };
      table.set(0, new WebAssembly.Instance(tap, { '': { hook } }).exports['hook']);
    }
    const call = (rounds: number): 'ok' | 'trap' => {
      meter.beginCall();
      try {
        (exports['parse'] as (rounds: number) => number)(rounds);
        return 'ok';
      } catch {
        return 'trap';
      }
    };
    return { meter, call, asked: () => asked };
  }

  it.each([{ fuel: 1e12 }, { fuel: 1e12, timeMs: 100 }, { wallMs: 100 }])(
    'ask for fuel seldom, however often they call each other, under %j',
    (limits) => {
      const { meter, call, asked } = open([lexer, parser], limits);
      expect(call(10_000)).toBe('ok');
      expect(meter.usage().fuel).toBeGreaterThan(1_000_000);
      expect(asked()).toBeLessThan(100);
    },
  );

  it.each([{}, { timeMs: 100 }, { fuelTotal: 1e12 }])(
    'share it exactly: they end where one instance of both ends, under %j',
    (limits) => {
      for (const rounds of [1, 30, 3000]) {
        const run = (modules: readonly Uint8Array[], fuel: number) => {
          const { meter, call } = open(modules, { ...limits, fuel });
          return `${call(rounds)} ${meter.usage().fuel}`;
        };
        const alone = open([whole], { fuel: 1e9 });
        alone.call(rounds);
        const { fuel: most } = alone.meter.usage();
        const near = [-40, -21, -20, -13, -12, -7, -2, -1, 0, 1, 2].map((less) => most + less);
        for (const fuel of [...near, most >> 1, Math.floor(most * 0.9)].filter((limit) => limit > 0))
          expect(run([lexer, parser], fuel)).toBe(run([whole], fuel));
      }
    },
  );

  it('together hold no more than is burnt between two looks at the clock', () => {
    const many = Array.from({ length: 20 }, () => lexer);
    const { meter, call, asked } = open([...many, parser], { timeMs: 100 });
    expect(call(100_000)).toBe('ok');
    expect(asked()).toBeGreaterThanOrEqual(meter.usage().fuel / 600_000);
  });

  it('go on counting over calls that only one of them runs in', () => {
    const { meter, call } = open([lexer, parser], { fuelTotal: 100_000 });
    let calls = 0;
    while (call(10) === 'ok') calls++;
    const { fuel } = open([whole], {}).meter.usage();
    expect(fuel).toBe(0);
    expect(calls).toBeGreaterThan(10);
    expect(meter.verdict).toMatchObject({ quota: 'fuelTotal', used: 100_000 });
  });
});

describe('a module with as many exports as duckdb-wasm', () => {
  const EXPORTS = 75_011;

  it('is metered, without a second export for each', async () => {
    const names = Array.from({ length: EXPORTS }, (_, at) => `(export "e${at}" (func $lex))`);
    const module = meterModule(
      await assemble(`(module ${LEX.replace(' (export "lex")', '')} ${names.join('')})`),
    );
    expect(module.names.armed.size).toBe(0);
    const meter = createMeter({ fuel: 200 });
    meter.admit(module);
    const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes));
    meter.attach(module, instance);
    const last = meter.entry(instance, `e${EXPORTS - 1}`) as (value: number) => number;
    for (let calls = 1; calls <= 3; calls++) {
      meter.beginCall();
      last(1);
      expect(meter.usage()).toMatchObject({ fuel: 134, fuelTotal: 134 * calls });
    }
    expect(() => last(1)).toThrow(WebAssembly.RuntimeError);
  });
});
