const LONGEST = 1024;
const THRESHOLD: f32 = -3.0;
const SLOPE: f32 = 0.75;

/** A compressor that looks 5 ms ahead and works on decibels: a logarithm and a power for each sample. */
export class Kernel {
  private ahead: StaticArray<f32> = new StaticArray<f32>(LONGEST);
  private delay: u32;
  private at: u32 = 0;
  private attack: f32;
  private release: f32;
  /** The gain reduction now, in powers of two. */
  private reduction: f32 = 0;

  constructor(sampleRate: f32) {
    this.delay = <u32>(0.005 * <f64>sampleRate);
    this.attack = <f32>Math.exp(-1 / (0.002 * <f64>sampleRate));
    this.release = <f32>Math.exp(-1 / (0.12 * <f64>sampleRate));
  }

  process(input: StaticArray<f32>, output: StaticArray<f32>, frames: i32): void {
    let reduction = this.reduction;
    let now = this.at;
    const ahead = this.ahead;
    for (let frame = 0; frame < frames; frame++) {
      const x = unchecked(input[frame]);
      const over = Mathf.log2(abs(x) + <f32>1e-6) - THRESHOLD;
      const wanted: f32 = over > 0 ? -over * SLOPE : 0;
      const pace = wanted < reduction ? this.attack : this.release;
      reduction = wanted + pace * (reduction - wanted);
      unchecked((ahead[now % LONGEST] = x));
      unchecked((output[frame] = ahead[(now - this.delay) % LONGEST] * NativeMathf.exp2(reduction)));
      now++;
    }
    this.reduction = reduction;
    this.at = now;
  }
}
