import { Fourier } from './fourier';

const POINTS = 1024;
const HOP = 128;
/** Eight Hann windows squared that overlap add up to three. */
const SCALE: f32 = <f32>1.0 / (<f32>3.0 * <f32>POINTS);

/** A spectral gate: 1,024-point FFT there and back every 128 samples, windowed, added up. The output lags by 1,024. */
export class Kernel {
  private fourier: Fourier = new Fourier(POINTS);
  private window: StaticArray<f32> = new StaticArray<f32>(POINTS);
  private past: StaticArray<f32> = new StaticArray<f32>(POINTS);
  private sum: StaticArray<f32> = new StaticArray<f32>(POINTS);
  private re: StaticArray<f32> = new StaticArray<f32>(POINTS);
  private im: StaticArray<f32> = new StaticArray<f32>(POINTS);
  private filled: i32 = 0;

  constructor(sampleRate: f32) {
    for (let at = 0; at < POINTS; at++) {
      this.window[at] = <f32>(0.5 - 0.5 * Math.cos((2 * Math.PI * at) / POINTS));
    }
  }

  private transform(): void {
    const re = this.re;
    const im = this.im;
    const window = this.window;
    const past = this.past;
    const sum = this.sum;
    for (let at = 0; at < POINTS; at++) unchecked((re[at] = past[at] * window[at]));
    memory.fill(changetype<usize>(im), 0, POINTS * 4);
    this.fourier.transform(re, im);
    for (let bin = 0; bin < POINTS; bin++) {
      const r = unchecked(re[bin]);
      const i = unchecked(im[bin]);
      const power = r * r + i * i;
      const gain = power / (power + <f32>0.01);
      unchecked((re[bin] = r * gain));
      unchecked((im[bin] = i * gain));
    }
    this.fourier.transform(im, re);
    for (let at = 0; at < POINTS; at++) unchecked((sum[at] = sum[at] + re[at] * window[at] * SCALE));
  }

  process(input: StaticArray<f32>, output: StaticArray<f32>, frames: i32): void {
    const past = changetype<usize>(this.past);
    const sum = changetype<usize>(this.sum);
    for (let done = 0; done < frames;) {
      const count = min(frames - done, HOP - this.filled);
      const bytes = (<usize>count) << 2;
      const filled = (<usize>this.filled) << 2;
      memory.copy(
        past + ((POINTS - HOP) << 2) + filled,
        changetype<usize>(input) + ((<usize>done) << 2),
        bytes,
      );
      memory.copy(changetype<usize>(output) + ((<usize>done) << 2), sum + filled, bytes);
      this.filled += count;
      done += count;
      if (this.filled < HOP) continue;
      memory.copy(sum, sum + (HOP << 2), (POINTS - HOP) << 2);
      memory.fill(sum + ((POINTS - HOP) << 2), 0, HOP << 2);
      this.transform();
      memory.copy(past, past + (HOP << 2), (POINTS - HOP) << 2);
      this.filled = 0;
    }
  }
}
