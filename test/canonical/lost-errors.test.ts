import { describe, expect, it } from 'vitest';
import { BACKENDS, catching, guestFrom } from '../support/guest.js';

/** A guest that calls an import and catches every exception of it. */
const CATCHER = `(component
  (import "f" (func $f))
  (core func $lowered (canon lower (func $f)))
  (core module $m
    (import "host" "f" (func $f))
    (func (export "run") (result i32) ${catching('(call $f)')} (i32.const 1)))
  (core instance $i (instantiate $m (with "host" (instance (export "f" (func $lowered))))))
  (func (export "run") (result u32) (canon lift (core func $i "run"))))`;

const THROWN: [what: string, thrown: () => unknown][] = [
  ['an object without a prototype', () => Object.create(null) as unknown],
  [
    'an error whose message throws',
    () =>
      Object.defineProperty(new Error('x'), 'message', {
        get() {
          throw new Error('mine');
        },
      }),
  ],
  [
    'a proxy that throws at each look',
    () =>
      new Proxy(
        {},
        new Proxy(
          {},
          {
            get: () => () => {
              throw new Error('mine');
            },
          },
        ),
      ),
  ],
  ['a symbol', () => Symbol('x')],
];

describe.each(BACKENDS)('what a host import throws, and cannot be shown, %s', (backend) => {
  it.each(THROWN)('%s: names the import, and no guest catches it', async (_, thrown) => {
    const guest = await guestFrom(CATCHER, backend, {
      f: () => {
        throw thrown();
      },
    });
    const error = guest.thrownBy('run');
    expect(error?.code).toBe('WP_TRAP_HOST');
    expect(error?.message).toContain('the host import "f" threw');
    expect(guest.instance.state).toBe('dead');
  });
});
