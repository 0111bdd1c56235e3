/* The saved state of plugins-as/eq, byte for byte: see its assembly/state.ts. */
#include <math.h>
#include <string.h>
#include "eq.h"

enum { PARAMETERS_BYTES = 4 + EQ_COUNT * 8, HEADER_BYTES = PARAMETERS_BYTES + 4, BAND_NUMBERS = 5 };

static size_t numbers_of(size_t channels) { return 3 + EQ_BANDS * (BAND_NUMBERS + channels * 2); }

static uint8_t *put(uint8_t *at, double value) {
  memcpy(at, &value, 8);
  return at + 8;
}

static double number(const uint8_t *at, size_t index) {
  double value;
  memcpy(&value, at + index * 8, 8);
  return value;
}

static uint32_t word(const uint8_t *at) {
  uint32_t value;
  memcpy(&value, at, 4);
  return value;
}

size_t eq_save(uint8_t *bytes, const double *values, const eq_lane *lane) {
  uint32_t count = EQ_COUNT, has_audio = lane != NULL;
  memcpy(bytes, &count, 4);
  memcpy(bytes + 4, values, EQ_COUNT * 8);
  memcpy(bytes + PARAMETERS_BYTES, &has_audio, 4);
  uint8_t *at = bytes + HEADER_BYTES;
  if (!lane) return HEADER_BYTES;
  at = put(put(put(at, lane->setup.sample_rate_hz), lane->setup.channels), lane->gain);
  for (int i = 0; i < EQ_BANDS; i++) {
    const eq_band *band = &lane->bands[i];
    at = put(put(put(put(put(at, band->type), band->frequency), band->gain), band->q), band->mix);
    memcpy(at, band->memory, lane->setup.channels * 16);
    at += lane->setup.channels * 16;
  }
  return (size_t)(at - bytes);
}

static const char *check(const wasm_plugin_state *state) {
  const uint8_t *bytes = state->data;
  if (state->schema != EQ_SCHEMA) return "the state has another schema than this plugin reads";
  if (state->size < HEADER_BYTES) return "the state ends too early";
  if (word(bytes) != EQ_COUNT) return "the state has other parameters";
  for (int i = 0; i < EQ_COUNT; i++)
    if (!eq_takes(i, number(bytes + 4, (size_t)i))) return "a parameter cannot have the saved value";
  uint32_t has_audio = word(bytes + PARAMETERS_BYTES);
  if (has_audio > 1) return "the state is not one of this plugin";
  if (!has_audio) return state->size == HEADER_BYTES ? NULL : "the state is too long";
  if (state->size < HEADER_BYTES + 24) return "the state ends too early";
  double channels = number(bytes + HEADER_BYTES, 1);
  if (!(channels >= 1 && channels <= 64)) return "the state has no sensible number of channels";
  size_t count = numbers_of((size_t)channels);
  if (state->size != HEADER_BYTES + count * 8) return "the state has another length than it says";
  for (size_t i = 0; i < count; i++)
    if (!isfinite(number(bytes + HEADER_BYTES, i))) return "the state holds a number that is not finite";
  return NULL;
}

static void load_band(eq_band *band, const uint8_t *at, uint32_t channels) {
  double type = number(at, 0), mix = number(at, 4);
  /* Impossible values are ignored: the band stays as its parameters say. */
  if (!(type >= 0 && type <= EQ_NOTCH && mix >= 0 && mix <= 1)) return;
  band->type = (int)type;
  band->frequency = fmin(number(at, 1), eq_highest_log());
  band->gain = number(at, 2);
  band->q = number(at, 3);
  band->mix = mix;
  memcpy(band->memory, at + BAND_NUMBERS * 8, channels * 16);
}

const char *eq_load(const wasm_plugin_state *state, double *values, eq_lane *lane) {
  const char *problem = check(state);
  if (problem) return problem;
  memcpy(values, state->data + 4, EQ_COUNT * 8);
  if (!lane) return NULL;
  eq_lane_aim(lane, values);
  eq_lane_settle(lane);
  const uint8_t *at = state->data + HEADER_BYTES;
  uint32_t channels = lane->setup.channels;
  if (!word(state->data + PARAMETERS_BYTES) || number(at, 0) != lane->setup.sample_rate_hz || number(at, 1) != channels)
    return NULL;
  lane->gain = number(at, 2);
  for (size_t i = 0; i < EQ_BANDS; i++)
    load_band(&lane->bands[i], at + 24 + i * (BAND_NUMBERS + channels * 2) * 8, channels);
  return NULL;
}
