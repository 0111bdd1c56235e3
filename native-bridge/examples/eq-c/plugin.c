#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "eq.h"

struct wasm_plugin {
  const wasm_plugin_host *host;
  double values[EQ_COUNT];
  eq_lane lane;
  bool prepared;
  char error[160];
  uint8_t saved[EQ_STATE_BYTES];
};

static wasm_plugin *create(const wasm_plugin_host *host) {
  wasm_plugin *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->host = host;
  eq_defaults(self->values);
  return self;
}

static void destroy(wasm_plugin *self) { free(self); }

static const char *error(wasm_plugin *self) { return self->error; }

static int32_t fail(wasm_plugin *self, int32_t status, const char *text) {
  snprintf(self->error, sizeof self->error, "%s", text);
  return status;
}

/* Takes settings named like `band1.gain`, all or none. */
static int32_t configure(wasm_plugin *self, const wasm_plugin_settings *settings) {
  double values[EQ_COUNT];
  memcpy(values, self->values, sizeof values);
  for (uint32_t i = 0; i < settings->count; i++) {
    const wasm_plugin_setting *setting = &settings->settings[i];
    int place = eq_place_of_key(setting->key);
    if (place < 0) continue;
    char *end;
    double value = strtod(setting->value, &end);
    if (end == setting->value || !eq_takes(place, value)) {
      snprintf(self->error, sizeof self->error, "%.40s cannot be \"%.40s\"", setting->key, setting->value);
      return WASM_PLUGIN_FAILED;
    }
    values[place] = value;
  }
  memcpy(self->values, values, sizeof values);
  if (self->prepared) eq_lane_aim(&self->lane, self->values);
  return WASM_PLUGIN_OK;
}

static int32_t init(wasm_plugin *self, const wasm_plugin_settings *settings) {
  int32_t status = configure(self, settings);
  if (status == WASM_PLUGIN_OK) self->host->log(self->host->data, WASM_PLUGIN_DEBUG, "eq is ready");
  return status;
}

static int32_t health(wasm_plugin *self) {
  if (!self->prepared || isfinite(self->lane.gain)) return WASM_PLUGIN_OK;
  return fail(self, WASM_PLUGIN_FAILED, "the output gain is not a number");
}

static uint32_t schema(wasm_plugin *self) {
  (void)self;
  return EQ_SCHEMA;
}

static int32_t serialize(wasm_plugin *self, wasm_plugin_state *state) {
  state->data = self->saved;
  state->size = eq_save(self->saved, self->values, self->prepared ? &self->lane : NULL);
  return WASM_PLUGIN_OK;
}

static int32_t restore(wasm_plugin *self, const wasm_plugin_state *state) {
  const char *problem = eq_load(state, self->values, self->prepared ? &self->lane : NULL);
  return problem ? fail(self, WASM_PLUGIN_FAILED, problem) : WASM_PLUGIN_OK;
}

static const wasm_plugin_descriptor *describe(wasm_plugin *self) {
  (void)self;
  return &eq_descriptor;
}

static int32_t prepare(wasm_plugin *self, const wasm_plugin_setup *setup) {
  const char *problem = NULL;
  if (!(setup->sample_rate_hz >= 8000 && setup->sample_rate_hz <= 768000))
    problem = "the sample rate must be 8000 to 768000 Hz";
  else if (setup->max_frames == 0 || setup->max_frames > EQ_MAX_FRAMES)
    problem = "a block must have 1 to 65536 frames";
  else if (setup->channels == 0 || setup->channels > EQ_MAX_CHANNELS)
    problem = "there must be 1 to 8 channels";
  if (problem) return fail(self, WASM_PLUGIN_UNSUPPORTED_SETUP, problem);
  eq_lane_prepare(&self->lane, setup, self->values);
  self->prepared = true;
  return WASM_PLUGIN_OK;
}

static int32_t set_parameter(wasm_plugin *self, const wasm_plugin_value *value) {
  int place = eq_place_of_id(value->id);
  if (place < 0) return WASM_PLUGIN_UNKNOWN_PARAMETER;
  if (!eq_takes(place, value->value)) return WASM_PLUGIN_INVALID_VALUE;
  self->values[place] = value->value;
  if (self->prepared) eq_lane_aim(&self->lane, self->values);
  return WASM_PLUGIN_OK;
}

static int32_t get_parameter(wasm_plugin *self, wasm_plugin_value *value) {
  int place = eq_place_of_id(value->id);
  if (place < 0) return WASM_PLUGIN_UNKNOWN_PARAMETER;
  value->value = self->values[place];
  return WASM_PLUGIN_OK;
}

static int32_t reset(wasm_plugin *self) {
  if (self->prepared) eq_lane_settle(&self->lane);
  return WASM_PLUGIN_OK;
}

static int32_t process(wasm_plugin *self, const wasm_plugin_block *block) {
  if (!self->prepared) return WASM_PLUGIN_FAILED;
  eq_lane_process(&self->lane, block);
  return WASM_PLUGIN_OK;
}

const wasm_plugin_api *wasm_plugin_entry(void) {
  static const wasm_plugin_api api = {
    .abi = WASM_PLUGIN_ABI, .size = sizeof(wasm_plugin_api),
    .create = create, .destroy = destroy, .error = error,
    .init = init, .health = health, .configure = configure,
    .schema = schema, .serialize = serialize, .restore = restore,
    .describe = describe, .prepare = prepare, .set_parameter = set_parameter, .get_parameter = get_parameter,
    .reset = reset, .process = process,
  };
  return &api;
}
