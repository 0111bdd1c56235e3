#include <math.h>
#include <string.h>
#include "eq.h"

/* Ids of two bands are this far apart; the one parameter of no band has the id behind. */
enum { BAND_STRIDE = 8, OUTPUT_ID = 64 };

static const char *const TYPES[] = {
  "Off", "Peak", "Low shelf", "High shelf", "Low pass", "High pass", "Band pass", "Notch",
};
static const char *const KEYS[] = {"type", "frequency", "gain", "q"};

#define BAND(number, type, frequency) \
  {(number - 1) * BAND_STRIDE, WASM_PLUGIN_AUTOMATABLE | WASM_PLUGIN_STEPPED, "Band " #number " type", "", 0, 7, type, \
   TYPES, 8, 0}, \
  {(number - 1) * BAND_STRIDE + 1, WASM_PLUGIN_AUTOMATABLE | WASM_PLUGIN_LOGARITHMIC, "Band " #number " frequency", "Hz", \
   20, 20000, frequency, NULL, 0, 0}, \
  {(number - 1) * BAND_STRIDE + 2, WASM_PLUGIN_AUTOMATABLE, "Band " #number " gain", "dB", -24, 24, 0, NULL, 0, 0}, \
  {(number - 1) * BAND_STRIDE + 3, WASM_PLUGIN_AUTOMATABLE | WASM_PLUGIN_LOGARITHMIC, "Band " #number " Q", "", 0.1, 20, \
   0.7071067811865476, NULL, 0, 0}

static const wasm_plugin_parameter TABLE[EQ_COUNT] = {
  BAND(1, 2, 80), BAND(2, 1, 200), BAND(3, 1, 500), BAND(4, 1, 1500), BAND(5, 1, 4000), BAND(6, 3, 10000),
  {OUTPUT_ID, WASM_PLUGIN_AUTOMATABLE, "Output gain", "dB", -24, 24, 0, NULL, 0, 0},
};
static const wasm_plugin_port PORTS[] = {{"main", 0, EQ_MAX_CHANNELS}, {"main", 1, EQ_MAX_CHANNELS}};

const wasm_plugin_descriptor eq_descriptor = {"Parametric equalizer", PORTS, TABLE, 2, EQ_COUNT, 0, 0};

void eq_defaults(double *values) {
  for (int i = 0; i < EQ_COUNT; i++) values[i] = TABLE[i].default_value;
}

int eq_place_of_id(uint32_t id) {
  if (id == OUTPUT_ID) return EQ_OUTPUT;
  if (id >= EQ_BANDS * BAND_STRIDE || id % BAND_STRIDE >= EQ_BAND_PARAMETERS) return -1;
  return (int)(id / BAND_STRIDE * EQ_BAND_PARAMETERS + id % BAND_STRIDE);
}

int eq_place_of_key(const char *key) {
  if (!strcmp(key, "output")) return EQ_OUTPUT;
  if (strncmp(key, "band", 4) || key[4] < '1' || key[4] > '6' || key[5] != '.') return -1;
  for (int i = 0; i < EQ_BAND_PARAMETERS; i++)
    if (!strcmp(key + 6, KEYS[i])) return (key[4] - '1') * EQ_BAND_PARAMETERS + i;
  return -1;
}

/* NaN is in no range. */
bool eq_takes(int place, double value) {
  const wasm_plugin_parameter *parameter = &TABLE[place];
  if (!(value >= parameter->min && value <= parameter->max)) return false;
  return !(parameter->flags & WASM_PLUGIN_STEPPED) || value == floor(value);
}
