import { createMeter, meterModule } from '@wasm-plugin/engine/meter';
import { describe, expect, it } from 'vitest';
import { build, open } from './open-metered.js';
import { referenceMeter, runReference } from './reference-meter.js';
import { runMetered } from './run-metered.js';
import {
  functionModule,
  I32,
  I64,
  moduleOf,
  name,
  section,
  signed,
  unsigned,
  vector,
} from './wasm-builder.js';

const VOID = [0x60, 0, 0];
const ENDLESS = [0x03, 0x40, 0x0c, 0, 0x0b];

describe('a guest cannot reach the counter', () => {
  it('by naming a global it does not have', () => {
    const binary = build({
      functions: [0],
      rest: [section(6, vector([[I64, 1, 0x42, 0, 0x0b]]))],
      exports: [[...name('f'), 0, 0]],
      bodies: [[0x42, 0, 0x24, 1]],
    });
    expect(() => meterModule(binary)).toThrow(expect.objectContaining({ code: 'WP_MODULE_INVALID' }));
  });

  it('by an export name: ours give way', () => {
    const binary = build({
      functions: [0],
      exports: [
        [...name('f'), 0, 0],
        [...name('$meter:used'), 0, 0],
        [...name('$meter$:slice'), 0, 0],
      ],
      bodies: [[]],
    });
    const { call, meter } = open(binary, { fuel: 100 });
    call('$meter:used');
    expect(meter.usage().fuel).toBe(1);
  });

  it('by taking the hook out of its table: there is no path to it', () => {
    const binary = functionModule({ params: [], results: [] }, [], [0x41, 0, 0x25, 0, 0x1a]);
    expect(() => meterModule(binary)).toThrow(expect.objectContaining({ code: 'WP_MODULE_INVALID' }));
  });
});

describe('a guest cannot survive', () => {
  const tryAll = [0x06, 0x40, ...ENDLESS, 0x19, 0x0b, ...ENDLESS];

  it('running out of fuel inside catch_all', () => {
    const { call, meter } = open(
      build({ functions: [0], exports: [[...name('f'), 0, 0]], bodies: [tryAll] }),
      {
        fuel: 10_000,
      },
    );
    expect(() => call('f')).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict).toEqual({ quota: 'fuel', limit: 10_000, used: 10_000 });
    expect(meter.usage().fuel).toBe(10_000);
    expect(() => call('f')).toThrow(WebAssembly.RuntimeError);
  });

  it('endless recursion, directly and by tail call', () => {
    const recursion = build({ functions: [0], exports: [[...name('f'), 0, 0]], bodies: [[0x10, 0]] });
    expect(() => open(recursion, { fuel: 1e9 }).call('f')).toThrow(RangeError);
    const tail = build({ functions: [0], exports: [[...name('f'), 0, 0]], bodies: [[0x12, 0]] });
    const { call, meter } = open(tail, { fuel: 1e6 });
    expect(() => call('f')).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict?.quota).toBe('fuel');
  });

  it('hiding an endless loop in its start function', () => {
    const binary = build({ functions: [0], exports: [], start: 0, bodies: [ENDLESS] });
    const { meter, module, instance } = open(binary, { fuel: 1000 });
    expect(() => meter.start(module, instance)).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict?.quota).toBe('fuel');
  });

  it('entering again through a host import', () => {
    let call: () => void = () => {};
    const binary = build({
      imports: [[...name('h'), ...name('h'), 0, 0]],
      functions: [0],
      exports: [[...name('f'), 0, 1]],
      bodies: [[0x10, 0, 0x41, 1, 0x1a]],
    });
    let depth = 0;
    const opened = open(
      binary,
      { fuel: 1000 },
      { imports: { h: { h: () => (depth++ < 4 ? call() : undefined) } } },
    );
    call = () => void opened.call('f');
    call();
    // five entries, each 1 + call + const
    expect(opened.meter.usage().fuel).toBe(15);
    depth = -1e9;
    expect(call).toThrow(Error);
  });
});

