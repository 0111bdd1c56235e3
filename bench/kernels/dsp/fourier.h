/* A complex FFT of 2^n points in split arrays: each pass after the first two runs over neighbours, four at a time. */
#ifndef FOURIER_H
#define FOURIER_H

#include "kernel.h"

#define MOST_POINTS 1024

struct fourier {
  unsigned points;
  uint16_t swapped[MOST_POINTS];
  /* Twiddles of the pass with `half` butterflies a group begin at `half`. */
  float cosines[MOST_POINTS];
  float sines[MOST_POINTS];
};

static void fourier_prepare(struct fourier *fourier, unsigned points) {
  unsigned bits = 0;
  while ((1u << bits) < points) bits++;
  fourier->points = points;
  for (unsigned at = 0; at < points; at++) {
    unsigned reversed = 0;
    for (unsigned bit = 0; bit < bits; bit++) reversed |= ((at >> bit) & 1) << (bits - 1 - bit);
    fourier->swapped[at] = (uint16_t)reversed;
  }
  for (unsigned half = 1; half < points; half *= 2) {
    for (unsigned at = 0; at < half; at++) {
      double angle = -PI * at / half;
      fourier->cosines[half + at] = (float)cos(angle);
      fourier->sines[half + at] = (float)sin(angle);
    }
  }
}

/* Transforms `re` and `im` in place. For the inverse: swap the two, transform, and divide by the points. */
static void fourier_transform(const struct fourier *fourier, float *restrict re, float *restrict im) {
  unsigned points = fourier->points;
  for (unsigned at = 0; at < points; at++) {
    unsigned other = fourier->swapped[at];
    if (other <= at) continue;
    float held = re[at];
    re[at] = re[other];
    re[other] = held;
    held = im[at];
    im[at] = im[other];
    im[other] = held;
  }
  /* The first two passes have the twiddles 1 and -i alone. */
  for (unsigned at = 0; at < points; at += 4) {
    float *r = re + at, *i = im + at;
    float sum_r = r[0] + r[1], sum_i = i[0] + i[1], gap_r = r[0] - r[1], gap_i = i[0] - i[1];
    float right_sum_r = r[2] + r[3], right_sum_i = i[2] + i[3];
    float right_gap_r = r[2] - r[3], right_gap_i = i[2] - i[3];
    r[0] = sum_r + right_sum_r;
    i[0] = sum_i + right_sum_i;
    r[2] = sum_r - right_sum_r;
    i[2] = sum_i - right_sum_i;
    r[1] = gap_r + right_gap_i;
    i[1] = gap_i - right_gap_r;
    r[3] = gap_r - right_gap_i;
    i[3] = gap_i + right_gap_r;
  }
  for (unsigned half = 4; half < points; half *= 2) {
    const float *restrict cosines = fourier->cosines + half;
    const float *restrict sines = fourier->sines + half;
    for (unsigned group = 0; group < points; group += 2 * half) {
      float *restrict low_r = re + group, *restrict low_i = im + group;
      float *restrict high_r = low_r + half, *restrict high_i = low_i + half;
      for (unsigned at = 0; at < half; at++) {
        float turned_r = high_r[at] * cosines[at] - high_i[at] * sines[at];
        float turned_i = high_r[at] * sines[at] + high_i[at] * cosines[at];
        high_r[at] = low_r[at] - turned_r;
        high_i[at] = low_i[at] - turned_i;
        low_r[at] += turned_r;
        low_i[at] += turned_i;
      }
    }
  }
}

#endif
