import type { HostImports } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { guestFrom } from '../support/guest.js';

/** Returns the answer of an import's function to a component. */
async function answerOf(name: string, keys: readonly string[]): Promise<unknown> {
  const text = `(component
    (import "${name}" (instance $i (export "which" (func (result u32)))))
    (core func $which (canon lower (func $i "which")))
    (core module $m (import "" "which" (func $which (result i32))) (export "run" (func $which)))
    (core instance $c (instantiate $m (with "" (instance (export "which" (func $which))))))
    (func (export "run") (result u32) (canon lift (core func $c "run"))))`;
  const imports: HostImports = Object.fromEntries(keys.map((key, index) => [key, { which: () => index }]));
  const guest = await guestFrom(text, 'generated', imports);
  return keys[guest.call('run') as number];
}

describe('an import finds among the keys that the host gives', () => {
  it.each([
    ['its own name first', ['a:b/c@0.2.9', 'a:b/c', 'a:b/c@0.2', 'a:b/c@0.2.3'], 'a:b/c@0.2.3'],
    ['then the name without a version', ['a:b/c@0.2.9', 'a:b/c@0.2', 'a:b/c'], 'a:b/c'],
    ['then the newest compatible one', ['a:b/c@0.2.4', 'a:b/c@0.2.10', 'a:b/c@0.2.9'], 'a:b/c@0.2.10'],
    ['an older one, if that is the newest', ['a:b/c@0.2.0', 'a:b/c@0.2.1', 'a:b/c@0.3.0'], 'a:b/c@0.2.1'],
    ['a version before the track', ['a:b/c@0.2', 'a:b/c@0.2.0'], 'a:b/c@0.2.0'],
    ['then the track', ['a:b/c@0.3.0', 'a:b/c@0.2', 'a:b/d@0.2.3'], 'a:b/c@0.2'],
  ])('%s', async (_what, keys, found) => {
    expect(await answerOf('a:b/c@0.2.3', keys)).toBe(found);
  });

  it.each([
    ['a:b/c@1.2.0', 'a:b/c@1.0.0'],
    ['a:b/c@1.2.0', 'a:b/c@1.9.0'],
    ['a:b/c@1.2.0', 'a:b/c@1'],
    ['a:b/c@0.2.3+build', 'a:b/c@0.2.3'],
    ['a:b/c@1.0.0-rc.1', 'a:b/c@1.0.0-rc.1+build'],
  ])('for %s the compatible %s', async (name, key) => {
    expect(await answerOf(name, [key])).toBe(key);
  });

  it.each([
    ['a:b/c@1.2.0', 'a:b/c@2.0.0'],
    ['a:b/c@0.2.3', 'a:b/c@0.3.0'],
    ['a:b/c@0.2.3', 'a:b/c@0'],
    ['a:b/c@0.0.3', 'a:b/c@0.0.4'],
    ['a:b/c@0.0.3', 'a:b/c@0.0'],
    ['a:b/c@1.0.0-rc.1', 'a:b/c@1.0.0-rc.2'],
    ['a:b/c@1.0.0-rc.1', 'a:b/c@1.0.0'],
    ['a:b/c@1.0.0', 'a:b/c@1.1.0-rc.1'],
    ['a:b/c@0.2.3', 'a:b/c@0.2.x'],
    ['a:b/c@0.2.3', 'a:b/c@0.2.'],
    ['a:b/c@1.0.0', 'a:b/c@1.'],
    ['a:b/c', 'a:b/c@1.0.0'],
  ])('for %s not %s', async (name, key) => {
    await expect(answerOf(name, [key])).rejects.toMatchObject({ code: 'WP_IMPORT_MISSING' });
  });
});
