const TAPS = 512;
/** Bytes of four samples. */
const VECTOR: usize = 16;
const BYTES: usize = TAPS * 4;

/** A finite impulse response of 512 taps, sample by sample: the sum is kept in 16 lanes, in one order everywhere. */
export class Kernel {
  private taps: StaticArray<f32> = new StaticArray<f32>(TAPS);
  /** Twice as long, so that the last TAPS samples always lie in a row. */
  private past: StaticArray<f32> = new StaticArray<f32>(2 * TAPS);
  private at: i32 = 0;

  constructor(sampleRate: f32) {
    const cutoff: f64 = <f32>4000.0 / sampleRate;
    for (let at = 0; at < TAPS; at++) {
      const x: f64 = at - (TAPS - 1) / 2.0;
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / TAPS);
      this.taps[at] = <f32>((window * Math.sin(2 * Math.PI * cutoff * x)) / (Math.PI * x));
    }
  }

  process(input: StaticArray<f32>, output: StaticArray<f32>, frames: i32): void {
    let now = this.at;
    const past = this.past;
    const taps = changetype<usize>(this.taps);
    for (let frame = 0; frame < frames; frame++) {
      const x = unchecked(input[frame]);
      unchecked((past[now] = x));
      unchecked((past[now + TAPS] = x));
      now = (now + 1) % TAPS;
      // AssemblyScript makes no vectors by itself.
      const heard = changetype<usize>(past) + ((<usize>now) << 2);
      let sum0 = f32x4.splat(0);
      let sum1 = f32x4.splat(0);
      let sum2 = f32x4.splat(0);
      let sum3 = f32x4.splat(0);
      for (let at: usize = 0; at < BYTES; at += 4 * VECTOR) {
        sum0 = f32x4.add(sum0, f32x4.mul(v128.load(heard + at), v128.load(taps + at)));
        sum1 = f32x4.add(sum1, f32x4.mul(v128.load(heard + at, VECTOR), v128.load(taps + at, VECTOR)));
        sum2 = f32x4.add(
          sum2,
          f32x4.mul(v128.load(heard + at, 2 * VECTOR), v128.load(taps + at, 2 * VECTOR)),
        );
        sum3 = f32x4.add(
          sum3,
          f32x4.mul(v128.load(heard + at, 3 * VECTOR), v128.load(taps + at, 3 * VECTOR)),
        );
      }
      unchecked((output[frame] = addLanes(addLanes(addLanes(addLanes(0, sum0), sum1), sum2), sum3)));
    }
    this.at = now;
  }
}

function addLanes(sum: f32, lanes: v128): f32 {
  sum += f32x4.extract_lane(lanes, 0);
  sum += f32x4.extract_lane(lanes, 1);
  sum += f32x4.extract_lane(lanes, 2);
  return sum + f32x4.extract_lane(lanes, 3);
}