describe('a deadline', () => {
  const bodies: Record<string, readonly number[]> = {
    'an endless loop': ENDLESS,
    'filling 64 MiB': [0x03, 0x40, 0x41, 0, 0x41, 1, 0x41, ...signed(64 << 20), 0xfc, 11, 0, 0x0c, 0, 0x0b],
    'an endless table of branches': [0x03, 0x40, 0x02, 0x40, 0x41, 0, 0x0e, 1, 0, 1, 0x0b, 0x0c, 0, 0x0b],
  };
  for (const [what, body] of Object.entries(bodies)) {
    it(`stops ${what} on the same thread`, () => {
      const binary = build({
        functions: [0],
        rest: [section(5, vector([[0, ...unsigned(1024)]]))],
        exports: [[...name('f'), 0, 0]],
        bodies: [body],
      });
      const { call, meter } = open(binary, { timeMs: 50 });
      expect(() => call('f')).toThrow(WebAssembly.RuntimeError);
      expect(meter.verdict?.quota).toBe('timeMs');
    });
  }

  it('does not count the host under timeMs, and does under wallMs', () => {
    const binary = build({
      imports: [[...name('h'), ...name('h'), 0, 0]],
      functions: [0],
      rest: [section(6, vector([[I32, 1, 0x41, ...signed(1_000_000), 0x0b]]))],
      exports: [[...name('f'), 0, 1]],
      bodies: [[0x10, 0, 0x03, 0x40, 0x23, 0, 0x41, 1, 0x6b, 0x24, 0, 0x23, 0, 0x0d, 0, 0x0b]],
    });
    for (const [limits, quota] of [
      [{ timeMs: 50 }, undefined],
      [{ wallMs: 50 }, 'wallMs'],
      [{ timeMs: 0.01 }, 'timeMs'],
    ] as const) {
      let now = 0;
      const module = meterModule(binary);
      const meter = createMeter(limits, { now: () => (now += 0.01) });
      const wait = () => {
        meter.pause();
        now += 200;
        meter.resume();
      };
      const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes), { h: { h: wait } });
      meter.attach(module, instance);
      try {
        (meter.entry(instance, 'f') as () => void)();
      } catch {
        expect(quota).toBeDefined();
      }
      expect(meter.verdict?.quota).toBe(quota);
    }
  });
});

describe('sizes', () => {
  const grow = (pages: number) => [0x41, ...signed(pages), 0x40, 0];

  it('are clamped, and refused where they start above the clamp', () => {
    const binary = build({
      types: [[0x60, 0, 1, I32]],
      functions: [0],
      rest: [section(4, vector([[0x70, 0, ...unsigned(100_000)]])), section(5, vector([[0, 1]]))],
      exports: [[...name('f'), 0, 0]],
      bodies: [grow(100)],
    });
    const limit = expect.objectContaining({ code: 'WP_MODULE_LIMIT' });
    expect(() => meterModule(binary, { tableElements: 1000 })).toThrow(limit);
    expect(() => meterModule(binary, { memoryPages: 0 })).toThrow(limit);
    expect(open(binary, {}, { plan: { memoryPages: 50 } }).call('f')).toBe(-1);
    expect(open(binary, {}, { plan: { memoryPages: 101 } }).call('f')).toBe(1);
    expect(open(binary, { tableElements: 5 }).refused?.quota).toBe('tableElements');
  });

  it('share one budget, which a failed growth gives back', () => {
    const binary = build({
      types: [[0x60, 1, I32, 1, I32]],
      functions: [0],
      rest: [section(5, vector([[1, 1, 3]]))],
      exports: [[...name('f'), 0, 0]],
      bodies: [[0x20, 0, 0x40, 0]],
    });
    const { call, meter } = open(binary, { memoryBytes: 10 * 65_536 });
    expect([call('f', 1), call('f', 5), call('f', 20), call('f', 1)]).toEqual([1, -1, -1, 2]);
    expect(meter.usage().memoryBytes).toBe(3 * 65_536);
    const strict = open(binary, { memoryBytes: 2 * 65_536, strictMemory: true });
    expect(() => strict.call('f', 2)).toThrow(WebAssembly.RuntimeError);
    expect(strict.meter.verdict).toEqual({ quota: 'memoryBytes', limit: 2 * 65_536, used: 3 * 65_536 });
  });

  it('stay exact where a 64-bit memory or table asks for all there is', () => {
    const memory = [0x20, 0, 0x40, 0];
    const table = [0xd0, 0x70, 0x20, 0, 0xfc, 15, 0];
    for (const [own, code] of [
      [section(5, vector([[4, 1]])), memory],
      [section(4, vector([[0x70, 4, 1]])), table],
    ] as const) {
      const binary = build({
        types: [[0x60, 1, I64, 1, I64]],
        functions: [0],
        rest: [[...own]],
        exports: [[...name('f'), 0, 0]],
        bodies: [code],
      });
      // Node 20 has no 64-bit memories.
      if (!WebAssembly.validate(binary)) {
        expect(() => meterModule(binary)).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^WP_MODULE_(INVALID|UNSUPPORTED)$/) }),
        );
        continue;
      }
      const { call, meter } = open(binary, {});
      expect([call('f', -1n), call('f', 2n ** 62n), call('f', 1n)]).toEqual([-1n, -1n, 1n]);
      expect([meter.usage().memoryBytes, meter.usage().tableElements]).toEqual(
        code === memory ? [2 * 65_536, 0] : [0, 2],
      );
    }
  });

  it('refuses shared memories unless they are let in', () => {
    const binary = moduleOf(section(5, vector([[3, 1, 1]])));
    expect(() => meterModule(binary)).toThrow(expect.objectContaining({ code: 'WP_MODULE_UNSUPPORTED' }));
    expect(meterModule(binary, { sharedMemories: true }).bytes.length).toBeGreaterThan(0);
  });
});

