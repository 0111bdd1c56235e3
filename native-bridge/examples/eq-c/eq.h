/* A parametric equalizer: the native twin of plugins-as/eq, with the same parameters, states and sound. */
#ifndef EQ_H
#define EQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "wasm_plugin.h"

enum { EQ_BANDS = 6, EQ_BAND_PARAMETERS = 4, EQ_COUNT = EQ_BANDS * EQ_BAND_PARAMETERS + 1, EQ_OUTPUT = EQ_COUNT - 1 };
enum { EQ_TYPE, EQ_FREQUENCY, EQ_GAIN, EQ_Q };
enum { EQ_MAX_CHANNELS = 8, EQ_MAX_FRAMES = 65536 };
enum { EQ_OFF, EQ_PEAK, EQ_LOW_SHELF, EQ_HIGH_SHELF, EQ_LOW_PASS, EQ_HIGH_PASS, EQ_BAND_PASS, EQ_NOTCH };

/* The coefficients of a second-order filter, divided by a0. */
typedef struct {
  double b0, b1, b2, a1, a2;
} eq_biquad;

/* `frequency` is in cycles a frame, above 0 and below 0.5; `gain` in dB. */
void eq_design(eq_biquad *filter, int type, double frequency, double gain, double q);

/* One band: a filter whose parameters glide. Frequencies and Qs are logarithms. */
typedef struct {
  int type, wanted_type;
  double frequency, gain, q, mix;
  double wanted_frequency, wanted_gain, wanted_q;
  double memory[EQ_MAX_CHANNELS * 2];
  /* The filter at the start of a step, and at its end. */
  eq_biquad start, filter;
  bool designed, moves;
} eq_band;

double eq_highest_log(void);
/* Reads the four parameters at `values`. */
void eq_band_aim(eq_band *band, const double *values, double sample_rate_hz);
/* Jumps to the parameters and forgets the past. */
void eq_band_settle(eq_band *band);
/* Goes one step towards the parameters. `pace` is the part of the way, `fade` the step of `mix`. */
void eq_band_glide(eq_band *band, double pace, double fade);
void eq_band_process(eq_band *band, uint32_t channel, float *samples, uint32_t frames, double mix_before);

/* The bands for one prepared setup. */
typedef struct {
  wasm_plugin_setup setup;
  eq_band bands[EQ_BANDS];
  double gain, wanted_gain, pace, fade;
} eq_lane;

void eq_lane_prepare(eq_lane *lane, const wasm_plugin_setup *setup, const double *values);
/* Reads the parameters. */
void eq_lane_aim(eq_lane *lane, const double *values);
void eq_lane_settle(eq_lane *lane);
void eq_lane_process(eq_lane *lane, const wasm_plugin_block *block);

extern const wasm_plugin_descriptor eq_descriptor;
void eq_defaults(double *values);
/* The place of the parameter with an id, or -1. */
int eq_place_of_id(uint32_t id);
/* The place of the parameter that a setting such as `band1.gain` or `output` names, or -1. */
int eq_place_of_key(const char *key);
bool eq_takes(int place, double value);

enum { EQ_SCHEMA = 1, EQ_STATE_BYTES = 8 + (EQ_COUNT + 3 + EQ_BANDS * (5 + EQ_MAX_CHANNELS * 2)) * 8 };
/* Writes a state and returns its size. `lane` may be NULL. */
size_t eq_save(uint8_t *bytes, const double *values, const eq_lane *lane);
/* Takes a state. Returns NULL, or says why not; nothing has changed then. */
const char *eq_load(const wasm_plugin_state *state, double *values, eq_lane *lane);

#endif
