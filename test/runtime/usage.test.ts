import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import type { Limits } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';

/** Two core modules: one whose memory nobody exports, and one that passes on the exports of the other. */
const GUEST = `
(component
  (core module $owner
    (memory 1)
    (table (export "table") 3 10 funcref)
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "grow-table") (param i32) (result i32) (table.grow (ref.null func) (local.get 0)))
    (func (export "trap") unreachable))
  (core module $other
    (import "owner" "table" (table 3 funcref))
    (import "owner" "trap" (func $trap))
    (memory 2 2)
    (table 4 4 funcref)
    (export "again" (table 0))
    (func (export "trap") (call $trap)))
  (core instance $owner (instantiate $owner))
  (core instance $other (instantiate $other (with "owner" (instance $owner))))
  (func (export "grow") (param "pages" u32) (result s32) (canon lift (core func $owner "grow")))
  (func (export "growTable") (param "by" u32) (result s32) (canon lift (core func $owner "grow-table")))
  (func (export "trap") (canon lift (core func $other "trap")))
)`.replaceAll('growTable', 'grow-table');

const PAGE_BYTES = 65_536;
const WAYS: [string, Limits][] = [
  ['unmetered', {}],
  ['metered for fuel', { fuel: 1e6 }],
  ['metered for time', { timeMs: 1000 }],
];

async function start(limits: Limits): Promise<Instance> {
  return (await createEngine({ limits }).load(await parse(GUEST))).instantiate();
}

describe.each(WAYS)('usage() of an instance %s', (_, limits) => {
  it('counts memories and tables that no module exports, and none twice', async () => {
    expect((await start(limits)).usage()).toMatchObject({ memoryBytes: 3 * PAGE_BYTES, tableElements: 7 });
  });

  it('follows what grows, and holds after a trap and after the end', async () => {
    const instance = await start(limits);
    const guest = instance.exports as unknown as Record<string, (by?: number) => number>;
    expect(guest['grow']?.(5)).toBe(1);
    expect(guest['growTable']?.(2)).toBe(3);
    expect(guest['growTable']?.(6)).toBe(-1);
    const wanted = { memoryBytes: 8 * PAGE_BYTES, tableElements: 9 };
    expect(instance.usage()).toMatchObject(wanted);
    expect(() => guest['trap']?.()).toThrow(/unreachable/);
    expect(instance.state).toBe('dead');
    expect(instance.usage()).toMatchObject(wanted);
    instance.close();
    expect(instance.usage()).toMatchObject(wanted);
  });
});

it('counts a table with 64-bit indices, where the engine has them', async () => {
  const core = await parse('(module (table (export "t") i64 5 funcref))');
  const guest = await parse(`(component
    (core module $m (table (export "t") i64 5 funcref) (func (export "f")))
    (core instance $i (instantiate $m))
    (func (export "f") (canon lift (core func $i "f"))))`);
  const load = createEngine().load(guest);
  if (WebAssembly.validate(core as Uint8Array<ArrayBuffer>))
    expect((await load).instantiate().usage()).toMatchObject({ tableElements: 5 });
  else
    await expect(load).rejects.toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^WP_MODULE_(INVALID|UNSUPPORTED)$/) }),
    );
});
