import { CARRIER_KINDS } from '../carrier-kind.js';
import { META_SCHEMA, type JsonSchema } from '../json-schema/index.js';
import { LIMITS_SCHEMA } from '../limits-schema.js';

const TEXT: JsonSchema = { type: 'string', minLength: 1, maxLength: 10_000 };
const RANGE: JsonSchema = {
  title: 'a range of versions such as "^1.2.0"',
  type: 'string',
  minLength: 1,
  maxLength: 256,
};
const INTEGER_32: JsonSchema = { type: 'integer', minimum: 0, maximum: 4_294_967_295 };
const MS: JsonSchema = { type: 'number', minimum: 0, maximum: 2_147_483_647 };

const ID: JsonSchema = {
  title: 'an id such as "acme.eq": lower-case letters and digits, joined by ".", "-" or "_"',
  type: 'string',
  maxLength: 128,
  pattern: '^[a-z0-9]+(?:[._-][a-z0-9]+)*$',
};

const VERSION: JsonSchema = {
  title: 'a semantic version such as "1.2.3"',
  type: 'string',
  maxLength: 128,
  pattern:
    '^(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$',
};

const ENTRY: JsonSchema = {
  title: 'a path inside the plugin such as "plugin.wasm", or for the carrier "rpc" also an address',
  type: 'string',
  minLength: 1,
  maxLength: 1024,
};

/** Words of lower-case letters and digits, joined by hyphens: the name of a namespace or a package. */
const LOWER_LABEL = '[a-z][a-z0-9]*(?:-[a-z0-9]+)*';
/** Words in lower case or in capitals (`get-JSON`), joined by hyphens. No two ways to read one name: it takes linear time. */
const LABEL =
  '(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?=[0-9A-Za-z])[0-9]*(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)?)*';

const WORLD: JsonSchema = {
  title: 'the name of a WIT world such as "wasm-plugin:abi/audio-effect"',
  type: 'string',
  maxLength: 256,
  pattern: `^${LOWER_LABEL}:${LOWER_LABEL}/${LABEL}(?:@[0-9A-Za-z.+-]+)?$`,
};

const DEPENDENCY: JsonSchema = {
  title: 'a range of versions, or an object with "range"',
  anyOf: [
    RANGE,
    {
      type: 'object',
      properties: {
        range: RANGE,
        optional: {
          type: 'boolean',
          description: 'Whether the plugin also works without it. Where it is not there: false.',
        },
      },
      required: ['range'],
      additionalProperties: false,
    },
  ],
};

const PERMISSION: JsonSchema = {
  type: 'object',
  properties: {
    capability: {
      ...TEXT,
      title:
        'a capability such as "fs:/data:ro", "http:example.com", "env:HOME", "log", "clock", "publish:player.*"',
      examples: [
        'log',
        'config',
        'clock',
        'random',
        'stdio',
        'fs:/data:ro',
        'http:example.com',
        'env:HOME',
        'publish:player.*',
        'subscribe:player.**',
      ],
    },
    reason: { ...TEXT, title: 'why the plugin needs it, for the person who grants it' },
    required: { type: 'boolean', default: true, description: 'Whether the plugin cannot work without it.' },
  },
  required: ['capability', 'reason'],
  additionalProperties: false,
};

const PLATFORM: JsonSchema = {
  description: 'What to run on one kind of machine. The first that fits is taken.',
  type: 'object',
  properties: {
    os: { enum: ['linux', 'darwin', 'win32', 'freebsd'], description: 'Any, where it is not there.' },
    cpu: { enum: ['x64', 'arm64', 'ia32', 'arm', 'riscv64'], description: 'Any, where it is not there.' },
    libc: { enum: ['glibc', 'musl'], description: 'Of Linux. Any, where it is not there.' },
    entry: ENTRY,
  },
  required: ['entry'],
  additionalProperties: false,
};

