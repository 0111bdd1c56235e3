/** A complex FFT of 2^n points in split arrays: each pass after the first two runs over neighbours, four at a time. */
export class Fourier {
  private swapped: StaticArray<i32> = new StaticArray<i32>(0);
  /** Twiddles of the pass with `half` butterflies a group begin at `half`. */
  private cosines: StaticArray<f32> = new StaticArray<f32>(0);
  private sines: StaticArray<f32> = new StaticArray<f32>(0);

  constructor(private points: i32) {
    const bits = ctz(points);
    this.swapped = new StaticArray<i32>(points);
    this.cosines = new StaticArray<f32>(points);
    this.sines = new StaticArray<f32>(points);
    for (let at = 0; at < points; at++) {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit++) reversed |= ((at >> bit) & 1) << (bits - 1 - bit);
      this.swapped[at] = reversed;
    }
    for (let half = 1; half < points; half *= 2) {
      for (let at = 0; at < half; at++) {
        const angle = (-Math.PI * at) / half;
        this.cosines[half + at] = <f32>Math.cos(angle);
        this.sines[half + at] = <f32>Math.sin(angle);
      }
    }
  }

  /** Transforms `re` and `im` in place. For the inverse: swap the two, transform, and divide by the points. */
  transform(re: StaticArray<f32>, im: StaticArray<f32>): void {
    const points = this.points;
    for (let at = 0; at < points; at++) {
      const other = unchecked(this.swapped[at]);
      if (other <= at) continue;
      let held = unchecked(re[at]);
      unchecked((re[at] = re[other]));
      unchecked((re[other] = held));
      held = unchecked(im[at]);
      unchecked((im[at] = im[other]));
      unchecked((im[other] = held));
    }
    for (let at = 0; at < points; at += 4) firstPasses(re, im, at);
    const cosines = changetype<usize>(this.cosines);
    const sines = changetype<usize>(this.sines);
    for (let half: usize = 4; half < <usize>points; half *= 2) {
      const gap = half << 2;
      for (let group: usize = 0; group < <usize>points; group += 2 * half) {
        const r = changetype<usize>(re) + (group << 2);
        const i = changetype<usize>(im) + (group << 2);
        for (let at: usize = 0; at < gap; at += 16) {
          // AssemblyScript makes no vectors by itself.
          const highR = v128.load(r + gap + at);
          const highI = v128.load(i + gap + at);
          const lowR = v128.load(r + at);
          const lowI = v128.load(i + at);
          const cosine = v128.load(cosines + gap + at);
          const sine = v128.load(sines + gap + at);
          const turnedR = f32x4.sub(f32x4.mul(highR, cosine), f32x4.mul(highI, sine));
          const turnedI = f32x4.add(f32x4.mul(highR, sine), f32x4.mul(highI, cosine));
          v128.store(r + gap + at, f32x4.sub(lowR, turnedR));
          v128.store(i + gap + at, f32x4.sub(lowI, turnedI));
          v128.store(r + at, f32x4.add(lowR, turnedR));
          v128.store(i + at, f32x4.add(lowI, turnedI));
        }
      }
    }
  }
}

/** The first two passes over four points: they have the twiddles 1 and -i alone. */
function firstPasses(re: StaticArray<f32>, im: StaticArray<f32>, at: i32): void {
  const r0 = unchecked(re[at]);
  const r1 = unchecked(re[at + 1]);
  const r2 = unchecked(re[at + 2]);
  const r3 = unchecked(re[at + 3]);
  const i0 = unchecked(im[at]);
  const i1 = unchecked(im[at + 1]);
  const i2 = unchecked(im[at + 2]);
  const i3 = unchecked(im[at + 3]);
  unchecked((re[at] = r0 + r1 + (r2 + r3)));
  unchecked((im[at] = i0 + i1 + (i2 + i3)));
  unchecked((re[at + 2] = r0 + r1 - (r2 + r3)));
  unchecked((im[at + 2] = i0 + i1 - (i2 + i3)));
  unchecked((re[at + 1] = r0 - r1 + (i2 - i3)));
  unchecked((im[at + 1] = i0 - i1 - (r2 - r3)));
  unchecked((re[at + 3] = r0 - r1 - (i2 - i3)));
  unchecked((im[at + 3] = i0 - i1 + (r2 - r3)));
}
