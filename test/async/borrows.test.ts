import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom } from '../support/guest.js';

/** Borrows a resource of the host, and drops it once it is woken, if at all. */
const BORROWING = (drops: string): string => `(component
  (import "wait" (func $wait async))
  (import "file" (type $file (sub resource)))
  (core func $drop (canon resource.drop $file))
  (core func $ret (canon task.return))
  (core func $lowered (canon lower (func $wait) async))
  (core func $set (canon waitable-set.new))
  (core func $join (canon waitable.join))
  (core module $m
    (import "" "drop" (func $drop (param i32)))
    (import "" "ret" (func $ret))
    (import "" "wait" (func $wait (result i32)))
    (import "" "set" (func $new (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (global $file (mut i32) (i32.const 0))
    (func (export "run") (param i32) (result i32) (local i32)
      (global.set $file (local.get 0))
      (local.set 1 (call $new))
      (call $join (i32.shr_u (call $wait) (i32.const 4)) (local.get 1))
      (i32.or (i32.const 2) (i32.shl (local.get 1) (i32.const 4))))
    (func (export "callback") (param i32 i32 i32) (result i32)
      ${drops}
      (call $ret)
      (i32.const 0)))
  (core instance $i (instantiate $m (with "" (instance
    (export "drop" (func $drop)) (export "ret" (func $ret)) (export "wait" (func $lowered))
    (export "set" (func $set)) (export "join" (func $join))))))
  (func (export "run") async (param "f" (borrow $file))
    (canon lift (core func $i "run") async (callback (core func $i "callback")))))`;

class File {
  name = 'a file';
}

describe.each(BACKENDS)('handles that are lent to a task, %s', (backend) => {
  it('are lent until it has ended', async () => {
    let wake: () => void = () => undefined;
    const wait = () => new Promise<void>((resolve) => (wake = resolve));
    const text = BORROWING('(call $drop (global.get $file))');
    const guest = await guestFrom(text, backend, { wait, File });
    const running = guest.call('run', new File()) as Promise<void>;
    wake();
    await running;
    expect(guest.instance.state).toBe('ready');
  });

  it('have to be dropped by then', async () => {
    const guest = await guestFrom(BORROWING(''), backend, { wait: async () => undefined, File });
    await expect(guest.call('run', new File())).rejects.toMatchObject({
      code: 'WP_TRAP_ABI',
      message: expect.stringContaining('borrow handles still remain'),
    });
  });
});
