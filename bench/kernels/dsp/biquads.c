/* Eight peaking bands in series, transposed direct form II: the equalizer of a mixer channel. */
#include "kernel.h"

#define BANDS 8

struct band {
  float b0, b1, b2, a1, a2;
  float z1, z2;
};

struct kernel {
  struct band bands[BANDS];
};

static void prepare(struct kernel *kernel, float sample_rate) {
  for (unsigned at = 0; at < BANDS; at++) {
    double frequency = 60 * pow(2, at);
    double level = pow(10, (at % 2 == 0 ? 4.0 : -4.0) / 40);
    double angle = 2 * PI * frequency / sample_rate;
    double alpha = sin(angle) / (2 * 1.1);
    double a0 = 1 + alpha / level;
    struct band *band = &kernel->bands[at];
    band->b0 = (float)((1 + alpha * level) / a0);
    band->b1 = (float)(-2 * cos(angle) / a0);
    band->b2 = (float)((1 - alpha * level) / a0);
    band->a1 = band->b1;
    band->a2 = (float)((1 - alpha / level) / a0);
  }
}

static void process(struct kernel *kernel, const float *restrict in, float *restrict out, unsigned frames) {
  const float *from = in;
  for (unsigned number = 0; number < BANDS; number++) {
    struct band band = kernel->bands[number];
    for (unsigned at = 0; at < frames; at++) {
      float x = from[at];
      float y = band.b0 * x + band.z1;
      band.z1 = band.b1 * x - band.a1 * y + band.z2;
      band.z2 = band.b2 * x - band.a2 * y;
      out[at] = y;
    }
    kernel->bands[number].z1 = band.z1;
    kernel->bands[number].z2 = band.z2;
    from = out;
  }
}

#include "exports.h"
