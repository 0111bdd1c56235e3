/* A native plugin that copies its first input to its first output: what is left is the bridge. */
#include <string.h>
#include "wasm_plugin.h"

struct wasm_plugin {
  int32_t nothing;
};

static struct wasm_plugin instance;
static const wasm_plugin_port ports[] = {{"main", 0, 1}, {"main", 1, 1}};
static const wasm_plugin_descriptor descriptor = {"Echo", ports, NULL, 2, 0, 0, 0};

/* Exported for the bench, which calls them without the carrier. */
WASM_PLUGIN_EXPORT uint32_t echo_schema(wasm_plugin *self) { (void)self; return 1; }
WASM_PLUGIN_EXPORT int32_t echo_process(wasm_plugin *self, const wasm_plugin_block *block) {
  (void)self;
  memcpy(block->outputs[0], block->inputs[0], block->frames * sizeof(float));
  return WASM_PLUGIN_OK;
}

static wasm_plugin *create(const wasm_plugin_host *host) { (void)host; return &instance; }
static void destroy(wasm_plugin *self) { (void)self; }
static const char *error(wasm_plugin *self) { (void)self; return ""; }
static int32_t take_settings(wasm_plugin *self, const wasm_plugin_settings *settings) {
  (void)self; (void)settings;
  return WASM_PLUGIN_OK;
}
static int32_t nothing(wasm_plugin *self) { (void)self; return WASM_PLUGIN_OK; }
static int32_t serialize(wasm_plugin *self, wasm_plugin_state *state) {
  (void)self;
  state->size = 0;
  return WASM_PLUGIN_OK;
}
static int32_t restore(wasm_plugin *self, const wasm_plugin_state *state) {
  (void)self; (void)state;
  return WASM_PLUGIN_OK;
}
static const wasm_plugin_descriptor *describe(wasm_plugin *self) { (void)self; return &descriptor; }
static int32_t prepare(wasm_plugin *self, const wasm_plugin_setup *setup) {
  (void)self; (void)setup;
  return WASM_PLUGIN_OK;
}
static int32_t set_parameter(wasm_plugin *self, const wasm_plugin_value *value) {
  (void)self; (void)value;
  return WASM_PLUGIN_UNKNOWN_PARAMETER;
}
static int32_t get_parameter(wasm_plugin *self, wasm_plugin_value *value) {
  (void)self; (void)value;
  return WASM_PLUGIN_UNKNOWN_PARAMETER;
}

static const wasm_plugin_api api = {
  WASM_PLUGIN_ABI, sizeof(wasm_plugin_api), create, destroy, error, take_settings, nothing, take_settings,
  NULL, NULL, echo_schema, serialize, restore, describe, prepare, set_parameter, get_parameter, nothing, echo_process,
};
const wasm_plugin_api *wasm_plugin_entry(void) { return &api; }
