const RATIO = 4;
const TAPS = 64;
const PHASE = TAPS / RATIO;

/** A soft clipper at four times the sample rate: up, tanh, down, with polyphase filters of 64 taps. */
export class Kernel {
  /** Taps of each phase, last first. */
  private up: StaticArray<f32> = new StaticArray<f32>(TAPS);
  private down: StaticArray<f32> = new StaticArray<f32>(TAPS);
  /** Twice as long, so that the newest samples always lie in a row. */
  private before: StaticArray<f32> = new StaticArray<f32>(2 * PHASE);
  private shaped: StaticArray<f32> = new StaticArray<f32>(2 * TAPS);
  private at: u32 = 0;

  constructor(sampleRate: f32) {
    const taps = new StaticArray<f64>(TAPS);
    let total: f64 = 0;
    for (let at = 0; at < TAPS; at++) {
      const x: f64 = at - (TAPS - 1) / 2.0;
      const window =
        0.42 -
        0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / TAPS) +
        0.08 * Math.cos((4 * Math.PI * (at + 0.5)) / TAPS);
      taps[at] = (window * Math.sin((0.9 * Math.PI * x) / RATIO)) / x;
      total += taps[at];
    }
    for (let at = 0; at < TAPS; at++) {
      this.down[at] = <f32>(taps[TAPS - 1 - at] / total);
      this.up[(at % RATIO) * PHASE + PHASE - 1 - at / RATIO] = <f32>((taps[at] * RATIO) / total);
    }
  }

  process(input: StaticArray<f32>, output: StaticArray<f32>, frames: i32): void {
    let now = this.at;
    const before = this.before;
    const shaped = this.shaped;
    const up = this.up;
    const down = this.down;
    for (let frame = 0; frame < frames; frame++) {
      const slot = <i32>(now % PHASE);
      const x = unchecked(input[frame]);
      unchecked((before[slot] = x));
      unchecked((before[slot + PHASE] = x));
      for (let phase = 0; phase < RATIO; phase++) {
        let sum: f32 = 0;
        for (let at = 0; at < PHASE; at++) sum += unchecked(before[slot + 1 + at] * up[phase * PHASE + at]);
        const bent = Mathf.tanh(<f32>2.0 * sum);
        const place = slot * RATIO + phase;
        unchecked((shaped[place] = bent));
        unchecked((shaped[place + TAPS] = bent));
      }
      now++;
      const from = <i32>(now % PHASE) * RATIO;
      let sum: f32 = 0;
      for (let at = 0; at < TAPS; at++) sum += unchecked(shaped[from + at] * down[at]);
      unchecked((output[frame] = sum * <f32>0.5));
    }
    this.at = now;
  }
}
