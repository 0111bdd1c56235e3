/** Scenario `many-arguments`. */
export function sixteen(
  a1: u64,
  a2: u64,
  a3: u64,
  a4: u64,
  a5: u64,
  a6: u64,
  a7: u64,
  a8: u64,
  a9: u64,
  a10: u64,
  a11: u64,
  a12: u64,
  a13: u64,
  a14: u64,
  a15: u64,
  a16: u64,
): u64 {
  return (
    a1 +
    a2 * 2 +
    a3 * 3 +
    a4 * 4 +
    a5 * 5 +
    a6 * 6 +
    a7 * 7 +
    a8 * 8 +
    a9 * 9 +
    a10 * 10 +
    a11 * 11 +
    a12 * 12 +
    a13 * 13 +
    a14 * 14 +
    a15 * 15 +
    a16 * 16
  );
}
export function seventeen(
  a1: u64,
  a2: u8,
  a3: u64,
  a4: u16,
  a5: u64,
  a6: u32,
  a7: u64,
  a8: u8,
  a9: u64,
  a10: u64,
  a11: u64,
  a12: u8,
  a13: u64,
  a14: u64,
  a15: u64,
  a16: u64,
  a17: u8,
): u64 {
  return (
    a1 +
    <u64>a2 * 2 +
    a3 * 3 +
    <u64>a4 * 4 +
    a5 * 5 +
    <u64>a6 * 6 +
    a7 * 7 +
    <u64>a8 * 8 +
    a9 * 9 +
    a10 * 10 +
    a11 * 11 +
    <u64>a12 * 12 +
    a13 * 13 +
    a14 * 14 +
    a15 * 15 +
    a16 * 16 +
    <u64>a17 * 17
  );
}
