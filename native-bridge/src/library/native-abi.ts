import type { Signature } from './ffi.js';
import { structOf } from './struct.js';

/** The number of the ABI in `include/wasm_plugin.h`. */
export const NATIVE_ABI = 1;

/** The one symbol that a library exports. */
export const ENTRY_SYMBOL = 'wasm_plugin_entry';

/** Results of native functions. */
export const STATUS = {
  ok: 0,
  failed: 1,
  unsupportedSetup: 2,
  unknownParameter: 3,
  invalidValue: 4,
  dead: -1,
} as const;

/** The structs of `include/wasm_plugin.h`; a test compares them with a C compiler's layout. */
export const STRUCTS = {
  host: structOf({ size: 'u32', reserved: 'u32', data: 'pointer', log: 'pointer', config: 'pointer' }),
  setting: structOf({ key: 'pointer', value: 'pointer' }),
  settings: structOf({ count: 'u32', reserved: 'u32', settings: 'pointer' }),
  state: structOf({ data: 'pointer', size: 'u64', version: 'pointer', schema: 'u32', reserved: 'u32' }),
  port: structOf({ name: 'pointer', direction: 'u32', channels: 'u32' }),
  parameter: structOf({
    id: 'u32',
    flags: 'u32',
    name: 'pointer',
    unit: 'pointer',
    min: 'f64',
    max: 'f64',
    default_value: 'f64',
    choices: 'pointer',
    choice_count: 'u32',
    reserved: 'u32',
  }),
  descriptor: structOf({
    name: 'pointer',
    ports: 'pointer',
    parameters: 'pointer',
    port_count: 'u32',
    parameter_count: 'u32',
    latency_frames: 'u32',
    reserved: 'u32',
  }),
  setup: structOf({ sample_rate_hz: 'f64', max_frames: 'u32', channels: 'u32' }),
  value: structOf({ value: 'f64', id: 'u32', reserved: 'u32' }),
  block: structOf({ inputs: 'pointer', outputs: 'pointer', channels: 'u32', frames: 'u32' }),
  api: structOf({
    abi: 'u32',
    size: 'u32',
    create: 'pointer',
    destroy: 'pointer',
    error: 'pointer',
    init: 'pointer',
    health: 'pointer',
    configure: 'pointer',
    start: 'pointer',
    stop: 'pointer',
    schema: 'pointer',
    serialize: 'pointer',
    restore: 'pointer',
    describe: 'pointer',
    prepare: 'pointer',
    set_parameter: 'pointer',
    get_parameter: 'pointer',
    reset: 'pointer',
    process: 'pointer',
  }),
} as const;

const ONE_STATUS: Signature = { result: 'i32', pointers: 1 };
const TWO_STATUS: Signature = { result: 'i32', pointers: 2 };

/** The functions of the table, with their shapes. */
export const FUNCTIONS = {
  create: { result: 'pointer', pointers: 1 },
  destroy: { result: 'void', pointers: 1 },
  error: { result: 'pointer', pointers: 1 },
  init: TWO_STATUS,
  health: ONE_STATUS,
  configure: TWO_STATUS,
  start: ONE_STATUS,
  stop: ONE_STATUS,
  schema: { result: 'u32', pointers: 1 },
  serialize: TWO_STATUS,
  restore: TWO_STATUS,
  describe: { result: 'pointer', pointers: 1 },
  prepare: TWO_STATUS,
  set_parameter: TWO_STATUS,
  get_parameter: TWO_STATUS,
  reset: ONE_STATUS,
  process: TWO_STATUS,
} as const satisfies Record<string, Signature>;

/** The name of a function of the table. */
export type FunctionName = keyof typeof FUNCTIONS;

/** Functions that a library may leave out. */
export const OPTIONAL: ReadonlySet<FunctionName> = new Set(['start', 'stop']);

/** Functions of audio: all or none. */
export const AUDIO: readonly FunctionName[] = [
  'describe',
  'prepare',
  'set_parameter',
  'get_parameter',
  'reset',
  'process',
];

/** Names of `flags parameter-flags`, by bit. */
export const PARAMETER_FLAGS = ['automatable', 'stepped', 'logarithmic', 'readOnly'] as const;
