import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom, type Guest } from '../support/guest.js';

/** A guest with a resource of its own; `dtor` is the body of its destructor, `more` are exports of the core module. */
function owning(dtor: string, more = '', lifts = ''): string {
  return `(component
    (import "note" (func $note (param "x" u32)))
    (core func $noted (canon lower (func $note)))
    (core module $d
      (import "host" "note" (func $note (param i32)))
      (func (export "dtor") (param i32) ${dtor}))
    (core instance $d (instantiate $d (with "host" (instance (export "note" (func $noted))))))
    (type $r (resource (rep i32) (dtor (core func $d "dtor"))))
    (type $other (resource (rep i32)))
    (core func $new (canon resource.new $r))
    (core func $rep (canon resource.rep $r))
    (core func $drop (canon resource.drop $r))
    (core func $new-other (canon resource.new $other))
    (core module $m
      (import "r" "new" (func $new (param i32) (result i32)))
      (import "r" "rep" (func $rep (param i32) (result i32)))
      (import "r" "drop" (func $drop (param i32)))
      (import "r" "new-other" (func $new-other (param i32) (result i32)))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
      (func (export "value") (param i32) (result i32) (local.get 0))
      (func (export "take") (param i32) (call $drop (local.get 0)))
      (func (export "keep") (param i32))
      (func (export "forge") (param i32) (result i32) (local.get 0))
      (func (export "reps") (param i32) (result i32) (call $rep (local.get 0)))
      (func (export "drops") (param i32) (call $drop (local.get 0)))
      (func (export "twice") (param i32) (call $drop (local.get 0)) (call $drop (local.get 0)))
      (func (export "wrong") (result i32) (call $new-other (i32.const 1)))
      ${more})
    (core instance $i (instantiate $m (with "r" (instance
      (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop))
      (export "new-other" (func $new-other))))))
    (export $R "r" (type $r))
    (func (export "[constructor]r") (param "x" u32) (result (own $R)) (canon lift (core func $i "make")))
    (func (export "[method]r.value") (param "self" (borrow $R)) (result u32) (canon lift (core func $i "value")))
    (func (export "make") (param "x" u32) (result (own $R)) (canon lift (core func $i "make")))
    (func (export "take") (param "x" (own $R)) (canon lift (core func $i "take")))
    (func (export "keep") (param "x" (own $R)) (canon lift (core func $i "keep")))
    (func (export "forge") (param "x" u32) (result (own $R)) (canon lift (core func $i "forge")))
    (func (export "reps") (param "x" u32) (result u32) (canon lift (core func $i "reps")))
    (func (export "drops") (param "x" u32) (canon lift (core func $i "drops")))
    (func (export "twice") (param "x" (own $R)) (canon lift (core func $i "twice")))
    (func (export "wrong") (result (own $R)) (canon lift (core func $i "wrong")))
    ${lifts})`;
}

const NOTING = '(call $note (local.get 0))';

type Made = { value(): number } & Disposable;

const symbolDispose: typeof Symbol.dispose =
  Symbol.dispose ?? (Symbol.for('dispose') as typeof Symbol.dispose);

function thrownBy(call: () => unknown): { code?: string; message: string } | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

const made = (guest: Guest, x = 1): Made => guest.call('make', x) as Made;

