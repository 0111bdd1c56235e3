/* A spectral gate: 1,024-point FFT there and back every 128 samples, windowed, added up. The output lags by 1,024. */
#include "fourier.h"

#define POINTS 1024
#define HOP 128

struct kernel {
  struct fourier fourier;
  float window[POINTS];
  float past[POINTS];
  float sum[POINTS];
  float re[POINTS], im[POINTS];
  unsigned filled;
};

static void prepare(struct kernel *kernel, float sample_rate) {
  (void)sample_rate;
  fourier_prepare(&kernel->fourier, POINTS);
  for (unsigned at = 0; at < POINTS; at++) kernel->window[at] = (float)(0.5 - 0.5 * cos(2 * PI * at / POINTS));
}

static void transform(struct kernel *kernel) {
  for (unsigned at = 0; at < POINTS; at++) kernel->re[at] = kernel->past[at] * kernel->window[at];
  memset(kernel->im, 0, sizeof kernel->im);
  fourier_transform(&kernel->fourier, kernel->re, kernel->im);
  for (unsigned bin = 0; bin < POINTS; bin++) {
    float power = kernel->re[bin] * kernel->re[bin] + kernel->im[bin] * kernel->im[bin];
    float gain = power / (power + 0.01f);
    kernel->re[bin] *= gain;
    kernel->im[bin] *= gain;
  }
  fourier_transform(&kernel->fourier, kernel->im, kernel->re);
  /* Eight Hann windows squared that overlap add up to three. */
  const float scale = 1.0f / (3 * POINTS);
  for (unsigned at = 0; at < POINTS; at++) kernel->sum[at] += kernel->re[at] * kernel->window[at] * scale;
}

static void process(struct kernel *kernel, const float *restrict in, float *restrict out, unsigned frames) {
  for (unsigned done = 0; done < frames;) {
    unsigned free = HOP - kernel->filled;
    unsigned count = frames - done < free ? frames - done : free;
    memcpy(kernel->past + POINTS - HOP + kernel->filled, in + done, count * sizeof(float));
    memcpy(out + done, kernel->sum + kernel->filled, count * sizeof(float));
    kernel->filled += count;
    done += count;
    if (kernel->filled < HOP) continue;
    memmove(kernel->sum, kernel->sum + HOP, (POINTS - HOP) * sizeof(float));
    memset(kernel->sum + POINTS - HOP, 0, HOP * sizeof(float));
    transform(kernel);
    memmove(kernel->past, kernel->past + HOP, (POINTS - HOP) * sizeof(float));
    kernel->filled = 0;
  }
}

#include "exports.h"
