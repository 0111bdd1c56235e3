import { createSandbox } from '@wasm-plugin/engine/sandbox';
import { describe, expect, it } from 'vitest';
import { guestFrom } from '../support/guest.js';

/** A component that imports a function of a resource by a name of its own choice, and calls it. */
function forger(name: string, { of, imported }: { of: string; imported: string }): string {
  return `(component
    (import "${of}" (instance $i
      (export "${name}" (type $r (sub resource)))
      (export "${imported}" (func ${imported.startsWith('[static]') ? '' : `(result (own $r))`}))))
    (core func $f (canon lower (func $i "${imported}")))
    (core module $m
      (import "i" "f" (func $f ${imported.startsWith('[static]') ? '' : '(result i32)'}))
      (func (export "run") call $f ${imported.startsWith('[static]') ? '' : 'drop'}))
    (core instance $c (instantiate $m (with "i" (instance (export "f" (func $f))))))
    (func (export "run") (canon lift (core func $c "run"))))`;
}

describe('a component that chooses the names it imports', () => {
  it.each([
    ['descriptor', 'wasi:filesystem/types@0.2.0'],
    ['directory-entry-stream', 'wasi:filesystem/types@0.2.0'],
    ['input-stream', 'wasi:io/streams@0.2.0'],
    ['output-stream', 'wasi:io/streams@0.2.0'],
    ['pollable', 'wasi:io/poll@0.2.0'],
    ['error', 'wasi:io/error@0.2.0'],
    ['tcp-socket', 'wasi:sockets/tcp@0.2.0'],
    ['network', 'wasi:sockets/network@0.2.0'],
    ['incoming-body', 'wasi:http/types@0.2.0'],
    ['outgoing-body', 'wasi:http/types@0.2.0'],
    ['incoming-response', 'wasi:http/types@0.2.0'],
    ['future-incoming-response', 'wasi:http/types@0.2.0'],
    ['future-trailers', 'wasi:http/types@0.2.0'],
  ])('makes no %s', async (name, of) => {
    const { imports } = createSandbox({ permissions: [], grants: [] });
    const { thrownBy, instance } = await guestFrom(
      forger(name, { of, imported: `[constructor]${name}` }),
      'composed',
      imports,
    );
    expect(thrownBy('run')).toMatchObject({
      code: 'WP_TRAP_HOST',
      message: expect.stringContaining('only the host makes it') as string,
    });
    expect(instance.state).toBe('dead');
  });
});
