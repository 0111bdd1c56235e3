/* A compressor that looks 5 ms ahead and works on decibels: a logarithm and a power for each sample. */
#include "kernel.h"

#define LONGEST 1024

struct kernel {
  float ahead[LONGEST];
  unsigned delay;
  unsigned at;
  float attack, release;
  /* The gain reduction now, in powers of two. */
  float reduction;
};

static void prepare(struct kernel *kernel, float sample_rate) {
  kernel->delay = (unsigned)(0.005 * sample_rate);
  kernel->attack = (float)exp(-1 / (0.002 * sample_rate));
  kernel->release = (float)exp(-1 / (0.12 * sample_rate));
}

static void process(struct kernel *kernel, const float *restrict in, float *restrict out, unsigned frames) {
  const float threshold = -3.0f, slope = 0.75f;
  float reduction = kernel->reduction;
  unsigned now = kernel->at;
  for (unsigned frame = 0; frame < frames; frame++) {
    float x = in[frame];
    float over = log2f(fabsf(x) + 1e-6f) - threshold;
    float wanted = over > 0 ? -over * slope : 0;
    float pace = wanted < reduction ? kernel->attack : kernel->release;
    reduction = wanted + pace * (reduction - wanted);
    kernel->ahead[now % LONGEST] = x;
    out[frame] = kernel->ahead[(now - kernel->delay) % LONGEST] * exp2f(reduction);
    now++;
  }
  kernel->reduction = reduction;
  kernel->at = now;
}

#include "exports.h"