describe('long bulk operations, which go piece by piece', () => {
  const MIB = 1 << 20;
  const copy = [0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 10, 0, 0];
  const fill = [0x20, 0, 0x20, 1, 0x20, 2, 0xfc, 11, 0];
  const binary = (code: number[]) =>
    build({
      types: [[0x60, 3, I32, I32, I32, 0]],
      functions: [0],
      rest: [section(5, vector([[0, ...unsigned(80)]]))],
      exports: [
        [...name('f'), 0, 0],
        [...name('m'), 2, 0],
      ],
      bodies: [code],
    });
  const cases = [
    [0, 5, 3 * MIB],
    [5, 0, 3 * MIB + 7],
    [MIB, 0, 4 * MIB],
    [0, MIB, 4 * MIB],
    [0, MIB, 4 * MIB + 1],
    [3 * MIB, 1, 2 * MIB],
    [3 * MIB, 1, 2 * MIB + 1],
    [-1, 0, 2 * MIB],
    [0, 0, -1],
  ] as const;

  for (const [what, code] of [
    ['copy', copy],
    ['fill', fill],
  ] as const) {
    it(`${what} as at once`, () => {
      const plain = new WebAssembly.Module(binary(code));
      for (const values of cases) {
        const outcome = (instance: WebAssembly.Instance, call: (...values: unknown[]) => unknown) => {
          const bytes = new Uint8Array((instance.exports['m'] as WebAssembly.Memory).buffer);
          for (let at = 0; at < bytes.length; at += 4093) bytes[at] = at % 251;
          let trapped = false;
          try {
            call(...values);
          } catch {
            trapped = true;
          }
          return { trapped, bytes };
        };
        const reference = new WebAssembly.Instance(plain, {});
        const wanted = outcome(reference, reference.exports['f'] as () => void);
        const { instance, call } = open(binary(code), {});
        const got = outcome(instance, (...parameters) => call('f', ...parameters));
        expect(got.trapped).toBe(wanted.trapped);
        expect(Buffer.compare(got.bytes, wanted.bytes)).toBe(0);
      }
    });
  }
});