describe.each(BACKENDS)('handles that a guest forges, %s', (backend) => {
  it.each([
    ['forge', 0],
    ['forge', 1],
    ['forge', 0xffff_ffff],
    ['forge', 0x8000_0001],
    ['reps', 0],
    ['reps', 7],
    ['drops', 0],
    ['drops', 12_345],
  ])('%s(%i) traps', async (name, index) => {
    const guest = await guestFrom(owning(NOTING), backend, { note: () => undefined });
    expect(guest.thrownBy(name, index)?.code).toBe('WP_TRAP_ABI');
    expect(guest.instance.state).toBe('dead');
  });

  it('a handle of another type traps', async () => {
    const guest = await guestFrom(owning(NOTING), backend, { note: () => undefined });
    expect(guest.thrownBy('wrong')?.message).toMatch(/wrong type/);
  });

  it('dropping twice traps, after one destructor', async () => {
    const notes: number[] = [];
    const guest = await guestFrom(owning(NOTING), backend, { note: (x: number) => notes.push(x) });
    expect(guest.thrownBy('twice', guest.call('make', 5))?.message).toMatch(/unknown handle/);
    expect(notes).toEqual([5]);
  });

  it('gives no handle of one instance to another', async () => {
    const imports = { note: () => undefined };
    const [one, two] = [
      await guestFrom(owning(NOTING), backend, imports),
      await guestFrom(owning(NOTING), backend, imports),
    ];
    const given = one.call('make', 1);
    expect(two.thrownBy('take', given)).toBeInstanceOf(TypeError);
    expect(two.instance.state).toBe('ready');
    expect(() => one.call('take', given)).not.toThrow();
  });

  it.each([
    ['an object', {}],
    ['null', null],
    ['nothing', undefined],
    ['a number', 1],
    ['a proxy', new Proxy({}, {})],
  ])('takes no %s for a handle', async (_, value) => {
    const guest = await guestFrom(owning(NOTING), backend, { note: () => undefined });
    const { prototype } = guest.instance.exports['R'] as { prototype: object };
    for (const forged of [value, Object.create(prototype)])
      expect(guest.thrownBy('take', forged)).toBeInstanceOf(TypeError);
    expect(guest.instance.state).toBe('ready');
  });
});

describe.each(BACKENDS)('destructors, %s', (backend) => {
  it('run once, whoever drops', async () => {
    const notes: number[] = [];
    const guest = await guestFrom(owning(NOTING), backend, { note: (x: number) => notes.push(x) });
    const first = made(guest, 1);
    first[symbolDispose]();
    first[symbolDispose]();
    guest.call('take', made(guest, 2));
    expect(notes).toEqual([1, 2]);
    expect(thrownBy(() => first.value())).toBeInstanceOf(TypeError);
    expect(guest.instance.usage().handles).toBe(0);
  });

  it('that trap when the host disposes kill the instance', async () => {
    const guest = await guestFrom(owning('unreachable'), backend, { note: () => undefined });
    const one = made(guest);
    const other = made(guest);
    const error = thrownBy(() => one[symbolDispose]());
    expect(error?.code).toBe('WP_TRAP');
    expect(guest.instance.state).toBe('dead');
    expect(thrownBy(() => other.value())).toBe(error);
  });

  it('that trap when the guest drops kill the instance', async () => {
    const guest = await guestFrom(owning('unreachable'), backend, { note: () => undefined });
    expect(guest.thrownBy('take', made(guest))?.code).toBe('WP_TRAP');
    expect(guest.instance.state).toBe('dead');
  });

  it('that call a host function which throws kill the instance', async () => {
    const guest = await guestFrom(owning(NOTING), backend, {
      note: () => {
        throw new Error('mine');
      },
    });
    expect(thrownBy(() => made(guest)[symbolDispose]())?.code).toBe('WP_TRAP_HOST');
    expect(guest.instance.state).toBe('dead');
  });

  it('that call a host function which enters again are stopped', async () => {
    const again: (() => unknown)[] = [];
    const guest: Guest = await guestFrom(owning(NOTING), backend, { note: () => again[0]?.() });
    again.push(() => guest.call('make', 3));
    expect(thrownBy(() => made(guest)[symbolDispose]())?.message).toMatch(/already running/);
    expect(guest.instance.state).toBe('dead');
  });

  it('that call a host function which closes the instance leave it closed', async () => {
    const again: (() => unknown)[] = [];
    const guest: Guest = await guestFrom(owning(NOTING), backend, { note: () => again[0]?.() });
    again.push(() => guest.instance.close());
    expect(thrownBy(() => made(guest)[symbolDispose]())?.code).toBe('WP_CLOSED');
    expect(guest.thrownBy('make', 1)?.code).toBe('WP_CLOSED');
  });

  it('do not run in a dead instance: disposing is then no call', async () => {
    const notes: number[] = [];
    const guest = await guestFrom(owning(NOTING), backend, { note: (x: number) => notes.push(x) });
    const one = made(guest);
    guest.instance.close();
    expect(() => one[symbolDispose]()).not.toThrow();
    expect(notes).toEqual([]);
  });
});

