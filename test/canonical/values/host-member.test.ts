import { describe, expect, it } from 'vitest';
import { guestFrom } from '../../support/guest.js';

/** A component that imports a function of an interface. */
const importing = (name: string): string =>
  `(component (import "a:b/c" (instance (export "${name}" (func (param "x" string) (result string))))))`;

/** A component that imports a resource with one more function. */
const importingResource = (func: string): string => `(component (import "a:b/c" (instance
  (export "r" (type $r (sub resource)))
  (export "${func}" (func (param "self" (borrow $r)) (result string))))))`;

const importingStatic = (name: string): string => `(component (import "a:b/c" (instance
  (export "r" (type $r (sub resource)))
  (export "[static]r.${name}" (func (param "x" string) (result string))))))`;

class Host {
  greet(): string {
    return 'hello';
  }
}

class Resource {
  static make(): string {
    return 'made';
  }

  label(): string {
    return 'label';
  }
}

describe('imports of the host', () => {
  it.each([
    'constructor',
    'to-string',
    'value-of',
    'has-own-property',
    'is-prototype-of',
    'to-locale-string',
  ])('do not give what every object has: %s', async (name) => {
    for (const given of [{}, new Host(), () => ''])
      await expect(guestFrom(importing(name), 'generated', { 'a:b/c': given })).rejects.toMatchObject({
        code: 'WP_IMPORT_MISSING',
      });
  });

  it.each(['constructor', 'bind', 'call', 'apply', 'to-string'])(
    'do not give what every class has: %s',
    async (name) => {
      const given = { R: Resource };
      await expect(guestFrom(importingStatic(name), 'generated', { 'a:b/c': given })).rejects.toMatchObject({
        code: 'WP_IMPORT_MISSING',
      });
    },
  );

  it.each(['constructor', 'to-string', 'value-of'])(
    'do not give what every instance has: %s',
    async (name) => {
      const given = { R: Resource };
      await expect(
        guestFrom(importingResource(`[method]r.${name}`), 'generated', { 'a:b/c': given }),
      ).rejects.toMatchObject({ code: 'WP_IMPORT_MISSING' });
    },
  );

  it('give what the host wrote, whatever its name', async () => {
    const own = { constructor: () => '', toString: () => '', valueOf: () => '' };
    for (const name of ['constructor', 'to-string', 'value-of'])
      await expect(guestFrom(importing(name), 'generated', { 'a:b/c': own })).resolves.toBeDefined();
    await expect(guestFrom(importing('greet'), 'generated', { 'a:b/c': new Host() })).resolves.toBeDefined();
  });

  it('give what a class or its base declares', async () => {
    class Derived extends Resource {}
    for (const R of [Resource, Derived]) {
      const imports = { 'a:b/c': { R } };
      await expect(guestFrom(importingStatic('make'), 'generated', imports)).resolves.toBeDefined();
      await expect(
        guestFrom(importingResource('[method]r.label'), 'generated', imports),
      ).resolves.toBeDefined();
    }
  });
});
