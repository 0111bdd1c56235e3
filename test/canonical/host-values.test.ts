import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom, type BackendName, type Guest } from '../support/guest.js';

const MEMORY = '(memory (core memory $i "memory")) (realloc (core func $i "realloc"))';

/** Echoes lists and records, with an allocator that never frees. */
const ECHOES = `(component
  (core module $m
    (memory (export "memory") 4)
    (global $top (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (local $at i32)
      (local.set $at (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
      (global.set $top (i32.add (local.get $at) (local.get 3)))
      (memory.copy (local.get $at) (local.get 0) (local.get 1))
      (local.get $at))
    (func (export "first") (param i32) (result i32) (local.get 0))
    (func (export "tags") (param i32 i32 i32 i32) (result i32)
      (i32.or (local.get 0) (i32.shl (local.get 2) (i32.const 1))))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0))
      (i32.store (i32.const 20) (local.get 1))
      (i32.const 16)))
  (core instance $i (instantiate $m))
  (type $pair (record (field "a" u32) (field "b" u32)))
  (export $p "pair" (type $pair))
  (type $odd-flags (flags "to-string" "value-of" "constructor" "has-own-property"))
  (export $f "odd-flags" (type $odd-flags))
  (type $odd (record (field "to-string" (option u8)) (field "constructor" (option u8))))
  (export $o "odd" (type $odd))
  (func (export "bytes") (param "x" (list u8)) (result (list u8)) (canon lift (core func $i "echo") ${MEMORY}))
  (func (export "texts") (param "x" (list string)) (result (list string)) (canon lift (core func $i "echo") ${MEMORY}))
  (func (export "nested") (param "x" (list (list u16))) (result (list (list u16)))
    (canon lift (core func $i "echo") ${MEMORY}))
  (func (export "record") (param "x" $p) (result $p) (canon lift (core func $i "echo") ${MEMORY}))
  (func (export "flags") (param "x" $f) (result u32) (canon lift (core func $i "first")))
  (func (export "options") (param "x" $o) (result u32) (canon lift (core func $i "tags"))))`;

const echoes = (backend: BackendName): Promise<Guest> => guestFrom(ECHOES, backend);

