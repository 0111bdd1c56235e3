/* A finite impulse response of 512 taps, sample by sample: the sum is kept in 16 lanes, in one order everywhere. */
#include "kernel.h"

#define TAPS 512
#define LANES 16

struct kernel {
  float taps[TAPS];
  /* Twice as long, so that the last TAPS samples always lie in a row. */
  float past[2 * TAPS];
  unsigned at;
};

static void prepare(struct kernel *kernel, float sample_rate) {
  double cutoff = 4000 / sample_rate;
  for (unsigned at = 0; at < TAPS; at++) {
    double x = at - (TAPS - 1) / 2.0;
    double window = 0.5 - 0.5 * cos(2 * PI * (at + 0.5) / TAPS);
    kernel->taps[at] = (float)(window * sin(2 * PI * cutoff * x) / (PI * x));
  }
}

static void process(struct kernel *kernel, const float *restrict in, float *restrict out, unsigned frames) {
  unsigned now = kernel->at;
  for (unsigned frame = 0; frame < frames; frame++) {
    kernel->past[now] = kernel->past[now + TAPS] = in[frame];
    now = (now + 1) % TAPS;
    const float *restrict past = kernel->past + now;
    float sums[LANES] = {0};
    for (unsigned at = 0; at < TAPS; at += LANES) {
      for (unsigned lane = 0; lane < LANES; lane++) sums[lane] += past[at + lane] * kernel->taps[at + lane];
    }
    float sum = 0;
    for (unsigned lane = 0; lane < LANES; lane++) sum += sums[lane];
    out[frame] = sum;
  }
  kernel->at = now;
}

#include "exports.h"