describe('odd modules', () => {
  it('with many locals are refused by name or work', () => {
    const body = (count: number) => [1, ...unsigned(count), I32, 0x20, 0, 0x1a, 0x0b];
    const binary = (count: number) =>
      moduleOf(
        section(1, vector([VOID])),
        section(3, [1, 0]),
        section(7, vector([[...name('f'), 0, 0]])),
        section(10, vector([[...unsigned(body(count).length), ...body(count)]])),
      );
    expect(() => meterModule(binary(50_000))).toThrow(expect.objectContaining({ code: 'WP_MODULE_LIMIT' }));
    expect(runMetered(meterModule(binary(49_000)), { name: 'f', arguments: [], fuel: 10 }).fuel).toBe(2);
  });

  it('with as many parameters as there can be are called as they are', () => {
    const most = 1000;
    const wide = [0x60, ...unsigned(most), ...Array.from({ length: most }, () => I32), 0];
    const values = Array.from({ length: most }, () => [0x41, 1]).flat();
    const binary = build({
      types: [wide, VOID],
      functions: [0, 1],
      exports: [[...name('f'), 0, 1]],
      bodies: [[], [...values, 0x10, 0]],
    });
    const { end, fuel } = runMetered(meterModule(binary), { name: 'f', arguments: [], fuel: 2000 });
    expect([end, fuel]).toEqual(['ok', most + 3]);
    const body = [1, ...unsigned(48_990), I32, 0x0b];
    const full = moduleOf(
      section(1, vector([wide])),
      section(3, [1, 0]),
      section(10, vector([[...unsigned(body.length), ...body]])),
    );
    expect(WebAssembly.validate(full)).toBe(true);
    expect(() => meterModule(full)).toThrow(expect.objectContaining({ code: 'WP_MODULE_LIMIT' }));
  });

  it('with branch hints and names that lie keep running', () => {
    const code = [0x02, 0x40, 0x20, 0, 0x0d, 0, 0x41, 1, 0x1a, 0x0b];
    const head = [section(1, vector([[0x60, 1, I32, 0]])), section(3, [1, 0])];
    const exported = section(7, vector([[...name('f'), 0, 0]]));
    const bodies = section(10, vector([[...unsigned(code.length + 2), 0, ...code, 0x0b]]));
    const endless = [0xff, 0xff, 0xff, 0xff, 0x0f];
    const hints = [
      [],
      endless,
      [1, 0, ...endless],
      [1, 0, 1, 5, ...endless],
      [1, 0, 1, 5, 0],
      [1, 9, 1, 5, 1, 0],
      [1, 0, 2, 5, 1, 0, 5, 1, 1],
      [2, 0, 1, 5, 1, 0, 0, 1, 5, 1, 1],
      [1, 0, 1, 5, 1, 77],
    ];
    const names = [[1, ...endless], [1, 6, ...endless, 0], [1, 3, 1, 0, 99], [1, 4, 1, 0, 1, 0xff], [0x80]];
    const lying = [
      ...hints.map((bytes) => section(0, [...name('metadata.code.branch_hint'), ...bytes])),
      ...names.map((bytes) => section(0, [...name('name'), ...bytes])),
    ];
    for (const custom of lying) {
      const module = meterModule(moduleOf(...head, exported, custom, custom, bodies, custom));
      expect(runMetered(module, { name: 'f', arguments: [1], fuel: 100 }).fuel).toBe(3);
      module.offsetMap.nameOf(0);
    }
  });

  it('with deeply nested blocks and huge tables of branches are read without recursion', () => {
    const depth = 20_000;
    const blocks = Array.from({ length: depth }, () => [0x02, 0x40]).flat();
    const ends = Array.from({ length: depth }, () => 0x0b);
    const targets = Array.from({ length: 20_000 }, (_, at) => unsigned(at)).flat();
    const binary = functionModule(
      { params: [I32], results: [] },
      [],
      [...blocks, 0x20, 0, 0x0e, ...unsigned(20_000), ...targets, 0, ...ends],
    );
    const { end, fuel } = runMetered(meterModule(binary), { name: 'f', arguments: [7], fuel: 100 });
    expect([end, fuel]).toEqual(['ok', 3]);
  });

  it('with padded integers keep their meaning', () => {
    const padded = [0x41, 0x85, 0x80, 0x80, 0x80, 0x00, 0x21, 0x80, 0x00, 0x20, 0x80, 0x80, 0x00];
    const binary = functionModule({ params: [], results: [I32] }, [I32], padded);
    expect(runMetered(meterModule(binary), { name: 'f', arguments: [], fuel: 100 }).results).toEqual([5]);
  });

  it('with handlers across frames burn what the reference burns', () => {
    const throws = [0x41, 1, 0x1a, 0x08, 0];
    const catches = [0x06, 0x40, 0x10, 0, 0x19, 0x41, 2, 0x1a, 0x0b, 0x41, 3, 0x1a];
    const binary = build({
      functions: [0, 0],
      rest: [section(13, vector([[0, 0]]))],
      exports: [[...name('f'), 0, 1]],
      bodies: [throws, catches],
    });
    const wanted = runReference(new WebAssembly.Module(referenceMeter(binary)), {
      name: 'f',
      arguments: [],
      fuel: 100,
    });
    for (const plan of [{}, { exactTraps: true }]) {
      const outcome = runMetered(meterModule(binary, plan), { name: 'f', arguments: [], fuel: 100 });
      expect([outcome.end, outcome.fuel]).toEqual([wanted.end, wanted.fuel]);
    }
  });
});

describe('several instances', () => {
  it('share the fuel of a call exactly', () => {
    const callee = build({
      functions: [0],
      exports: [[...name('g'), 0, 0]],
      bodies: [[0x41, 1, 0x1a]],
    });
    const caller = build({
      imports: [[...name('a'), ...name('g'), 0, 0]],
      functions: [0],
      exports: [[...name('f'), 0, 1]],
      bodies: [[0x03, 0x40, 0x10, 0, 0x0c, 0, 0x0b]],
    });
    const meter = createMeter({ fuel: 1001 });
    const first = meterModule(callee);
    const a = new WebAssembly.Instance(new WebAssembly.Module(first.bytes), {});
    meter.attach(first, a);
    const second = meterModule(caller);
    const b = new WebAssembly.Instance(new WebAssembly.Module(second.bytes), {
      a: { g: a.exports['g'] as () => void },
    });
    meter.attach(second, b);
    for (let round = 0; round < 2; round++) {
      meter.beginCall();
      (a.exports['g'] as () => void)();
      expect(meter.usage().fuel).toBe(2);
    }
    meter.beginCall();
    expect(() => (meter.entry(b, 'f') as () => void)()).toThrow(WebAssembly.RuntimeError);
    expect(meter.verdict).toEqual({ quota: 'fuel', limit: 1001, used: 1001 });
    expect(meter.usage().fuelTotal).toBe(1005);
  });
});
