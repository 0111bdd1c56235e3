/** A fixed series of numbers from -1 to 1. */
export class Noise {
  private seed: u32 = 1;

  next(): f32 {
    this.seed = this.seed * 1664525 + 1013904223;
    return <f32>(<i32>this.seed) * (<f32>1.0 / <f32>2147483648.0);
  }
}