describe.each(BACKENDS)('resources of the host, %s', (backend) => {
  const BORROWING = `(component
    (import "t" (type $t (sub resource)))
    (import "close" (func $close))
    (core func $drop (canon resource.drop $t))
    (core func $closes (canon lower (func $close)))
    (core module $m
      (import "t" "drop" (func $drop (param i32)))
      (import "t" "close" (func $close))
      (global $kept (mut i32) (i32.const 0))
      (func (export "keep") (param i32) (global.set $kept (local.get 0)))
      (func (export "drop") (param i32) (call $drop (local.get 0)))
      (func (export "give") (param i32) (result i32) (local.get 0))
      (func (export "again") (call $drop (global.get $kept))))
    (core instance $i (instantiate $m (with "t" (instance (export "drop" (func $drop)) (export "close" (func $closes))))))
    (func (export "keep-borrow") (param "x" (borrow $t)) (canon lift (core func $i "keep")))
    (func (export "drop-borrow") (param "x" (borrow $t)) (canon lift (core func $i "drop")))
    (func (export "keep-own") (param "x" (own $t)) (canon lift (core func $i "keep")))
    (func (export "own-of-borrow") (param "x" (borrow $t)) (result (own $t)) (canon lift (core func $i "give")))
    (func (export "again") (canon lift (core func $i "again"))))`;

  /** An instance, and the calls of its host's objects. */
  async function borrowing(
    onDispose: () => void = () => undefined,
  ): Promise<{ guest: Guest; T: new () => object }> {
    class T {
      [symbolDispose](): void {
        onDispose();
      }
    }
    return { guest: await guestFrom(BORROWING, backend, { t: T, close: () => undefined }), T };
  }

  it('that are borrowed must be dropped before the call ends', async () => {
    const { guest, T } = await borrowing();
    guest.call('dropBorrow', new T());
    expect(guest.instance.usage().handles).toBe(0);
    expect(guest.thrownBy('keepBorrow', new T())?.message).toMatch(/borrow handles still remain/);
    expect(guest.instance.state).toBe('dead');
  });

  it('that are borrowed are not given away', async () => {
    const { guest, T } = await borrowing();
    expect(guest.thrownBy('ownOfBorrow', new T())?.code).toBe('WP_TRAP_ABI');
  });

  it('that are no objects of the class are refused', async () => {
    const { guest } = await borrowing();
    for (const wrong of [{}, null, 1, 'x', undefined])
      expect(guest.thrownBy('keepOwn', wrong)).toBeInstanceOf(TypeError);
    expect(guest.instance.state).toBe('ready');
  });

  it('whose dispose closes the instance leave it closed', async () => {
    const closers: (() => void)[] = [];
    const { guest, T } = await borrowing(() => closers[0]?.());
    closers.push(() => guest.instance.close());
    guest.call('keepOwn', new T());
    expect(guest.thrownBy('again')?.code).toBe('WP_CLOSED');
    expect(guest.thrownBy('again')?.code).toBe('WP_CLOSED');
  });

  it('whose dispose throws kill the instance', async () => {
    const { guest, T } = await borrowing(() => {
      throw new Error('mine');
    });
    guest.call('keepOwn', new T());
    expect(guest.thrownBy('again')?.code).toBe('WP_TRAP_HOST');
    expect(guest.instance.state).toBe('dead');
  });
});
