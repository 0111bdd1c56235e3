const LINES = 8;
const LONGEST = 16384;
const PRIMES: StaticArray<f64> = [1031, 1327, 1523, 1801, 2053, 2311, 2503, 2803];

/** A reverb of eight delay lines that feed each other through a Householder matrix, with a damped treble. */
export class Kernel {
  private lengths: StaticArray<u32> = new StaticArray<u32>(LINES);
  private gains: StaticArray<f32> = new StaticArray<f32>(LINES);
  private damped: StaticArray<f32> = new StaticArray<f32>(LINES);
  private lines: StaticArray<f32> = new StaticArray<f32>(LINES * LONGEST);
  private at: u32 = 0;

  constructor(sampleRate: f32) {
    for (let line = 0; line < LINES; line++) {
      this.lengths[line] = <u32>((PRIMES[line] * <f64>sampleRate) / 48000);
      this.gains[line] = <f32>Math.pow(0.001, <f64>this.lengths[line] / (1.8 * <f64>sampleRate));
    }
  }

  process(input: StaticArray<f32>, output: StaticArray<f32>, frames: i32): void {
    let now = this.at;
    const lengths = this.lengths;
    const gains = this.gains;
    const damped = this.damped;
    const lines = this.lines;
    for (let frame = 0; frame < frames; frame++) {
      const x = unchecked(input[frame]);
      let sum: f32 = 0;
      for (let line = 0; line < LINES; line++) {
        const place = (now - unchecked(lengths[line])) % LONGEST;
        const heard = unchecked(lines[line * LONGEST + place]);
        let level = unchecked(damped[line]);
        level += <f32>0.6 * (heard * unchecked(gains[line]) - level);
        unchecked((damped[line] = level));
        sum += level;
      }
      const fed = x * <f32>0.35 - sum * (<f32>2.0 / <f32>LINES);
      const place = now % LONGEST;
      for (let line = 0; line < LINES; line++) {
        unchecked((lines[line * LONGEST + place] = damped[line] + fed));
      }
      unchecked((output[frame] = x * <f32>0.7 + sum * <f32>0.3));
      now++;
    }
    this.at = now;
  }
}
