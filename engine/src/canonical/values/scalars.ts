import { mismatch } from './mismatch.js';
import { badValue } from '../traps.js';

/** The code point of a `char` that the host gives. */
export function charCode(value: unknown): number {
  if (typeof value !== 'string') throw mismatch();
  const code = value.codePointAt(0);
  if (code === undefined || value.length !== (code > 0xffff ? 2 : 1) || (code >= 0xd800 && code <= 0xdfff)) {
    throw mismatch();
  }
  return code;
}

/** The `char` of a code point that the guest gives. */
export function charFrom(code: number): string {
  const usable = code >>> 0;
  if (usable >= 0x11_0000)
    throw badValue('integer out of range for char: converted integer out of range for `char`');
  if (usable >= 0xd800 && usable <= 0xdfff)
    throw badValue('surrogate code point for char: converted integer out of range for `char`');
  return String.fromCodePoint(usable);
}

export function checkS64(value: unknown): bigint {
  if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) throw mismatch();
  return value;
}

export function checkU64(value: unknown): bigint {
  if (typeof value !== 'bigint' || BigInt.asUintN(64, value) !== value) throw mismatch();
  return value;
}
