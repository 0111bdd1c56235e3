import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom } from '../support/guest.js';

/** The name of a type, its text, the core result, and whether the result is written to memory. */
type Row = [name: string, type: string, core: string, spills: boolean];
const RESULTS: Row[] = [
  ['nothing', '', '', false],
  ['u32', '(result u32)', '(result i32)', false],
  ['flags', '(result $flags)', '(result i32)', false],
  ['result without values', '(result (result))', '(result i32)', false],
  ['string', '(result string)', '', true],
  ['option of a record of options', '(result (option $rec))', '', true],
];

/** A guest that calls the import "f", whose result has the given type, and drops the result. */
function caller([, type, core, spills]: Row): string {
  return `(component
    (type $rec' (record (field "x" (option u8))))
    (import "rec" (type $rec (eq $rec')))
    (type $flags' (flags "a" "b"))
    (import "flags" (type $flags (eq $flags')))
    (import "f" (func $f ${type}))
    (core module $memory (memory (export "m") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)))
    (core instance $memory (instantiate $memory))
    (alias core export $memory "m" (core memory $mem))
    (alias core export $memory "realloc" (core func $realloc))
    (core func $f (canon lower (func $f) (memory $mem) (realloc $realloc)))
    (core module $m
      (import "h" "f" (func $f ${spills ? '(param i32)' : core}))
      (func (export "run") ${spills ? '(call $f (i32.const 8))' : core === '' ? '(call $f)' : '(drop (call $f))'}))
    (core instance $i (instantiate $m (with "h" (instance (export "f" (func $f))))))
    (func (export "run") (canon lift (core func $i "run"))))`;
}

describe.each(BACKENDS)('a host function that gives a promise, %s', (backend) => {
  it.each(RESULTS)('is refused by name, for %s', async (...row) => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    const f = (): Promise<never> => Promise.reject(new Error('nobody hears this'));
    const guest = await guestFrom(caller(row), backend, { f });
    expect(() => guest.call('run')).toThrow(
      'Cannot return from the host import "f": it returned a promise, and a call does not wait; return the value itself',
    );
    expect(guest.instance.state).toBe('dead');
    await new Promise(setImmediate);
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
  });
});
