/*
 * The frame of a DSP kernel. A kernel is one C file that defines
 *
 *   struct kernel { … };                                        the state of one channel
 *   static void prepare(struct kernel *, float sample_rate);    zeroed memory → ready; takes more with `take`
 *   static void process(struct kernel *, const float *restrict in, float *restrict out, unsigned frames);
 *
 * and includes `exports.h` after them. The same file is the native library and the component: whatever differs between
 * the two is in these two headers.
 */
#ifndef KERNEL_H
#define KERNEL_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PI 3.14159265358979323846

/* Returns `bytes` of zeroed memory, aligned to 16, that are never given back. */
static void *take(size_t bytes);

/* Returns the next of a fixed series of numbers from -1 to 1. */
static inline float noise(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (float)(int32_t)*seed * (1.0f / 2147483648.0f);
}

#endif
