/** The Fourier transform of a fixed number of points, a power of two. */
export class Fourier {
  private swapped: StaticArray<u16>;
  private cosines: StaticArray<f32>;
  private sines: StaticArray<f32>;

  constructor(readonly points: i32) {
    this.swapped = new StaticArray<u16>(points);
    this.cosines = new StaticArray<f32>(points);
    this.sines = new StaticArray<f32>(points);
    for (let i = 1; i < points; i++)
      this.swapped[i] = <u16>((this.swapped[i >> 1] >> 1) | (i & 1 ? points >> 1 : 0));
    // The pass that joins transforms of `half` points has its factors at `half`.
    for (let half = 1; half < points; half <<= 1) {
      for (let i = 0; i < half; i++) {
        const angle = (-Math.PI * i) / half;
        this.cosines[half + i] = <f32>Math.cos(angle);
        this.sines[half + i] = <f32>Math.sin(angle);
      }
    }
  }

  /** Transforms in place. With the two lists exchanged it is the inverse, times the number of points. */
  transform(re: StaticArray<f32>, im: StaticArray<f32>): void {
    const points = this.points;
    for (let i = 0; i < points; i++) {
      const other = <i32>unchecked(this.swapped[i]);
      if (other <= i) continue;
      swap(re, i, other);
      swap(im, i, other);
    }
    for (let half = 1; half < points; half <<= 1) {
      for (let start = 0; start < points; start += half << 1) {
        for (let i = 0; i < half; i++) {
          const low = start + i;
          const high = low + half;
          const cos = unchecked(this.cosines[half + i]);
          const sin = unchecked(this.sines[half + i]);
          const turnedRe = unchecked(re[high]) * cos - unchecked(im[high]) * sin;
          const turnedIm = unchecked(re[high]) * sin + unchecked(im[high]) * cos;
          unchecked((re[high] = re[low] - turnedRe));
          unchecked((im[high] = im[low] - turnedIm));
          unchecked((re[low] += turnedRe));
          unchecked((im[low] += turnedIm));
        }
      }
    }
  }
}

function swap(list: StaticArray<f32>, a: i32, b: i32): void {
  const held = unchecked(list[a]);
  unchecked((list[a] = list[b]));
  unchecked((list[b] = held));
}
