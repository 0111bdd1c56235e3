import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';

const BACKENDS = ['generated', 'composed'] as const;

async function instantiate(text: string, options: object, imports = {}): Promise<Record<string, unknown>> {
  const plugin = await createEngine({ ...options, imports }).load(await parse(text));
  return plugin.instantiate().exports as Record<string, unknown>;
}

/** Keeps a number in the slot, and notes the value that `realloc` finds there, which leaves another behind. */
const KEEPING = `(component
  (canon context.get i32 0 (core func $get))
  (canon context.set i32 0 (core func $set))
  (core module $m
    (import "" "get" (func $get (result i32)))
    (import "" "set" (func $set (param i32)))
    (memory (export "memory") 1)
    (global $seen (mut i32) (i32.const -1))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $seen (call $get))
      (call $set (i32.const 99))
      (i32.const 64))
    (func (export "keep") (param i32) (result i32)
      (local i32)
      (local.set 1 (call $get))
      (call $set (local.get 0))
      (i32.add (i32.mul (local.get 1) (i32.const 1000)) (call $get)))
    (func (export "echo") (param i32 i32) (result i32)
      (call $get))
    (func (export "seen") (result i32) (global.get $seen)))
  (core instance $i (instantiate $m (with "" (instance
    (export "get" (func $get)) (export "set" (func $set))))))
  (func (export "keep") (param "x" u32) (result u32) (canon lift (core func $i "keep")))
  (func (export "echo") (param "x" string) (result u32)
    (canon lift (core func $i "echo") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
  (func (export "seen") (result u32) (canon lift (core func $i "seen"))))`;

describe.each(BACKENDS)('context.get and context.set, %s', (backend) => {
  it('begin at zero in each call', async () => {
    const { keep } = (await instantiate(KEEPING, { backend })) as { keep(x: number): number };
    expect([keep(7), keep(8)]).toEqual([7, 8]);
  });

  it('are zero in realloc, whose own are not seen by the call', async () => {
    const { echo, seen } = (await instantiate(KEEPING, { backend })) as {
      echo(x: string): number;
      seen(): number;
    };
    expect(echo('hello')).toBe(0);
    expect(seen()).toBe(0);
    expect(echo('again')).toBe(0);
    expect(seen()).toBe(0);
  });

  it('are zero in a destructor, and keep their value around it', async () => {
    const text = `(component
      (canon context.get i32 0 (core func $get))
      (canon context.set i32 0 (core func $set))
      (core module $d
        (import "" "get" (func $get (result i32)))
        (import "" "set" (func $set (param i32)))
        (global $seen (mut i32) (i32.const -1))
        (func (export "dtor") (param i32)
          (global.set $seen (call $get))
          (call $set (i32.const 5)))
        (func (export "seen") (result i32) (global.get $seen)))
      (core instance $d (instantiate $d (with "" (instance
        (export "get" (func $get)) (export "set" (func $set))))))
      (type $r (resource (rep i32) (dtor (core func $d "dtor"))))
      (canon resource.new $r (core func $new))
      (canon resource.drop $r (core func $drop))
      (core module $m
        (import "" "get" (func $get (result i32)))
        (import "" "set" (func $set (param i32)))
        (import "" "new" (func $new (param i32) (result i32)))
        (import "" "drop" (func $drop (param i32)))
        (func (export "run") (result i32)
          (call $set (i32.const 42))
          (call $drop (call $new (i32.const 1)))
          (call $get)))
      (core instance $m (instantiate $m (with "" (instance
        (export "get" (func $get)) (export "set" (func $set))
        (export "new" (func $new)) (export "drop" (func $drop))))))
      (func (export "run") (result u32) (canon lift (core func $m "run")))
      (func (export "seen") (result u32) (canon lift (core func $d "seen"))))`;
    const { run, seen } = (await instantiate(text, { backend })) as { run(): number; seen(): number };
    expect([run(), seen()]).toEqual([42, 0]);
  });

  it('cost the fuel of a call, and no more', async () => {
    const text = `(component
      (canon context.set i32 0 (core func $set))
      (core module $m
        (import "" "set" (func $set (param i32)))
        (func (export "none"))
        (func (export "ten") ${'(call $set (i32.const 1))'.repeat(10)}))
      (core instance $m (instantiate $m (with "" (instance (export "set" (func $set))))))
      (func (export "none") (canon lift (core func $m "none")))
      (func (export "ten") (canon lift (core func $m "ten"))))`;
    const plugin = await createEngine({ backend, limits: { fuel: 1000 } }).load(await parse(text));
    const instance = plugin.instantiate();
    const { none, ten } = instance.exports as Record<string, () => void>;
    none?.();
    const before = instance.usage().fuel;
    ten?.();
    expect(Number(instance.usage().fuel) - Number(before)).toBe(20);
  });
});

