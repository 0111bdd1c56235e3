/** Second-order filters, by the formulas of Robert Bristow-Johnson's "Audio EQ Cookbook". */

export enum FilterType {
  Off,
  Peak,
  LowShelf,
  HighShelf,
  LowPass,
  HighPass,
  BandPass,
  Notch,
}

/** The coefficients of one filter, divided by a0. */
export class Biquad {
  b0: f64 = 1;
  b1: f64 = 0;
  b2: f64 = 0;
  a1: f64 = 0;
  a2: f64 = 0;

  /** Computes the coefficients. `frequency` is in cycles a frame, above 0 and below 0.5; `gain` in dB. */
  design(type: FilterType, frequency: f64, gain: f64, q: f64): void {
    const w = 2 * Math.PI * frequency;
    const cos = Math.cos(w);
    const alpha = Math.sin(w) / (2 * q);
    switch (type) {
      case FilterType.Peak: {
        const a = Math.pow(10, gain / 40);
        this.assign(1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, -2 * cos, 1 - alpha / a);
        break;
      }
      case FilterType.LowShelf:
        this.shelf(Math.pow(10, gain / 40), cos, alpha, 1);
        break;
      case FilterType.HighShelf:
        this.shelf(Math.pow(10, gain / 40), cos, alpha, -1);
        break;
      case FilterType.LowPass:
        this.assign((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
        break;
      case FilterType.HighPass:
        this.assign((1 + cos) / 2, -1 - cos, (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
        break;
      case FilterType.BandPass:
        this.assign(alpha, 0, -alpha, 1 + alpha, -2 * cos, 1 - alpha);
        break;
      case FilterType.Notch:
        this.assign(1, -2 * cos, 1, 1 + alpha, -2 * cos, 1 - alpha);
        break;
      default:
        this.assign(1, 0, 0, 1, 0, 0);
    }
  }

  /** A low shelf for `side` 1; a high shelf is the same with every sign of `cos` turned, for -1. */
  private shelf(a: f64, cos: f64, alpha: f64, side: f64): void {
    const c = side * cos;
    const root = 2 * Math.sqrt(a) * alpha;
    this.assign(
      a * (a + 1 - (a - 1) * c + root),
      side * 2 * a * (a - 1 - (a + 1) * c),
      a * (a + 1 - (a - 1) * c - root),
      a + 1 + (a - 1) * c + root,
      side * -2 * (a - 1 + (a + 1) * c),
      a + 1 + (a - 1) * c - root,
    );
  }

  private assign(b0: f64, b1: f64, b2: f64, a0: f64, a1: f64, a2: f64): void {
    this.b0 = b0 / a0;
    this.b1 = b1 / a0;
    this.b2 = b2 / a0;
    this.a1 = a1 / a0;
    this.a2 = a2 / a0;
  }
}
