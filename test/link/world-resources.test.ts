import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom } from '../support/guest.js';

/** Makes an object of a resource that the world itself imports, and calls its functions. */
const GUEST = `(component
  (import "options" (type $options (sub resource)))
  (import "[constructor]options" (func $new (param "x" u32) (result (own $options))))
  (import "[method]options.get" (func $get (param "self" (borrow $options)) (result u32)))
  (import "[static]options.count" (func $count (result u32)))
  (core func $new (canon lower (func $new)))
  (core func $get (canon lower (func $get)))
  (core func $count (canon lower (func $count)))
  (core func $drop (canon resource.drop $options))
  (core module $m
    (import "h" "new" (func $new (param i32) (result i32)))
    (import "h" "get" (func $get (param i32) (result i32)))
    (import "h" "count" (func $count (result i32)))
    (import "h" "drop" (func $drop (param i32)))
    (func (export "run") (result i32) (local i32)
      (local.set 0 (call $new (i32.const 10)))
      (i32.add (call $get (local.get 0)) (call $count))
      (call $drop (local.get 0))))
  (core instance $i (instantiate $m (with "h" (instance
    (export "new" (func $new)) (export "get" (func $get))
    (export "count" (func $count)) (export "drop" (func $drop))))))
  (func (export "run") (result u32) (canon lift (core func $i "run"))))`;

class Options {
  readonly x: number;

  constructor(x: number) {
    this.x = x;
  }

  get(): number {
    return this.x;
  }

  static count(): number {
    return 1;
  }
}

class Empty {
  readonly x = 0;
}

describe.each(BACKENDS)("a resource among a world's own imports, %s", (backend) => {
  it.each(['Options', 'options'])('is the class given as %s', async (key) => {
    const guest = await guestFrom(GUEST, backend, { [key]: Options });
    expect(guest.call('run')).toBe(11);
  });

  it('is named where its class, or a function of it, is missing', async () => {
    await expect(guestFrom(GUEST, backend, {})).rejects.toThrow(
      'Cannot instantiate: the host gives no "Options"; wanted a class',
    );
    await expect(guestFrom(GUEST, backend, { Options: Empty })).rejects.toThrow(
      'Cannot instantiate: the host gives no "Options.get"; wanted a function',
    );
  });
});
