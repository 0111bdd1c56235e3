/** Scenario `versions`: the first. */
export function level(): u32 {
  return 42;
}
