import { describe, expect, it } from 'vitest';
import { BACKENDS, catching, guestFrom, type Guest } from '../support/guest.js';

/** `run` calls the import `f`, catches every exception, and returns 7; `take` takes a record. */
const RUNNING = `(component
  (import "f" (func $f))
  (core func $lowered (canon lower (func $f)))
  (core module $m
    (import "host" "f" (func $f))
    (func (export "run") (result i32) ${catching('(call $f)')} (i32.const 7))
    (func (export "take") (param i32 i32)))
  (core instance $i (instantiate $m (with "host" (instance (export "f" (func $lowered))))))
  (type $pair (record (field "a" u32) (field "b" u32)))
  (export $p "pair" (type $pair))
  (func (export "run") (result u32) (canon lift (core func $i "run")))
  (func (export "take") (param "x" $p) (canon lift (core func $i "take"))))`;

async function running(
  backend: (typeof BACKENDS)[number],
  f: (guest: () => Guest) => unknown,
): Promise<Guest> {
  let guest: Guest | undefined = undefined;
  guest = await guestFrom(RUNNING, backend, { f: () => f(() => guest as unknown as Guest) });
  return guest;
}

describe.each(BACKENDS)('entering again, %s', (backend) => {
  it('is refused to a host import', async () => {
    const guest = await running(backend, (self) => self().call('run'));
    expect(guest.thrownBy('run')?.message).toMatch(/already running/);
    expect(guest.instance.state).toBe('dead');
  });

  it('is refused to a getter of an argument', async () => {
    const guest = await running(backend, () => undefined);
    const hostile = {
      a: 1,
      get b() {
        guest.call('run');
        return 2;
      },
    };
    expect(guest.thrownBy('take', hostile)?.message).toMatch(/already running/);
  });
});

describe.each(BACKENDS)('closing, %s', (backend) => {
  it('ends the call in progress from a host import', async () => {
    const guest = await running(backend, (self) => self().instance.close());
    expect(guest.thrownBy('run')?.code).toBe('WP_CLOSED');
    expect(guest.instance.state).toBe('closed');
    expect(guest.thrownBy('run')?.code).toBe('WP_CLOSED');
  });

  it('ends the call in progress from a getter of an argument', async () => {
    const guest = await running(backend, () => undefined);
    const hostile = {
      a: 1,
      get b() {
        guest.instance.close();
        return 2;
      },
    };
    expect(guest.thrownBy('take', hostile)?.code).toBe('WP_CLOSED');
    expect(guest.thrownBy('run')?.code).toBe('WP_CLOSED');
  });
});

describe.each(BACKENDS)('an exception of the host, %s', (backend) => {
  it.each([
    ['an Error', () => new Error('mine')],
    ['a RangeError', () => new RangeError('mine')],
    ['a RuntimeError made in JavaScript', () => new WebAssembly.RuntimeError('mine')],
    ['a string', () => 'mine'],
    ['nothing', () => undefined],
  ])('is not caught by the guest: %s', async (_, thrown) => {
    const guest = await running(backend, () => {
      throw thrown();
    });
    const error = guest.thrownBy('run');
    expect(error?.code).toBe('WP_TRAP_HOST');
    expect(guest.instance.state).toBe('dead');
    expect(guest.thrownBy('run')).toBe(error);
  });

  it('is not caught by the guest where it comes from looking at a result', async () => {
    const guest = await guestFrom(
      `(component
        (type $pair (record (field "a" u32) (field "b" u32)))
        (import "p" (type $p (eq $pair)))
        (import "f" (func $f (result $p)))
        (core module $memory (memory (export "memory") 1))
        (core instance $mem (instantiate $memory))
        (core func $lowered (canon lower (func $f) (memory (core memory $mem "memory"))))
        (core module $m
          (import "host" "f" (func $f (param i32)))
          (func $call (call $f (i32.const 0)))
          (func (export "run") (result i32) ${catching('(call $call)')} (i32.const 7)))
        (core instance $i (instantiate $m (with "host" (instance (export "f" (func $lowered))))))
        (func (export "run") (result u32) (canon lift (core func $i "run"))))`,
      backend,
      {
        f: () => ({
          get a() {
            throw new TypeError('mine');
          },
          b: 1,
        }),
      },
    );
    expect(guest.thrownBy('run')?.code).toBe('WP_TRAP_HOST');
    expect(guest.instance.state).toBe('dead');
  });

  it('is not caught by the guest where the stack ends', async () => {
    const guest = await running(backend, function overflow(): unknown {
      return [overflow()];
    });
    expect(guest.thrownBy('run')?.code).toMatch(/^WP_/);
    expect(guest.instance.state).toBe('dead');
  });

  it('does not leave a half-made import behind where a guest catches the end of the stack', async () => {
    const guest = await guestFrom(
      `(component
        (import "f" (func $f (param "x" string)))
        (core module $memory (memory (export "memory") 1))
        (core instance $mem (instantiate $memory))
        (core func $lowered (canon lower (func $f) (memory (core memory $mem "memory"))))
        (core module $m
          (import "host" "f" (func $f (param i32 i32)))
                    (global $returned (mut i32) (i32.const 0))
          (func $call
            (global.set $returned (i32.const 0))
            (call $f (i32.const 0) (i32.const 5))
            (global.set $returned (i32.const 1)))
          (func $down (param i32)
            ${catching('(call $call)')}
            (if (global.get $returned) (then (call $down (i32.const 0)))))
          (func (export "run") (result i32) (call $down (i32.const 0)) (i32.const 1)))
        (core instance $i (instantiate $m (with "host" (instance (export "f" (func $lowered))))))
        (func (export "run") (result u32) (canon lift (core func $i "run"))))`,
      backend,
      { f: () => undefined },
    );
    // The guest may see the overflow of a call that had not begun yet; nothing of that is left over.
    const error = guest.thrownBy('run');
    expect(guest.instance.state).toBe(error === undefined ? 'ready' : 'dead');
    if (error !== undefined) expect(guest.thrownBy('run')).toBe(error);
  });
});