/** A component whose one core module keeps numbers in the slot; `more` is put into the module. */
function keeping(more: string): string {
  return `(component
    (canon context.get i32 0 (core func $get))
    (canon context.set i32 0 (core func $set))
    (core module $m
      (import "env" "get" (func $get (result i32)))
      (import "env" "set" (func $set (param i32)))
      (global i32 (i32.const 5))
      ${more}
      (func (export "twice") (param i32) (result i32) (local $x (ref null func)) (local i64)
        (call $set (local.get 0))
        (i32.add (call $get) (call $get))))
    (core instance $i (instantiate $m (with "env" (instance
      (export "get" (func $get)) (export "set" (func $set))))))
    (func (export "twice") (param "x" u32) (result u32) (canon lift (core func $i "twice"))))`;
}

describe('a core module that alone uses the slot', () => {
  const cases = {
    'keeps it in a global of its own': '',
    'has a start function that uses it': '(func $start (call $set (i32.const 3))) (start $start)',
    'hands a function on in a table': '(table 1 funcref) (elem (i32.const 0) func $get)',
    'hands a function on as an export': '(export "handed-on" (func $get))',
    'hands a function on as a reference': '(elem declare func $set) (func (drop (ref.func $set)))',
    'calls it as its last act': '(func (result i32) (return_call $get))',
    'has more globals than fit the index': '(global i32 (i32.const 0))'.repeat(130),
  };
  const limits = { plain: {}, metered: { fuel: 10_000 } };

  it.each(
    Object.entries(cases).flatMap(([what, more]) =>
      Object.entries(limits).map(([how, held]) => ({ what, how, more, held })),
    ),
  )('$what: $how', async ({ more, held }) => {
    const { twice } = (await instantiate(keeping(more), { limits: held })) as { twice(x: number): number };
    expect([twice(4), twice(9)]).toEqual([8, 18]);
  });

  it('is refused as it is where an index would be that of our global', async () => {
    const text = keeping('').replace('(i32.add', '(global.set 1 (i32.const 7)) (i32.add');
    const invalid = await parse(
      text.replace(
        '(global i32 (i32.const 5))',
        '(global (mut i32) (i32.const 5)) (global (mut i32) (i32.const 5))',
      ),
    );
    // Takes the second global away: `global.set 1` names none.
    const at = findBytes(invalid, [6, 11, 2, 127, 1, 65, 5, 11, 127, 1, 65, 5, 11]);
    const cut = new Uint8Array(invalid);
    cut.set([6, 11, 1, 127, 1, 65, 0x85, 0x80, 0x80, 0x80, 0x80, 0x00, 11], at);
    await expect(createEngine().load(cut)).rejects.toMatchObject({
      code: expect.stringMatching(/^WP_MODULE_/),
    });
  });
});

function findBytes(bytes: Uint8Array, wanted: number[]): number {
  const at = Buffer.from(bytes).indexOf(Buffer.from(wanted));
  expect(at).toBeGreaterThan(0);
  return at;
}

it('refuses the second slot by name', async () => {
  const load = createEngine().load(await parse('(component (canon context.get i32 1 (core func)))'));
  await expect(load).rejects.toMatchObject({
    code: 'WP_MODULE_UNSUPPORTED',
    message: expect.stringContaining('a second slot of context.get'),
  });
});
