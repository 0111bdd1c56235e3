/* Exports of a kernel: `wasm-plugin:abi/realtime` from a component, three functions from a native library. */

#define MAX_CHANNELS 8

#ifdef __wasm__

#define PAGE 65536
#define REALTIME "wasm-plugin:abi/realtime@0.1.0#"
#define EXPORT(name) __attribute__((export_name(name)))

extern unsigned char __heap_base;
static size_t heap_end;

static void *take(size_t bytes) {
  if (heap_end == 0) heap_end = ((size_t)&__heap_base + 15) & ~(size_t)15;
  size_t at = heap_end;
  heap_end += (bytes + 15) & ~(size_t)15;
  size_t pages = __builtin_wasm_memory_size(0);
  size_t wanted = (heap_end + PAGE - 1) / PAGE;
  if (wanted > pages && __builtin_wasm_memory_grow(0, wanted - pages) == (size_t)-1) __builtin_trap();
  memset((void *)at, 0, bytes);
  return (void *)at;
}

static struct kernel *kernels[MAX_CHANNELS];
static float *inputs[MAX_CHANNELS];
static float *outputs[MAX_CHANNELS];
static unsigned used_channels;
static unsigned most_frames;

/*
 * result<lane, audio-error> as the canonical ABI lays it out: its case, padded as the error holds an f64, then the record
 * of two lists and a number.
 */
static struct {
  uint64_t is_error;
  float **inputs;
  uint32_t input_count;
  float **outputs;
  uint32_t output_count;
  uint32_t max_frames;
} lane;

EXPORT(REALTIME "prepare") void *export_prepare(double sample_rate, uint32_t frames, uint32_t channels) {
  if (channels > MAX_CHANNELS || frames > 65536) __builtin_trap();
  heap_end = 0;
  for (unsigned at = 0; at < channels; at++) {
    inputs[at] = take(frames * sizeof(float));
    outputs[at] = take(frames * sizeof(float));
  }
  for (unsigned at = 0; at < channels; at++) {
    kernels[at] = take(sizeof(struct kernel));
    prepare(kernels[at], (float)sample_rate);
  }
  used_channels = channels;
  most_frames = frames;
  lane.is_error = 0;
  lane.inputs = inputs;
  lane.input_count = channels;
  lane.outputs = outputs;
  lane.output_count = channels;
  lane.max_frames = frames;
  return &lane;
}

static inline void process_channels(uint32_t frames) {
  if (frames > most_frames) frames = most_frames;
  for (unsigned at = 0; at < used_channels; at++) process(kernels[at], inputs[at], outputs[at], frames);
}

EXPORT(REALTIME "process-block") void export_process_block(uint32_t frames) { process_channels(frames); }

/* The same without a boundary: as many blocks as asked for in one call. */
EXPORT("process-blocks") void export_process_blocks(uint32_t frames, uint32_t blocks) {
  while (blocks-- > 0) process_channels(frames);
}

/* `prepare` takes a record of plain numbers and its result lies in static memory: the host allocates nothing here. */
EXPORT("cabi_realloc") void *export_realloc(void *old, size_t old_bytes, size_t align, size_t bytes) {
  (void)old, (void)old_bytes, (void)align, (void)bytes;
  __builtin_trap();
}

#else

/* Memory that nobody touches costs nothing, and no C library is asked for any: each can be linked in. */
static unsigned char arena[256 << 20] __attribute__((aligned(64)));
static size_t arena_end;

static void *take(size_t bytes) {
  size_t at = arena_end;
  arena_end += (bytes + 63) & ~(size_t)63;
  if (arena_end > sizeof arena) __builtin_trap();
  return arena + at;
}

struct effect {
  unsigned channels;
  struct kernel *kernels[MAX_CHANNELS];
};

struct effect *kernel_create(float sample_rate, uint32_t channels) {
  struct effect *effect = take(sizeof(struct effect));
  effect->channels = channels > MAX_CHANNELS ? MAX_CHANNELS : channels;
  for (unsigned at = 0; at < effect->channels; at++) {
    effect->kernels[at] = take(sizeof(struct kernel));
    prepare(effect->kernels[at], sample_rate);
  }
  return effect;
}

static inline void process_channels(struct effect *effect, float *const *in, float *const *out, uint32_t frames) {
  for (unsigned at = 0; at < effect->channels; at++) process(effect->kernels[at], in[at], out[at], frames);
}

void kernel_process(struct effect *effect, float *const *in, float *const *out, uint32_t frames) {
  process_channels(effect, in, out, frames);
}

/* The same without a boundary: as many blocks as asked for in one call. */
void kernel_process_blocks(struct effect *effect, float *const *in, float *const *out, uint32_t frames, uint32_t blocks) {
  while (blocks-- > 0) process_channels(effect, in, out, frames);
}

#endif
