import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom, type Guest } from '../support/guest.js';

/** A guest with a resource of its own, and one of the host's; each function takes handles before something else. */
const TEXT = `(component
  (import "t" (type $t (sub resource)))
  (import "fetch" (func $fetch (result (tuple (own $t) u8))))
  (import "note" (func $note (param "x" u32)))
  (core func $noted (canon lower (func $note)))
  (core module $d
    (import "" "note" (func $note (param i32)))
    (func (export "dtor") (param i32) (call $note (local.get 0)))
    (memory (export "mem") 1)
    (global $end (mut i32) (i32.const 8))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.get $end) (global.set $end (i32.add (global.get $end) (i32.const 64)))))
  (core instance $d (instantiate $d (with "" (instance (export "note" (func $noted))))))
  (type $r (resource (rep i32) (dtor (core func $d "dtor"))))
  (core func $new (canon resource.new $r))
  (core func $drop (canon resource.drop $r))
  (core func $drop-t (canon resource.drop $t))
  (core func $fetched (canon lower (func $fetch) (memory (core memory $d "mem"))))
  (core module $m
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "drop-t" (func $drop-t (param i32)))
    (import "" "fetch" (func $fetch (param i32)))
    (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
    (func (export "take") (param i32 i32) (call $drop (local.get 0)))
    (func (export "take-t") (param i32 i32) (call $drop-t (local.get 0)))
    (func (export "two") (param i32 i32 i32) (call $drop (local.get 0)) (call $drop (local.get 1)))
    (func (export "list") (param i32 i32))
    (func (export "lent") (param i32 i32 i32) (call $drop (local.get 1)))
    (func (export "fetches") (call $fetch (i32.const 0))))
  (core instance $i (instantiate $m (with "" (instance (export "new" (func $new)) (export "drop" (func $drop))
    (export "drop-t" (func $drop-t)) (export "fetch" (func $fetched))))))
  (export $R "r" (type $r))
  (func (export "make") (param "x" u32) (result (own $R)) (canon lift (core func $i "make")))
  (func (export "take") (param "x" (own $R)) (param "n" u8) (canon lift (core func $i "take")))
  (func (export "two") (param "x" (own $R)) (param "y" (own $R)) (param "n" u8) (canon lift (core func $i "two")))
  (func (export "lent") (param "x" (borrow $R)) (param "y" (own $R)) (param "n" u8) (canon lift (core func $i "lent")))
  (func (export "in-list") (param "x" (list (own $R)))
    (canon lift (core func $i "list") (memory (core memory $d "mem")) (realloc (core func $d "realloc"))))
  (func (export "take-t") (param "x" (own $t)) (param "n" u8) (canon lift (core func $i "take-t")))
  (func (export "lend-t") (param "x" (borrow $t)) (param "n" u8) (canon lift (core func $i "take-t")))
  (func (export "fetches") (canon lift (core func $i "fetches"))))`;

const symbolDispose: typeof Symbol.dispose =
  Symbol.dispose ?? (Symbol.for('dispose') as typeof Symbol.dispose);

class T {
  readonly kind = 't';
}

describe.each(BACKENDS)('an argument that does not fit, %s', (backend) => {
  async function started(fetch: () => unknown = () => undefined): Promise<{ guest: Guest; notes: number[] }> {
    const notes: number[] = [];
    const imports = { t: T, fetch, note: (x: number) => notes.push(x) };
    return { guest: await guestFrom(TEXT, backend, imports), notes };
  }

  it.each([
    ['take', (one: unknown) => [one, 256]],
    ['take', (one: unknown) => [one]],
    ['two', (one: unknown, other: unknown) => [one, other, -1]],
    ['two', (one: unknown) => [one, one, 1]],
    ['two', (one: unknown) => [one, {}, 1]],
    ['lent', (one: unknown, other: unknown) => [one, other, 'x']],
    ['lent', (one: unknown) => [one, one, 1]],
    ['inList', (one: unknown, other: unknown) => [[one, other, null]]],
  ])('leaves the objects of the guest before it with their owner: %s', async (name, args) => {
    const { guest, notes } = await started();
    const [one, other] = [guest.call('make', 1), guest.call('make', 2)];
    for (let turn = 0; turn < 3; turn++)
      expect(guest.thrownBy(name, ...args(one, other))).toBeInstanceOf(TypeError);
    expect(guest.instance.state).toBe('ready');
    expect([guest.instance.usage().handles, notes]).toEqual([0, []]);
    guest.call('two', one, other, 0);
    expect(notes).toEqual([1, 2]);
    expect(guest.thrownBy('take', one, 0)?.message).toMatch(/given away/);
  });

  it('leaves them to be disposed of', async () => {
    const { guest, notes } = await started();
    const one = guest.call('make', 7) as Disposable;
    expect(guest.thrownBy('take', one, 256)).toBeInstanceOf(TypeError);
    one[symbolDispose]();
    one[symbolDispose]();
    expect(notes).toEqual([7]);
  });

  it.each(['takeT', 'lendT'])('leaves objects of the host with the host: %s', async (name) => {
    const { guest } = await started();
    const one = new T();
    expect(guest.thrownBy(name, one, 256)).toBeInstanceOf(TypeError);
    expect([guest.instance.usage().handles, guest.instance.state]).toEqual([0, 'ready']);
    guest.call(name, one, 255);
    guest.call(name, one, 255);
    expect([guest.instance.usage().handles, guest.instance.state]).toEqual([0, 'ready']);
  });

  it('leaves objects in the result of an import with the host', async () => {
    const { guest } = await started(() => [new T(), 256]);
    expect(guest.thrownBy('fetches')?.code).toBe('WP_TRAP_HOST');
    expect(guest.instance.usage().handles).toBe(0);
  });

  it('takes nothing back once a call has its arguments', async () => {
    const results = [
      [new T(), 1],
      [new T(), 2],
    ];
    const { guest } = await started(() => results.pop());
    guest.call('fetches');
    guest.call('fetches');
    guest.call('take', guest.call('make', 1), 1);
    expect(guest.thrownBy('takeT', new T(), 256)).toBeInstanceOf(TypeError);
    expect(guest.instance.usage().handles).toBe(2);
  });
});
