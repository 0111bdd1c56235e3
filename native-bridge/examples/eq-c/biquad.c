/* Second-order filters, by the formulas of Robert Bristow-Johnson's "Audio EQ Cookbook". */
#include <math.h>
#include "eq.h"

static void assign(eq_biquad *f, const double b[3], const double a[3]) {
  *f = (eq_biquad){b[0] / a[0], b[1] / a[0], b[2] / a[0], a[1] / a[0], a[2] / a[0]};
}

/* A low shelf for `side` 1; a high shelf is the same with every sign of `cosine` turned, for -1. */
static void shelf(eq_biquad *f, double a, double cosine, double alpha, double side) {
  double c = side * cosine;
  double root = 2 * sqrt(a) * alpha;
  assign(f,
    (double[]){a * (a + 1 - (a - 1) * c + root), side * 2 * a * (a - 1 - (a + 1) * c), a * (a + 1 - (a - 1) * c - root)},
    (double[]){a + 1 + (a - 1) * c + root, side * -2 * (a - 1 + (a + 1) * c), a + 1 + (a - 1) * c - root});
}

void eq_design(eq_biquad *f, int type, double frequency, double gain, double q) {
  double w = 2 * 3.141592653589793 * frequency;
  double c = cos(w);
  double alpha = sin(w) / (2 * q);
  double a0[3] = {1 + alpha, -2 * c, 1 - alpha};
  switch (type) {
    case EQ_PEAK: {
      double a = pow(10, gain / 40);
      assign(f, (double[]){1 + alpha * a, -2 * c, 1 - alpha * a}, (double[]){1 + alpha / a, -2 * c, 1 - alpha / a});
      break;
    }
    case EQ_LOW_SHELF: shelf(f, pow(10, gain / 40), c, alpha, 1); break;
    case EQ_HIGH_SHELF: shelf(f, pow(10, gain / 40), c, alpha, -1); break;
    case EQ_LOW_PASS: assign(f, (double[]){(1 - c) / 2, 1 - c, (1 - c) / 2}, a0); break;
    case EQ_HIGH_PASS: assign(f, (double[]){(1 + c) / 2, -1 - c, (1 + c) / 2}, a0); break;
    case EQ_BAND_PASS: assign(f, (double[]){alpha, 0, -alpha}, a0); break;
    case EQ_NOTCH: assign(f, (double[]){1, -2 * c, 1}, a0); break;
    default: *f = (eq_biquad){1, 0, 0, 0, 0};
  }
}
