/* A delay that answers in grains: sixteen windowed pieces of the last second, each at a place and pitch of its own. */
#include "kernel.h"

#define GRAINS 16
#define LONGEST 262144
#define WINDOW 1024
/* Places count in parts of a sample, ages in parts of a step of the window: whole numbers, as a phase accumulator has. */
#define PARTS 4096

struct grain {
  /* Distance of the read position behind the newest sample, and the speed of its change. */
  uint32_t distance, drift;
  uint32_t age, pace;
};

struct kernel {
  struct grain grains[GRAINS];
  float window[WINDOW + 1];
  float past[LONGEST];
  float sample_rate;
  uint32_t seed;
  unsigned at;
};

static void begin(struct kernel *kernel, struct grain *grain) {
  float second = kernel->sample_rate;
  grain->distance = (uint32_t)(second * (0.3f + 0.25f * noise(&kernel->seed)) * PARTS);
  grain->drift = (uint32_t)(int32_t)(0.02f * noise(&kernel->seed) * PARTS);
  grain->age = 0;
  grain->pace = (uint32_t)(WINDOW / (second * (0.08f + 0.03f * noise(&kernel->seed))) * PARTS);
}

static void prepare(struct kernel *kernel, float sample_rate) {
  kernel->sample_rate = sample_rate;
  kernel->seed = 1;
  for (unsigned at = 0; at <= WINDOW; at++) kernel->window[at] = (float)(0.5 - 0.5 * cos(2 * PI * at / WINDOW));
  for (unsigned at = 0; at < GRAINS; at++) {
    begin(kernel, &kernel->grains[at]);
    kernel->grains[at].age = (uint32_t)(at * WINDOW / GRAINS * PARTS);
  }
}

struct span {
  unsigned start, count;
};

/* Adds what a grain sounds like, up to its end. */
static void sound(const struct kernel *kernel, struct grain *grain, float *restrict out, struct span span) {
  const float *restrict past = kernel->past, *restrict window = kernel->window;
  uint32_t distance = grain->distance, age = grain->age, drift = grain->drift, pace = grain->pace;
  for (unsigned at = 0; at < span.count; at++) {
    unsigned from = span.start + at - distance / PARTS;
    float part = (float)(int32_t)(distance % PARTS) * (1.0f / PARTS);
    float newer = past[from % LONGEST], older = past[(from - 1) % LONGEST];
    out[at] += (newer + part * (older - newer)) * window[age / PARTS] * (1.0f / 6);
    distance += drift;
    age += pace;
  }
  grain->distance = distance;
  grain->age = age;
}

static void process(struct kernel *kernel, const float *restrict in, float *restrict out, unsigned frames) {
  unsigned start = kernel->at;
  for (unsigned frame = 0; frame < frames; frame++) {
    kernel->past[(start + frame) % LONGEST] = in[frame];
    out[frame] = in[frame] * 0.6f;
  }
  for (unsigned number = 0; number < GRAINS; number++) {
    struct grain *grain = &kernel->grains[number];
    for (unsigned frame = 0; frame < frames;) {
      unsigned left = (WINDOW * PARTS - grain->age + grain->pace - 1) / grain->pace;
      unsigned count = frames - frame < left ? frames - frame : left;
      sound(kernel, grain, out + frame, (struct span){start + frame, count});
      frame += count;
      if (count == left) begin(kernel, grain);
    }
  }
  kernel->at = start + frames;
}

#include "exports.h"
