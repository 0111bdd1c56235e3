/* Gain and mix: the signal at one level added to itself at another. */
#include "kernel.h"

struct kernel {
  float wet;
  float dry;
};

static void prepare(struct kernel *kernel, float sample_rate) {
  (void)sample_rate;
  kernel->wet = 0.5f;
  kernel->dry = 0.25f;
}

static void process(struct kernel *kernel, const float *restrict in, float *restrict out, unsigned frames) {
  float wet = kernel->wet, dry = kernel->dry;
  for (unsigned at = 0; at < frames; at++) out[at] = in[at] * wet + in[at] * dry;
}

#include "exports.h"
