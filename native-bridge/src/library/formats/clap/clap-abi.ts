import type { Signature } from '../../ffi.js';
import { structOf } from '../../struct.js';

/** The symbol of a CLAP library: a struct, not a function. Layouts of CLAP 1.x. */
export const CLAP_SYMBOL = 'clap_entry';

/** `clap_version`, as the first three words of a struct. */
const VERSION = { major: 'u32', minor: 'u32', revision: 'u32' } as const;

/** The version that this host is. */
export const CLAP_VERSION = { major: 1, minor: 2, revision: 0 } as const;

export const CLAP = {
  entry: structOf({ ...VERSION, init: 'pointer', deinit: 'pointer', get_factory: 'pointer' }),
  factory: structOf({ count: 'pointer', descriptor: 'pointer', create: 'pointer' }),
  descriptor: structOf({ ...VERSION, id: 'pointer', name: 'pointer' }),
  plugin: structOf({
    desc: 'pointer',
    plugin_data: 'pointer',
    init: 'pointer',
    destroy: 'pointer',
    activate: 'pointer',
    deactivate: 'pointer',
    start_processing: 'pointer',
    stop_processing: 'pointer',
    reset: 'pointer',
    process: 'pointer',
    get_extension: 'pointer',
    on_main_thread: 'pointer',
  }),
  host: structOf({
    ...VERSION,
    host_data: 'pointer',
    name: 'pointer',
    vendor: 'pointer',
    url: 'pointer',
    version: 'pointer',
    get_extension: 'pointer',
    request_restart: 'pointer',
    request_process: 'pointer',
    request_callback: 'pointer',
  }),
  process: structOf({
    steady_time: 'u64',
    frames_count: 'u32',
    transport: 'pointer',
    audio_inputs: 'pointer',
    audio_outputs: 'pointer',
    audio_inputs_count: 'u32',
    audio_outputs_count: 'u32',
    in_events: 'pointer',
    out_events: 'pointer',
  }),
  buffer: structOf({
    data32: 'pointer',
    data64: 'pointer',
    channel_count: 'u32',
    latency: 'u32',
    constant_mask: 'u64',
  }),
  inEvents: structOf({ ctx: 'pointer', size: 'pointer', get: 'pointer' }),
  outEvents: structOf({ ctx: 'pointer', try_push: 'pointer' }),
  stream: structOf({ ctx: 'pointer', transfer: 'pointer' }),
  params: structOf({
    count: 'pointer',
    get_info: 'pointer',
    get_value: 'pointer',
    value_to_text: 'pointer',
    text_to_value: 'pointer',
    flush: 'pointer',
  }),
  ports: structOf({ count: 'pointer', get: 'pointer' }),
  latency: structOf({ get: 'pointer' }),
  state: structOf({ save: 'pointer', load: 'pointer' }),
} as const;

/** Offsets in a `clap_param_info`, in bytes. */
export const PARAM_INFO = {
  bytes: 1320,
  id: 0,
  flags: 4,
  name: 16,
  min: 1296,
  max: 1304,
  byDefault: 1312,
} as const;

/** Offsets in a `clap_audio_port_info`, in bytes. */
export const PORT_INFO = { bytes: 288, name: 4, channels: 264 } as const;

/** Bytes of a name in one of these. */
export const NAME_BYTES = 256;

export const PARAM_FLAG = { stepped: 1, readOnly: 8, automatable: 32 } as const;

/** Offsets in a `clap_event_param_value`, in bytes. */
export const PARAM_EVENT = {
  bytes: 56,
  type: 10,
  paramId: 16,
  noteId: 32,
  port: 36,
  channel: 38,
  key: 40,
  value: 48,
} as const;
export const PARAM_VALUE = 5;

export const BOOL1: Signature = { result: 'bool', pointers: 1 };
export const BOOL2: Signature = { result: 'bool', pointers: 2 };
export const BOOL3: Signature = { result: 'bool', pointers: 3 };
export const VOID1: Signature = { result: 'void', pointers: 1 };
export const POINTER2: Signature = { result: 'pointer', pointers: 2 };
export const U32_1: Signature = { result: 'u32', pointers: 1 };
