/** Samples that the calibration passes through its filter: some microseconds of work. */
const SAMPLES = 1024;

/**
 * Makes a fixed piece of work, a filter in plain JavaScript. Its time is measured beside the plugin's in every round, so that two
 * measurements at different moments, or on different machines, can be compared.
 */
export function createCalibration(): () => void {
  const samples = Float64Array.from({ length: SAMPLES }, (_, at) => Math.sin(at * at));
  let z1 = 0;
  let z2 = 0;
  return () => {
    for (let at = 0; at < SAMPLES; at++) {
      const x = samples[at] as number;
      const y = 0.2 * x + z1;
      z1 = 0.4 * x + 0.3 * y + z2;
      z2 = 0.2 * x - 0.1 * y;
    }
    // A tail that fades would end in denormal numbers.
    if (!(Math.abs(z1) + Math.abs(z2) > 1e-9)) z1 = 1e-3;
  };
}
