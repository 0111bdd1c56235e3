const BANDS = 8;

class Band {
  b0: f32 = 0;
  b1: f32 = 0;
  b2: f32 = 0;
  a1: f32 = 0;
  a2: f32 = 0;
  z1: f32 = 0;
  z2: f32 = 0;
}

/** Eight peaking bands in series, transposed direct form II: the equalizer of a mixer channel. */
export class Kernel {
  private bands: StaticArray<Band> = new StaticArray<Band>(BANDS);

  constructor(sampleRate: f32) {
    for (let at = 0; at < BANDS; at++) {
      const frequency = 60 * Math.pow(2, at);
      const level = Math.pow(10, (at % 2 == 0 ? 4.0 : -4.0) / 40);
      const angle = (2 * Math.PI * frequency) / sampleRate;
      const alpha = Math.sin(angle) / (2 * 1.1);
      const a0 = 1 + alpha / level;
      const band = new Band();
      band.b0 = <f32>((1 + alpha * level) / a0);
      band.b1 = <f32>((-2 * Math.cos(angle)) / a0);
      band.b2 = <f32>((1 - alpha * level) / a0);
      band.a1 = band.b1;
      band.a2 = <f32>((1 - alpha / level) / a0);
      this.bands[at] = band;
    }
  }

  process(input: StaticArray<f32>, output: StaticArray<f32>, frames: i32): void {
    let from = input;
    for (let number = 0; number < BANDS; number++) {
      const band = unchecked(this.bands[number]);
      const b0 = band.b0;
      const b1 = band.b1;
      const b2 = band.b2;
      const a1 = band.a1;
      const a2 = band.a2;
      let z1 = band.z1;
      let z2 = band.z2;
      for (let at = 0; at < frames; at++) {
        const x = unchecked(from[at]);
        const y = b0 * x + z1;
        z1 = b1 * x - a1 * y + z2;
        z2 = b2 * x - a2 * y;
        unchecked((output[at] = y));
      }
      band.z1 = z1;
      band.z2 = z2;
      from = output;
    }
  }
}
