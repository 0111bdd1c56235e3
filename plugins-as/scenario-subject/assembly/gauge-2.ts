/** Scenario `versions`: the second. */
export function level(scale: f64): f64 {
  return scale * 0.5;
}
