import { Noise } from './noise';

const GRAINS: u32 = 16;
const LONGEST: u32 = 262144;
const WINDOW: u32 = 1024;
/** Places count in parts of a sample, ages in parts of a step of the window: whole numbers, as a phase accumulator has. */
const PARTS: u32 = 4096;

class Grain {
  /** Distance behind the newest sample at which it reads, and the change of that. */
  distance: u32 = 0;
  drift: u32 = 0;
  age: u32 = 0;
  pace: u32 = 0;
}

/** A delay that answers in grains: sixteen windowed pieces of the last second, each at a place and pitch of its own. */
export class Kernel {
  private grains: StaticArray<Grain> = new StaticArray<Grain>(GRAINS);
  private window: StaticArray<f32> = new StaticArray<f32>(WINDOW + 1);
  private past: StaticArray<f32> = new StaticArray<f32>(LONGEST);
  private noise: Noise = new Noise();
  private at: u32 = 0;

  constructor(private sampleRate: f32) {
    for (let at: u32 = 0; at <= WINDOW; at++) {
      this.window[at] = <f32>(0.5 - 0.5 * Math.cos((2 * Math.PI * <f64>at) / <f64>WINDOW));
    }
    for (let at: u32 = 0; at < GRAINS; at++) {
      const grain = new Grain();
      this.begin(grain);
      grain.age = ((at * WINDOW) / GRAINS) * PARTS;
      this.grains[at] = grain;
    }
  }

  private begin(grain: Grain): void {
    const second = this.sampleRate;
    const noise = this.noise;
    grain.distance = <u32>(second * (<f32>0.3 + <f32>0.25 * noise.next()) * <f32>PARTS);
    grain.drift = <u32>(<i32>(<f32>0.02 * noise.next() * <f32>PARTS));
    grain.age = 0;
    grain.pace = <u32>((<f32>WINDOW / (second * (<f32>0.08 + <f32>0.03 * noise.next()))) * <f32>PARTS);
  }

  /** Adds what a grain sounds like, up to its end. */
  private sound(grain: Grain, output: StaticArray<f32>, frame: u32, count: u32): void {
    const past = this.past;
    const window = this.window;
    const start = this.at + frame;
    let distance = grain.distance;
    let age = grain.age;
    for (let at: u32 = 0; at < count; at++) {
      const from = start + at - distance / PARTS;
      const part = <f32>(<i32>(distance % PARTS)) * (<f32>1.0 / <f32>PARTS);
      const newer = unchecked(past[from % LONGEST]);
      const older = unchecked(past[(from - 1) % LONGEST]);
      const heard = (newer + part * (older - newer)) * unchecked(window[age / PARTS]) * (<f32>1.0 / <f32>6.0);
      unchecked((output[frame + at] = output[frame + at] + heard));
      distance += grain.drift;
      age += grain.pace;
    }
    grain.distance = distance;
    grain.age = age;
  }

  process(input: StaticArray<f32>, output: StaticArray<f32>, frames: i32): void {
    const past = this.past;
    for (let frame = 0; frame < frames; frame++) {
      const x = unchecked(input[frame]);
      unchecked((past[(this.at + frame) % LONGEST] = x));
      unchecked((output[frame] = x * <f32>0.6));
    }
    for (let number: u32 = 0; number < GRAINS; number++) {
      const grain = unchecked(this.grains[number]);
      for (let frame: u32 = 0; frame < <u32>frames;) {
        const left = (WINDOW * PARTS - grain.age + grain.pace - 1) / grain.pace;
        const count = min(<u32>frames - frame, left);
        this.sound(grain, output, frame, count);
        frame += count;
        if (count == left) this.begin(grain);
      }
    }
    this.at += frames;
  }
}