const FALLBACK: JsonSchema = {
  description: 'What to run where neither "platforms" nor "entry" has anything for the machine.',
  type: 'object',
  properties: { carrier: { enum: CARRIER_KINDS }, entry: ENTRY },
  required: ['carrier', 'entry'],
  additionalProperties: false,
};

const LIMITS_OF_PLUGIN: JsonSchema = {
  description: 'What the plugin may use at most. It can only lower what the host allows.',
  ...LIMITS_SCHEMA,
};

const STATE: JsonSchema = {
  description: 'What the plugin saves and can take over. Left out: the plugin has no state.',
  type: 'object',
  properties: {
    schema: { ...INTEGER_32, title: 'the number of the state format that the plugin writes' },
    restores: {
      description: 'The older state formats that it can restore from.',
      type: 'array',
      items: INTEGER_32,
      maxItems: 1000,
      uniqueItems: true,
      default: [],
    },
    versions: { ...RANGE, description: 'The versions whose state it can restore from.', default: '*' },
  },
  required: ['schema'],
  additionalProperties: false,
};

const RELOAD: JsonSchema = {
  description: 'How the plugin wants to be replaced by another version while it runs.',
  type: 'object',
  properties: {
    enabled: { type: 'boolean', default: true },
    strategy: {
      enum: ['immediate', 'when-idle', 'blue-green'],
      default: 'immediate',
      description: 'When calls go to the new version. A time to do it at is for the host to give.',
    },
    policy: {
      enum: ['keep-old', 'discard-state', 'last-good'],
      default: 'keep-old',
      description: 'What to do when the state cannot be carried over.',
    },
    confirmCalls: {
      ...INTEGER_32,
      default: 100,
      description: 'Calls without a trap until the old version goes.',
    },
    confirmMs: { ...MS, default: 10_000, description: 'Time without a trap until the old version goes.' },
  },
  additionalProperties: false,
  default: {},
};

const UPDATE: JsonSchema = {
  description: 'Which new versions it may be replaced by.',
  type: 'object',
  properties: {
    channel: {
      title: 'a channel such as "stable" or "beta"',
      type: 'string',
      maxLength: 32,
      pattern: '^[a-z][a-z0-9]*$',
      default: 'stable',
    },
  },
  additionalProperties: false,
  default: {},
};

const ISOLATION: JsonSchema = {
  enum: ['none', 'worker'],
  description: 'The thread it wants: that of the host, or one of its own, whose calls are answered later.',
};

const ACTIVITY: JsonSchema = {
  description: 'What a plugin does by itself, if it exports wasm-plugin:abi/activity.',
  type: 'object',
  properties: {
    tickMs: {
      ...MS,
      minimum: 1,
      description: 'Time between two calls of "tick". Where it is not there: none.',
    },
    stopMs: { ...MS, description: 'Time that "stop" needs at most. The host may allow less.' },
  },
  additionalProperties: false,
  default: {},
};

const EVENTS: JsonSchema = {
  description: 'How a plugin receives events, if it exports wasm-plugin:abi/subscriber.',
  type: 'object',
  properties: {
    queue: {
      type: 'integer',
      minimum: 1,
      maximum: 1_000_000,
      description: 'Most events that wait for it. The host may allow less.',
    },
    overflow: {
      enum: ['drop-oldest', 'drop-newest', 'keep-latest'],
      default: 'drop-oldest',
      description:
        'The event that is lost when the queue is full; "keep-latest" has one event of each topic wait.',
    },
  },
  additionalProperties: false,
  default: {},
};

const AUDIO: JsonSchema = {
  description:
    'Promises of an audio plugin, which "wasm-plugin test" holds it to. A host does not read them.',
  type: 'object',
  properties: {
    fuelPerFrame: {
      type: 'number',
      minimum: 0,
      description:
        'The most fuel that a block burns, divided by its frames: in blocks of 128 frames at 48 kHz, with two channels or as many as the ports have.',
    },
  },
  additionalProperties: false,
};

