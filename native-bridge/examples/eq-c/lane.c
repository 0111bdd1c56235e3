#include <math.h>
#include <string.h>
#include "eq.h"

/* Parameters move every so many frames while they glide. */
enum { STEP_FRAMES = 16 };
/* In which a glide goes all but 1/e of its way. */
static const double GLIDE_SECONDS = 0.015;
/* In which a band fades out, or in, when its type changes. */
static const double FADE_SECONDS = 0.01;

void eq_lane_aim(eq_lane *lane, const double *values) {
  for (int i = 0; i < EQ_BANDS; i++)
    eq_band_aim(&lane->bands[i], values + i * EQ_BAND_PARAMETERS, lane->setup.sample_rate_hz);
  double db = values[EQ_OUTPUT];
  lane->wanted_gain = db == 0 ? 1 : pow(10, db / 20);
}

void eq_lane_settle(eq_lane *lane) {
  for (int i = 0; i < EQ_BANDS; i++) eq_band_settle(&lane->bands[i]);
  lane->gain = lane->wanted_gain;
}

void eq_lane_prepare(eq_lane *lane, const wasm_plugin_setup *setup, const double *values) {
  memset(lane, 0, sizeof *lane);
  lane->setup = *setup;
  lane->pace = 1 - exp(-STEP_FRAMES / (GLIDE_SECONDS * setup->sample_rate_hz));
  lane->fade = STEP_FRAMES / (FADE_SECONDS * setup->sample_rate_hz);
  eq_lane_aim(lane, values);
  eq_lane_settle(lane);
}

static void amplify(eq_lane *lane, const wasm_plugin_block *block, uint32_t start, uint32_t frames, double share) {
  double wanted = lane->wanted_gain, before = lane->gain;
  if (before == 1 && wanted == 1) return;
  double next = before + (wanted - before) * lane->pace * share;
  lane->gain = fabs(next - wanted) < 1e-6 ? wanted : next;
  double slope = (lane->gain - before) / (double)frames;
  for (uint32_t channel = 0; channel < block->channels; channel++) {
    double gain = before;
    float *samples = block->outputs[channel] + start;
    for (uint32_t i = 0; i < frames; i++) {
      gain += slope;
      samples[i] = (float)(samples[i] * gain);
    }
  }
}

void eq_lane_process(eq_lane *lane, const wasm_plugin_block *block) {
  for (uint32_t channel = 0; channel < block->channels; channel++)
    memcpy(block->outputs[channel], block->inputs[channel], block->frames * sizeof(float));
  for (uint32_t start = 0; start < block->frames; start += STEP_FRAMES) {
    uint32_t left = block->frames - start, frames = left < STEP_FRAMES ? left : STEP_FRAMES;
    /* A shorter step at the end of a block goes a shorter way, so that the length of blocks does not matter much. */
    double share = (double)frames / STEP_FRAMES;
    for (int i = 0; i < EQ_BANDS; i++) {
      eq_band *band = &lane->bands[i];
      double mix_before = band->mix;
      eq_band_glide(band, lane->pace * share, lane->fade * share);
      for (uint32_t channel = 0; channel < block->channels; channel++)
        eq_band_process(band, channel, block->outputs[channel] + start, frames, mix_before);
    }
    amplify(lane, block, start, frames, share);
  }
}
