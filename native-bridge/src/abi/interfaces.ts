import type { InterfaceType, ValueType } from '../value/index.js';

const SETTING: ValueType = {
  record: [
    ['key', 'string'],
    ['value', 'string'],
  ],
};

const PORT: ValueType = {
  record: [
    ['name', 'string'],
    ['direction', { enum: ['input', 'output'] }],
    ['channels', 'u32'],
  ],
};

const PARAMETER: ValueType = {
  record: [
    ['id', 'u32'],
    ['name', 'string'],
    ['unit', 'string'],
    ['min', 'f64'],
    ['max', 'f64'],
    ['default', 'f64'],
    ['choices', { list: 'string' }],
    ['flags', { flags: ['automatable', 'stepped', 'logarithmic', 'read-only'] }],
  ],
};

const DESCRIPTOR: ValueType = {
  record: [
    ['name', 'string'],
    ['ports', { list: PORT }],
    ['parameters', { list: PARAMETER }],
    ['latency-frames', 'u32'],
  ],
};

const SETUP: ValueType = {
  record: [
    ['sample-rate-hz', 'f64'],
    ['max-frames', 'u32'],
    ['channels', 'u32'],
  ],
};

const AUDIO_ERROR: ValueType = {
  variant: [
    ['unsupported-setup', 'string'],
    ['unknown-parameter', 'u32'],
    ['invalid-value', 'f64'],
  ],
};

const OR_TEXT: ValueType = { result: { err: 'string' } };
const OR_AUDIO_ERROR: ValueType = { result: { err: AUDIO_ERROR } };

/** The interfaces of `wasm-plugin:abi` that a plugin exports, as in `abi/wit`; a test holds them to it. */
export const ABI_EXPORTS = {
  lifecycle: {
    init: { params: [['settings', { list: SETTING }]], result: OR_TEXT },
    health: { params: [], result: OR_TEXT },
    configure: { params: [['settings', { list: SETTING }]], result: OR_TEXT },
  },
  state: {
    schema: { params: [], result: 'u32' },
    serialize: { params: [], result: { result: { ok: { list: 'u8' }, err: 'string' } } },
    restore: {
      params: [
        ['state', { list: 'u8' }],
        ['schema', 'u32'],
        ['version', 'string'],
      ],
      result: OR_TEXT,
    },
  },
  processor: {
    describe: { params: [], result: DESCRIPTOR },
    prepare: { params: [['setup', SETUP]], result: OR_AUDIO_ERROR },
    'set-parameter': {
      params: [
        ['id', 'u32'],
        ['value', 'f64'],
      ],
      result: OR_AUDIO_ERROR,
    },
    'get-parameter': { params: [['id', 'u32']], result: { result: { ok: 'f64', err: AUDIO_ERROR } } },
    reset: { params: [] },
    process: { params: [['inputs', { list: { list: 'f32' } }]], result: { list: { list: 'f32' } } },
  },
} as const satisfies Record<string, InterfaceType>;

/** The interfaces of `wasm-plugin:abi` that a host gives. */
export const ABI_IMPORTS = {
  log: {
    log: {
      params: [
        ['level', { enum: ['trace', 'debug', 'info', 'warn', 'error'] }],
        ['message', 'string'],
      ],
    },
  },
  config: {
    get: { params: [['key', 'string']], result: { option: 'string' } },
    keys: { params: [], result: { list: 'string' } },
  },
} as const satisfies Record<string, InterfaceType>;
