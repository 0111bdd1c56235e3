/** Gain and mix: the signal at one level added to itself at another. */
export class Kernel {
  private wet: f32 = 0.5;
  private dry: f32 = 0.25;

  constructor(sampleRate: f32) {}

  process(input: StaticArray<f32>, output: StaticArray<f32>, frames: i32): void {
    const wet = this.wet;
    const dry = this.dry;
    for (let at = 0; at < frames; at++) {
      const x = unchecked(input[at]);
      unchecked((output[at] = x * wet + x * dry));
    }
  }
}
