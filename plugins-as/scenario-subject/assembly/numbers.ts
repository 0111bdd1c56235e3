/** Scenario `numbers`. */
let number: u32 = 0;

export function echoU8(x: u8): u8 {
  return x;
}
export function echoS8(x: i8): i8 {
  return x;
}
export function echoU16(x: u16): u16 {
  return x;
}
export function echoS16(x: i16): i16 {
  return x;
}
export function echoU32(x: u32): u32 {
  return x;
}
export function echoS32(x: i32): i32 {
  return x;
}
export function echoU64(x: u64): u64 {
  return x;
}
export function echoS64(x: i64): i64 {
  return x;
}
export function echoF32(x: f32): f32 {
  return x;
}
export function echoF64(x: f64): f64 {
  return x;
}
export function echoChar(x: u32): u32 {
  return x;
}
export function keep(x: u32): void {
  number = x;
}
export function kept(): u32 {
  return number;
}
