import { AnalyserResource } from './bindings/analysis';
import { err, ok, Result } from './bindings/wit';
import { Fourier } from './fourier';

const SMALLEST: u32 = 32;
const LARGEST: u32 = 32768;

/** The resource: the bindings make a class to extend, and the host gets a handle for each object. */
export class Analyser extends AnalyserResource {
  /** The last frames, a ring. */
  private frames: StaticArray<f32>;
  private at: i32 = 0;
  private window: StaticArray<f32>;
  private fourier: Fourier;

  static create(size: u32): Result<Analyser, string> {
    if (size < SMALLEST || size > LARGEST || popcnt(size) != 1)
      return err<Analyser, string>(`cannot look at ${size} frames: wanted a power of two, 32 to 32768`);
    return ok<Analyser, string>(new Analyser(<i32>size));
  }

  constructor(private size: i32) {
    super();
    this.frames = new StaticArray<f32>(size);
    this.window = hann(size);
    this.fourier = new Fourier(size);
  }

  push(block: StaticArray<f32>): void {
    for (let i = 0; i < block.length; i++) {
      this.frames[this.at] = block[i];
      this.at = (this.at + 1) & (this.size - 1);
    }
  }

  magnitudes(): StaticArray<f32> {
    const size = this.size;
    const re = new StaticArray<f32>(size);
    const im = new StaticArray<f32>(size);
    for (let i = 0; i < size; i++) re[i] = this.frames[(this.at + i) & (size - 1)] * this.window[i];
    this.fourier.transform(re, im);
    const magnitudes = new StaticArray<f32>(size / 2 + 1);
    for (let bin = 0; bin < magnitudes.length; bin++) magnitudes[bin] = Mathf.hypot(re[bin], im[bin]);
    return magnitudes;
  }
}

/** A window whose sum is 2: half of a sine's power is in the frequencies below zero. */
function hann(size: i32): StaticArray<f32> {
  const window = new StaticArray<f32>(size);
  for (let i = 0; i < size; i++) window[i] = <f32>((2 - 2 * Math.cos((2 * Math.PI * i) / size)) / size);
  return window;
}
