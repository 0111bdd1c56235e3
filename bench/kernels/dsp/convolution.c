/*
 * Convolution with an impulse response of two seconds, in uniform partitions of 128 samples (overlap-save). The output
 * lags by one partition.
 */
#include "fourier.h"

#define PART 128
#define POINTS (2 * PART)
/* Bins of a real signal's spectrum, rounded up to whole vectors. */
#define BINS 132

struct kernel {
  struct fourier fourier;
  unsigned parts;
  /* Spectra of the response and of the past input, `parts` of them, BINS each. */
  float *response_re, *response_im;
  float *past_re, *past_im;
  unsigned newest;
  unsigned filled;
  float window[POINTS];
  float ready[PART];
  float re[POINTS], im[POINTS];
  float sum_re[BINS], sum_im[BINS];
};

static void prepare(struct kernel *kernel, float sample_rate) {
  fourier_prepare(&kernel->fourier, POINTS);
  unsigned length = (unsigned)(2 * sample_rate);
  kernel->parts = (length + PART - 1) / PART;
  size_t bytes = kernel->parts * BINS * sizeof(float);
  kernel->response_re = take(bytes);
  kernel->response_im = take(bytes);
  kernel->past_re = take(bytes);
  kernel->past_im = take(bytes);
  uint32_t seed = 1;
  /* A hall: noise that falls by 60 dB in two seconds. */
  double level = 0.05, fall = pow(0.001, 1.0 / length);
  for (unsigned part = 0; part < kernel->parts; part++) {
    memset(kernel->re, 0, sizeof kernel->re);
    memset(kernel->im, 0, sizeof kernel->im);
    for (unsigned at = 0; at < PART; at++) {
      kernel->re[at] = (float)(noise(&seed) * level);
      level *= fall;
    }
    fourier_transform(&kernel->fourier, kernel->re, kernel->im);
    memcpy(kernel->response_re + part * BINS, kernel->re, (PART + 1) * sizeof(float));
    memcpy(kernel->response_im + part * BINS, kernel->im, (PART + 1) * sizeof(float));
  }
}

static void multiply(struct kernel *kernel, unsigned part, unsigned past) {
  const float *restrict a_re = kernel->response_re + part * BINS, *restrict a_im = kernel->response_im + part * BINS;
  const float *restrict b_re = kernel->past_re + past * BINS, *restrict b_im = kernel->past_im + past * BINS;
  float *restrict sum_re = kernel->sum_re, *restrict sum_im = kernel->sum_im;
  for (unsigned bin = 0; bin < BINS; bin++) {
    sum_re[bin] += a_re[bin] * b_re[bin] - a_im[bin] * b_im[bin];
    sum_im[bin] += a_re[bin] * b_im[bin] + a_im[bin] * b_re[bin];
  }
}

static void convolve(struct kernel *kernel) {
  memcpy(kernel->re, kernel->window, sizeof kernel->re);
  memset(kernel->im, 0, sizeof kernel->im);
  fourier_transform(&kernel->fourier, kernel->re, kernel->im);
  kernel->newest = (kernel->newest + kernel->parts - 1) % kernel->parts;
  memcpy(kernel->past_re + kernel->newest * BINS, kernel->re, (PART + 1) * sizeof(float));
  memcpy(kernel->past_im + kernel->newest * BINS, kernel->im, (PART + 1) * sizeof(float));
  memset(kernel->sum_re, 0, sizeof kernel->sum_re);
  memset(kernel->sum_im, 0, sizeof kernel->sum_im);
  unsigned until_wrap = kernel->parts - kernel->newest;
  for (unsigned part = 0; part < until_wrap; part++) multiply(kernel, part, kernel->newest + part);
  for (unsigned part = until_wrap; part < kernel->parts; part++) multiply(kernel, part, part - until_wrap);
  for (unsigned bin = 0; bin <= PART; bin++) {
    kernel->re[bin] = kernel->sum_re[bin];
    kernel->im[bin] = kernel->sum_im[bin];
  }
  for (unsigned bin = PART + 1; bin < POINTS; bin++) {
    kernel->re[bin] = kernel->sum_re[POINTS - bin];
    kernel->im[bin] = -kernel->sum_im[POINTS - bin];
  }
  fourier_transform(&kernel->fourier, kernel->im, kernel->re);
  for (unsigned at = 0; at < PART; at++) kernel->ready[at] = kernel->re[PART + at] * (1.0f / POINTS);
  memcpy(kernel->window, kernel->window + PART, PART * sizeof(float));
}

static void process(struct kernel *kernel, const float *restrict in, float *restrict out, unsigned frames) {
  for (unsigned done = 0; done < frames;) {
    unsigned free = PART - kernel->filled;
    unsigned count = frames - done < free ? frames - done : free;
    memcpy(kernel->window + PART + kernel->filled, in + done, count * sizeof(float));
    memcpy(out + done, kernel->ready + kernel->filled, count * sizeof(float));
    kernel->filled += count;
    done += count;
    if (kernel->filled < PART) continue;
    convolve(kernel);
    kernel->filled = 0;
  }
}

#include "exports.h"
