/* A reverb of eight delay lines that feed each other through a Householder matrix, with a damped treble. */
#include "kernel.h"

#define LINES 8
#define LONGEST 16384

struct kernel {
  unsigned lengths[LINES];
  float gains[LINES];
  float damped[LINES];
  float lines[LINES][LONGEST];
  unsigned at;
};

static void prepare(struct kernel *kernel, float sample_rate) {
  static const unsigned primes[LINES] = {1031, 1327, 1523, 1801, 2053, 2311, 2503, 2803};
  for (unsigned line = 0; line < LINES; line++) {
    kernel->lengths[line] = (unsigned)(primes[line] * (double)sample_rate / 48000);
    kernel->gains[line] = (float)pow(0.001, kernel->lengths[line] / (1.8 * sample_rate));
  }
}

static void process(struct kernel *kernel, const float *restrict in, float *restrict out, unsigned frames) {
  unsigned now = kernel->at;
  float damped[LINES];
  memcpy(damped, kernel->damped, sizeof damped);
  for (unsigned frame = 0; frame < frames; frame++) {
    float sum = 0;
    for (unsigned line = 0; line < LINES; line++) {
      float heard = kernel->lines[line][(now - kernel->lengths[line]) % LONGEST];
      damped[line] += 0.6f * (heard * kernel->gains[line] - damped[line]);
      sum += damped[line];
    }
    float fed = in[frame] * 0.35f - sum * (2.0f / LINES);
    for (unsigned line = 0; line < LINES; line++) kernel->lines[line][now % LONGEST] = damped[line] + fed;
    out[frame] = in[frame] * 0.7f + sum * 0.3f;
    now++;
  }
  memcpy(kernel->damped, damped, sizeof damped);
  kernel->at = now;
}

#include "exports.h"