describe.each(BACKENDS)('hostile values of the host, %s', (backend) => {
  it('fields and flags named as members of Object.prototype are read where the host has them', async () => {
    const guest = await echoes(backend);
    class Named {
      toString(): string {
        return 'of a class of the host';
      }
    }
    expect(guest.call('flags', {})).toBe(0);
    expect(guest.call('flags', { valueOf: true, hasOwnProperty: 1 })).toBe(0b1010);
    expect(guest.call('flags', new Named())).toBe(1);
    expect(guest.call('options', {})).toBe(0);
    expect(guest.call('options', { constructor: 7 })).toBe(0b10);
    expect(guest.thrownBy('options', { toString: 'x' })?.message).toContain('x.toString: wanted an integer');
  });

  it('an array that shrinks while it is lowered is refused', async () => {
    const guest = await echoes(backend);
    const items: unknown[] = ['a', 'b', 'c'];
    Object.defineProperty(items, 0, {
      get() {
        items.length = 1;
        return 'a';
      },
      configurable: true,
    });
    expect(guest.thrownBy('texts', items)).toBeInstanceOf(TypeError);
    expect(guest.call('texts', ['still', 'usable'])).toEqual(['still', 'usable']);
  });

  it('an array that grows while it is lowered is taken at its first length', async () => {
    const guest = await echoes(backend);
    const items: unknown[] = ['a', 'b'];
    Object.defineProperty(items, 0, {
      get() {
        items.push('c');
        return 'a';
      },
    });
    expect(guest.call('texts', items)).toEqual(['a', 'b']);
  });

  it('a typed array that is detached while it is lowered is refused', async () => {
    const guest = await echoes(backend);
    const victim = Uint16Array.of(1, 2, 3);
    const items = [
      new Proxy([7], {
        get(target, key, receiver) {
          if (victim.length > 0) structuredClone(victim, { transfer: [victim.buffer] });
          return Reflect.get(target, key, receiver) as unknown;
        },
      }),
      victim,
    ];
    expect(guest.thrownBy('nested', items)).toBeInstanceOf(TypeError);
    expect(guest.call('nested', [[1], [2]])).toEqual([Uint16Array.of(1), Uint16Array.of(2)]);
  });

  it('a typed array with a length of its own is as long as its bytes', async () => {
    const guest = await echoes(backend);
    for (const length of [0, 1, 5, -1, 1e9, Number.NaN, 'x']) {
      const lying = Uint8Array.of(1, 2, 3);
      Object.defineProperty(lying, 'length', { get: () => length });
      expect(guest.call('bytes', lying)).toEqual(Uint8Array.of(1, 2, 3));
    }
    expect(guest.thrownBy('bytes', Object.create(Uint8Array.prototype))).toBeInstanceOf(TypeError);
    expect(guest.call('bytes', Uint8Array.of(4))).toEqual(Uint8Array.of(4));
  });

  it('an array whose length is no length is refused', async () => {
    const guest = await echoes(backend);
    for (const length of [-1, 1.5, Number.NaN, 2 ** 32, '1', undefined]) {
      const lying = new Proxy(['a'], {
        get: (target, key) => (key === 'length' ? length : Reflect.get(target, key)) as unknown,
      });
      for (const name of ['texts', 'bytes', 'nested', 'record'])
        expect(guest.thrownBy(name, lying), name).toBeInstanceOf(TypeError);
    }
    expect(guest.call('texts', ['a'])).toEqual(['a']);
    expect(guest.instance.usage().hostBytes).toBeGreaterThan(0);
  });

  it('an array that has another length at each look is refused after few looks', async () => {
    const guest = await echoes(backend);
    let looks = 0;
    const lying = new Proxy(['a'], {
      get(_, key) {
        if (key !== 'length') return looks++ === 0 ? 7 : 'a';
        return looks === 0 ? 1 : 2 ** 53;
      },
      getPrototypeOf: () => Array.prototype,
    });
    expect(guest.thrownBy('texts', lying)?.message).toBe(
      'Cannot call "texts": an argument does not fit its WIT type',
    );
    expect(looks).toBeLessThan(2 ** 21);
    expect(guest.call('texts', ['a'])).toEqual(['a']);
  });

  it('numbers of a length that no list has are refused before room is made for them', async () => {
    const guest = await echoes(backend);
    const sparse: number[] = [];
    sparse.length = 2 ** 32 - 1;
    for (const name of ['bytes', 'record']) expect(guest.thrownBy(name, sparse)).toBeInstanceOf(TypeError);
    expect(guest.call('bytes', [1])).toEqual(Uint8Array.of(1));
  });

  it('an iterator without an end is left', async () => {
    const guest = await echoes(backend);
    let isClosed = false;
    const endless = {
      *[Symbol.iterator]() {
        try {
          for (;;) yield 'a';
        } finally {
          isClosed = true;
        }
      },
    };
    expect(guest.thrownBy('texts', endless)).toBeInstanceOf(TypeError);
    expect(isClosed).toBe(true);
    expect(guest.call('texts', ['a'])).toEqual(['a']);
  });

  it.each([
    ['throws', new Error('mine')],
    ['throws a TypeError', new TypeError('mine')],
    ['throws nothing', undefined],
  ])('a getter that %s leaves the instance usable', async (_, thrown) => {
    const guest = await echoes(backend);
    const hostile = {
      a: 1,
      get b() {
        throw thrown;
      },
    };
    expect(() => guest.call('record', hostile)).toThrow();
    expect(guest.call('record', { a: 1, b: 2 })).toEqual({ a: 1, b: 2 });
  });

  it('a getter is read once', async () => {
    const guest = await echoes(backend);
    let reads = 0;
    const counting = {
      a: 1,
      get b() {
        return ++reads;
      },
    };
    expect(guest.call('record', counting)).toEqual({ a: 1, b: 1 });
  });

  it('an iterator that throws leaves the instance usable', async () => {
    const guest = await echoes(backend);
    const endless = {
      *[Symbol.iterator]() {
        yield 'a';
        throw new Error('mine');
      },
    };
    expect(guest.thrownBy('texts', endless)?.message).toBe('mine');
    expect(guest.call('texts', [])).toEqual([]);
  });

  it('a value with a conversion of its own is not converted', async () => {
    const guest = await echoes(backend);
    const sly = { valueOf: () => 1, toString: () => 'x', [Symbol.toPrimitive]: () => 1 };
    expect(guest.thrownBy('record', { a: sly, b: 1 })).toBeInstanceOf(TypeError);
    expect(guest.thrownBy('texts', [sly])).toBeInstanceOf(TypeError);
    expect(guest.thrownBy('bytes', [sly])).toBeInstanceOf(TypeError);
  });

  it('an error of an argument that is a revoked proxy is a TypeError', async () => {
    const guest = await echoes(backend);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const name of ['record', 'texts', 'bytes'])
      expect(guest.thrownBy(name, proxy)).toBeInstanceOf(TypeError);
    expect(guest.instance.state).toBe('ready');
  });

  it('a list that is longer than a list may be is the caller’s error', async () => {
    const guest = await echoes(backend);
    expect(guest.thrownBy('bytes', new Uint8Array(2 ** 28))).toBeDefined();
  });
});
