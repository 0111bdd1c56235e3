/*
 * The native ABI of wasm-plugin: a shared library behind the same interfaces as a WebAssembly plugin.
 *
 * A library exports one function, `wasm_plugin_entry`. It returns a table of functions that stays where it is until the
 * library is unloaded. Every function takes one or two pointers, so that a call costs as little as can be.
 *
 * The host calls one function of an instance at a time, always from the same thread. `process`, `reset`, `set_parameter` and
 * `get_parameter` are called between two audio blocks: bounded time, no allocation, no lock, no call of the host.
 *
 * Texts are UTF-8 and end with a zero byte. What a plugin returns by pointer belongs to it, and stays as it is until the next
 * call of the same function or `destroy`; what the host passes holds for the call. Functions marked "optional" may be NULL.
 *
 * Layout: natural alignment of a 64-bit machine. Structures may grow at their end; `size` says which fields are there.
 */
#ifndef WASM_PLUGIN_H
#define WASM_PLUGIN_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WASM_PLUGIN_ABI 1

#if defined(_WIN32)
#define WASM_PLUGIN_EXPORT __declspec(dllexport)
#else
#define WASM_PLUGIN_EXPORT __attribute__((visibility("default")))
#endif

/* Results of functions. A host takes any other value as WASM_PLUGIN_FAILED. */
enum {
  WASM_PLUGIN_OK = 0,
  /* It did not work; the text of `error` says why. The instance stays as it was. */
  WASM_PLUGIN_FAILED = 1,
  /* `prepare`: the plugin cannot work with this setup; the text of `error` says what it can. */
  WASM_PLUGIN_UNSUPPORTED_SETUP = 2,
  /* There is no parameter of this id. */
  WASM_PLUGIN_UNKNOWN_PARAMETER = 3,
  /* The value is not finite, not in the range of the parameter, or the parameter is read-only. */
  WASM_PLUGIN_INVALID_VALUE = 4,
  /* The plugin is broken and must not be called again. */
  WASM_PLUGIN_DEAD = -1
};

/* An instance: what the plugin likes. */
typedef struct wasm_plugin wasm_plugin;

enum { WASM_PLUGIN_TRACE, WASM_PLUGIN_DEBUG, WASM_PLUGIN_INFO, WASM_PLUGIN_WARN, WASM_PLUGIN_ERROR };

/* interface log, interface config: what the host gives. It holds until `destroy` returns. */
typedef struct {
  uint32_t size;
  uint32_t reserved;
  void *data;
  /* Writes one line. Not from `process`. */
  void (*log)(void *data, uint32_t level, const char *message);
  /* Returns the value of a setting or NULL. The text holds until the next call of `config`. Not from `process`. */
  const char *(*config)(void *data, const char *key);
} wasm_plugin_host;

/* record setting */
typedef struct {
  const char *key;
  const char *value;
} wasm_plugin_setting;

typedef struct {
  uint32_t count;
  uint32_t reserved;
  const wasm_plugin_setting *settings;
} wasm_plugin_settings;

/* A saved state: written by `serialize`, read by `restore`. `schema` and `version` are those of the plugin that wrote it. */
typedef struct {
  const uint8_t *data;
  uint64_t size;
  const char *version;
  uint32_t schema;
  uint32_t reserved;
} wasm_plugin_state;

/* record port */
typedef struct {
  const char *name;
  /* 0 input, 1 output */
  uint32_t direction;
  uint32_t channels;
} wasm_plugin_port;

/* flags parameter-flags */
enum {
  WASM_PLUGIN_AUTOMATABLE = 1,
  WASM_PLUGIN_STEPPED = 2,
  WASM_PLUGIN_LOGARITHMIC = 4,
  WASM_PLUGIN_READ_ONLY = 8
};

/* record parameter */
typedef struct {
  uint32_t id;
  uint32_t flags;
  const char *name;
  const char *unit;
  double min;
  double max;
  double default_value;
  /* Names of the values min, min + 1, … of a stepped parameter, or none. */
  const char *const *choices;
  uint32_t choice_count;
  uint32_t reserved;
} wasm_plugin_parameter;

/* record descriptor */
typedef struct {
  const char *name;
  const wasm_plugin_port *ports;
  const wasm_plugin_parameter *parameters;
  uint32_t port_count;
  uint32_t parameter_count;
  uint32_t latency_frames;
  uint32_t reserved;
} wasm_plugin_descriptor;

/* record setup */
typedef struct {
  double sample_rate_hz;
  uint32_t max_frames;
  uint32_t channels;
} wasm_plugin_setup;

typedef struct {
  double value;
  uint32_t id;
  uint32_t reserved;
} wasm_plugin_value;

/* One block. The buffers do not overlap, and stay where they are from `prepare` to the next `prepare`. */
typedef struct {
  /* `channels` buffers each, of `max_frames` samples. The plugin may overwrite the inputs. */
  float *const *inputs;
  float *const *outputs;
  uint32_t channels;
  /* 1 to `max_frames` of the setup. */
  uint32_t frames;
} wasm_plugin_block;

typedef struct {
  /* WASM_PLUGIN_ABI, sizeof(wasm_plugin_api) */
  uint32_t abi;
  uint32_t size;

  /* Makes an instance; NULL where that is not possible. */
  wasm_plugin *(*create)(const wasm_plugin_host *host);
  /* Frees it. Not called for an instance that is WASM_PLUGIN_DEAD. */
  void (*destroy)(wasm_plugin *plugin);
  /* Returns the text of the last failure, possibly empty, never NULL. */
  const char *(*error)(wasm_plugin *plugin);

  /* interface lifecycle */
  int32_t (*init)(wasm_plugin *plugin, const wasm_plugin_settings *settings);
  int32_t (*health)(wasm_plugin *plugin);
  int32_t (*configure)(wasm_plugin *plugin, const wasm_plugin_settings *changed);
  /* Optional: after `init`, and before `destroy`. */
  int32_t (*start)(wasm_plugin *plugin);
  int32_t (*stop)(wasm_plugin *plugin);

  /* interface state */
  uint32_t (*schema)(wasm_plugin *plugin);
  /* Sets `data` and `size`. */
  int32_t (*serialize)(wasm_plugin *plugin, wasm_plugin_state *state);
  /* The bytes may be of any length and content. On a failure the plugin is as it was. */
  int32_t (*restore)(wasm_plugin *plugin, const wasm_plugin_state *state);

  /* interfaces processor and realtime; all NULL where the plugin processes no audio */
  const wasm_plugin_descriptor *(*describe)(wasm_plugin *plugin);
  int32_t (*prepare)(wasm_plugin *plugin, const wasm_plugin_setup *setup);
  int32_t (*set_parameter)(wasm_plugin *plugin, const wasm_plugin_value *value);
  int32_t (*get_parameter)(wasm_plugin *plugin, wasm_plugin_value *value);
  int32_t (*reset)(wasm_plugin *plugin);
  int32_t (*process)(wasm_plugin *plugin, const wasm_plugin_block *block);
} wasm_plugin_api;

/* The one symbol that a library exports. */
WASM_PLUGIN_EXPORT const wasm_plugin_api *wasm_plugin_entry(void);

#ifdef __cplusplus
}
#endif

#endif