const BUILD: JsonSchema = {
  description: 'How the plugin is made from its sources, for "wasm-plugin dev". A host never runs it.',
  type: 'object',
  properties: {
    command: { ...TEXT, title: 'a command line that writes the file named by "entry", such as "make"' },
  },
  required: ['command'],
  additionalProperties: false,
};

const CONFIG: JsonSchema = {
  description: 'The settings that a user may make.',
  type: 'object',
  properties: { schema: { $ref: '#/$defs/jsonSchema' } },
  required: ['schema'],
  additionalProperties: false,
};

/** The JSON Schema of `plugin.json`, published as `abi/schema/plugin.schema.json`. */
export const MANIFEST_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'plugin.json',
  description: 'The manifest of a plugin: what it is, how it runs, and what it needs.',
  type: 'object',
  properties: {
    $schema: { type: 'string', description: 'For editors.' },
    id: ID,
    name: { ...TEXT, title: 'a name for people' },
    version: VERSION,
    description: { type: 'string', maxLength: 10_000, default: '' },
    author: TEXT,
    license: { ...TEXT, description: 'An SPDX expression such as "Apache-2.0".' },
    homepage: {
      title: 'an address that begins with "https://" or "http://"',
      type: 'string',
      maxLength: 2048,
      pattern: '^https?://[^\\s]+$',
    },
    tags: { type: 'array', items: { ...TEXT, maxLength: 64 }, maxItems: 100, uniqueItems: true, default: [] },
    carrier: { enum: CARRIER_KINDS, default: 'wasm', description: 'How the plugin runs.' },
    entry: ENTRY,
    platforms: {
      description: 'Native entries for each kind of machine.',
      type: 'array',
      items: PLATFORM,
      maxItems: 100,
      default: [],
    },
    fallbacks: { type: 'array', items: FALLBACK, maxItems: 10, default: [] },
    world: WORLD,
    interfaces: {
      description:
        'WIT interfaces that the plugin exports, for those who look for a plugin by what it can do.',
      type: 'array',
      items: { ...WORLD, title: 'the name of a WIT interface such as "acme:audio/processor@1.0.0"' },
      maxItems: 1000,
      uniqueItems: true,
      default: [],
    },
    idempotent: {
      description: 'Of the interfaces that it exports, those whose calls may be made twice without harm.',
      type: 'array',
      items: { ...WORLD, title: 'the name of a WIT interface such as "acme:lyrics/source@1.0.0"' },
      maxItems: 1000,
      uniqueItems: true,
      default: [],
    },
    extensionPoints: {
      description:
        'WIT interfaces that it imports from all plugins that export them: the first that answers does.',
      type: 'array',
      items: { ...WORLD, title: 'the name of a WIT interface such as "acme:lyrics/source@1.0.0"' },
      maxItems: 100,
      uniqueItems: true,
      default: [],
    },
    abi: { ...RANGE, description: 'Versions of wasm-plugin:abi that it was made for.', default: '*' },
    engine: { ...RANGE, description: 'Versions of the engine that it runs on.', default: '*' },
    dependencies: {
      description: 'Other plugins, by id.',
      type: 'object',
      propertyNames: ID,
      maxProperties: 1000,
      additionalProperties: DEPENDENCY,
      default: {},
    },
    permissions: { type: 'array', items: PERMISSION, maxItems: 1000, default: [] },
    limits: { ...LIMITS_OF_PLUGIN, default: {} },
    config: CONFIG,
    state: STATE,
    reload: RELOAD,
    update: UPDATE,
    isolation: ISOLATION,
    activity: ACTIVITY,
    events: EVENTS,
    audio: AUDIO,
    build: BUILD,
  },
  required: ['id', 'name', 'version', 'world'],
  additionalProperties: false,
  $defs: { jsonSchema: META_SCHEMA },
};
