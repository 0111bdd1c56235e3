import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom, type BackendName, type Guest } from '../../support/guest.js';

const MEMORY = '(memory (core memory $i "memory")) (realloc (core func $i "realloc"))';

const TYPES = {
  names: '(map u32 string)',
  flags: '(map bool (list u8))',
  chars: '(map char (option u64))',
  nested: '(map string (map s64 (tuple u8 f64)))',
};

/** Echoes maps, and the same as lists of pairs, with an allocator that never frees. */
const ECHOES = `(component
  (core module $m
    (memory (export "memory") 4)
    (global $top (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
      (global.set $top (i32.add (local.get $at) (local.get 3)))
      (local.get $at))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0))
      (i32.store (i32.const 20) (local.get 1))
      (i32.const 16)))
  (core instance $i (instantiate $m))
  ${Object.entries(TYPES)
    .map(
      ([name, type]) => `(func (export "${name}") (param "x" ${type}) (result ${type})
    (canon lift (core func $i "echo") ${MEMORY}))`,
    )
    .join('\n')}
  (func (export "to-pairs") (param "x" (map u8 string)) (result (list (tuple u8 string)))
    (canon lift (core func $i "echo") ${MEMORY}))
  (func (export "from-pairs") (param "x" (list (tuple u8 string))) (result (map u8 string))
    (canon lift (core func $i "echo") ${MEMORY})))`;

const echoes = (backend: BackendName): Promise<Guest> => guestFrom(ECHOES, backend);

describe.each(BACKENDS)('map<k, v> is a Map, %s', (backend) => {
  it.each<[string, Map<unknown, unknown>]>([
    ['names', new Map()],
    ['names', new Map([[2 ** 32 - 1, 'last'], [0, '']])], // prettier-ignore
    ['flags', new Map([[true, Uint8Array.of(1, 2)], [false, new Uint8Array()]])], // prettier-ignore
    ['chars', new Map([['🦀', 2n ** 64n - 1n], ['a', undefined]])], // prettier-ignore
    ['nested', new Map([['', new Map([[-1n, [7, 0.5]]])], ['none', new Map()]])], // prettier-ignore
  ])('%s: %o comes back, in its order', async (name, map) => {
    const guest = await echoes(backend);
    const found = guest.call(name, map) as Map<unknown, unknown>;
    expect(found).toBeInstanceOf(Map);
    expect([...found]).toEqual([...map]);
  });

  it('lies in memory as a list of pairs, of which the last of equal keys counts', async () => {
    const guest = await echoes(backend);
    const pairs = [[1, 'a'], [2, 'b'], [1, 'c']]; // prettier-ignore
    expect(guest.call('toPairs', new Map([[1, 'a'], [2, 'b']]))).toEqual(pairs.slice(0, 2)); // prettier-ignore
    expect(guest.call('fromPairs', pairs)).toEqual(new Map([[1, 'c'], [2, 'b']])); // prettier-ignore
  });

  it('takes a Map alone, with keys and values of its types', async () => {
    const guest = await echoes(backend);
    const thrown = (value: unknown): string | undefined => guest.thrownBy('names', value)?.message;
    expect(thrown({ 1: 'a' })).toBe('Cannot call "names": x: wanted a Map, got an object');
    expect(thrown([[1, 'a']])).toBe('Cannot call "names": x: wanted a Map, got an array of 1');
    expect(thrown(new Map([['b', 'a']]))).toContain('x: the key "b": wanted an integer from 0 to 2^32-1');
    expect(thrown(new Map([[3, 4]]))).toBe('Cannot call "names": x[3]: wanted a string, got 4');
    expect(guest.instance.state).not.toBe('dead');
  });

  it('is read by its own entries, whatever its iterator says', async () => {
    const guest = await echoes(backend);
    class Endless extends Map<number, string> {
      override *[Symbol.iterator](): MapIterator<[number, string]> {
        for (;;) yield [1, 'x'];
      }
    }
    expect(guest.call('names', new Endless([[5, 'five']]))).toEqual(new Map([[5, 'five']]));
  });
});

describe('a map', () => {
  it.each(['f32', 'f64', '(list u8)', '(option u8)'])('has no keys of the type %s', async (key) => {
    const text = `(component (type $k ${key}) (type (map $k u8)))`;
    await expect(guestFrom(text, 'composed')).rejects.toMatchObject({ code: 'WP_MODULE_INVALID' });
  });
});
