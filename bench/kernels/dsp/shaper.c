/* A soft clipper at four times the sample rate: up, tanh, down, with polyphase filters of 64 taps. */
#include "kernel.h"

#define RATIO 4
#define TAPS 64
#define PHASE (TAPS / RATIO)

struct kernel {
  /* Taps of each phase, last first. */
  float up[RATIO][PHASE];
  float down[TAPS];
  /* Twice as long, so that the newest samples always lie in a row. */
  float before[2 * PHASE];
  float shaped[2 * TAPS];
  unsigned at;
};

static void prepare(struct kernel *kernel, float sample_rate) {
  (void)sample_rate;
  double total = 0, taps[TAPS];
  for (unsigned at = 0; at < TAPS; at++) {
    double x = at - (TAPS - 1) / 2.0;
    double window = 0.42 - 0.5 * cos(2 * PI * (at + 0.5) / TAPS) + 0.08 * cos(4 * PI * (at + 0.5) / TAPS);
    taps[at] = window * sin(0.9 * PI * x / RATIO) / x;
    total += taps[at];
  }
  for (unsigned at = 0; at < TAPS; at++) {
    kernel->down[at] = (float)(taps[TAPS - 1 - at] / total);
    kernel->up[at % RATIO][PHASE - 1 - at / RATIO] = (float)(taps[at] * RATIO / total);
  }
}

static void process(struct kernel *kernel, const float *restrict in, float *restrict out, unsigned frames) {
  unsigned now = kernel->at;
  for (unsigned frame = 0; frame < frames; frame++) {
    unsigned slot = now % PHASE;
    kernel->before[slot] = kernel->before[slot + PHASE] = in[frame];
    const float *restrict before = kernel->before + slot + 1;
    for (unsigned phase = 0; phase < RATIO; phase++) {
      float sum = 0;
      for (unsigned at = 0; at < PHASE; at++) sum += before[at] * kernel->up[phase][at];
      unsigned place = slot * RATIO + phase;
      kernel->shaped[place] = kernel->shaped[place + TAPS] = tanhf(2.0f * sum);
    }
    now++;
    const float *restrict shaped = kernel->shaped + now % PHASE * RATIO;
    float sum = 0;
    for (unsigned at = 0; at < TAPS; at++) sum += shaped[at] * kernel->down[at];
    out[frame] = sum * 0.5f;
  }
  kernel->at = now;
}

#include "exports.h"
