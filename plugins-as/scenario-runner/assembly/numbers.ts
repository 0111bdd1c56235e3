/** Scenario `numbers`. */
import * as numbers from './bindings/numbers';
import { check } from './check';

export function runNumbers(): void {
  check(numbers.echoU8(1) == 1 && numbers.echoU8(u8.MAX_VALUE) == u8.MAX_VALUE, 'echo-u8');
  check(numbers.echoS8(i8.MIN_VALUE) == i8.MIN_VALUE && numbers.echoS8(127) == 127, 'echo-s8');
  check(numbers.echoU16(0) == 0 && numbers.echoU16(u16.MAX_VALUE) == u16.MAX_VALUE, 'echo-u16');
  check(numbers.echoS16(i16.MIN_VALUE) == i16.MIN_VALUE && numbers.echoS16(-1) == -1, 'echo-s16');
  check(numbers.echoU32(1) == 1 && numbers.echoU32(u32.MAX_VALUE) == u32.MAX_VALUE, 'echo-u32');
  check(numbers.echoS32(i32.MIN_VALUE) == i32.MIN_VALUE && numbers.echoS32(-1) == -1, 'echo-s32');
  check(numbers.echoU64(0) == 0 && numbers.echoU64(u64.MAX_VALUE) == u64.MAX_VALUE, 'echo-u64');
  check(numbers.echoS64(i64.MIN_VALUE) == i64.MIN_VALUE && numbers.echoS64(-1) == -1, 'echo-s64');
  check(numbers.echoF32(1.5) == 1.5 && numbers.echoF32(-f32.MAX_VALUE) == -f32.MAX_VALUE, 'echo-f32');
  check(1 / numbers.echoF32(-0.0) == -Infinity && isNaN(numbers.echoF32(NaN)), 'echo-f32');
  check(numbers.echoF64(f64.EPSILON) == f64.EPSILON && numbers.echoF64(-Infinity) == -Infinity, 'echo-f64');
  check(isNaN(numbers.echoF64(NaN)), 'echo-f64');
  check(numbers.echoChar(0x61) == 0x61 && numbers.echoChar(0x10ffff) == 0x10ffff, 'echo-char');
  numbers.keep(2);
  check(numbers.kept() == 2, 'kept');
  numbers.keep(4);
  check(numbers.kept() == 4, 'kept');
}
