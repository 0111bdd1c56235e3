/** A complex FFT of 2^n points in split arrays, as `fourier.h`. */
export class Fourier {
  readonly #points: number;
  readonly #swapped: Uint16Array;
  readonly #cosines: Float32Array;
  readonly #sines: Float32Array;

  constructor(points: number) {
    const bits = Math.log2(points);
    this.#points = points;
    this.#swapped = Uint16Array.from({ length: points }, (_, at) => reversed(at, bits));
    this.#cosines = new Float32Array(points);
    this.#sines = new Float32Array(points);
    for (let half = 1; half < points; half *= 2) {
      for (let at = 0; at < half; at++) {
        this.#cosines[half + at] = Math.cos((-Math.PI * at) / half);
        this.#sines[half + at] = Math.sin((-Math.PI * at) / half);
      }
    }
  }

  /** Transforms in place. For the inverse: give `im` and `re` in each other's place, and divide by the points. */
  transform(re: Float32Array, im: Float32Array): void {
    this.#swap(re, im);
    for (let half = 1; half < this.#points; half *= 2) {
      for (let group = 0; group < this.#points; group += 2 * half) {
        for (let at = 0; at < half; at++) {
          const low = group + at;
          const high = low + half;
          const cosine = this.#cosines[half + at] as number;
          const sine = this.#sines[half + at] as number;
          const turnedRe = (re[high] as number) * cosine - (im[high] as number) * sine;
          const turnedIm = (re[high] as number) * sine + (im[high] as number) * cosine;
          re[high] = (re[low] as number) - turnedRe;
          im[high] = (im[low] as number) - turnedIm;
          re[low] = (re[low] as number) + turnedRe;
          im[low] = (im[low] as number) + turnedIm;
        }
      }
    }
  }

  #swap(re: Float32Array, im: Float32Array): void {
    for (let at = 0; at < this.#points; at++) {
      const other = this.#swapped[at] as number;
      if (other <= at) continue;
      const heldRe = re[at] as number;
      re[at] = re[other] as number;
      re[other] = heldRe;
      const heldIm = im[at] as number;
      im[at] = im[other] as number;
      im[other] = heldIm;
    }
  }
}

function reversed(value: number, bits: number): number {
  let result = 0;
  for (let bit = 0; bit < bits; bit++) result |= ((value >> bit) & 1) << (bits - 1 - bit);
  return result;
}
