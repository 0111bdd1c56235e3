import type { JsonSchema } from '../json-schema/index.js';
import { LIMITS_SCHEMA } from '../limits-schema.js';

const PATH: JsonSchema = { title: 'a path', type: 'string', minLength: 1, maxLength: 4096 };
const MS: JsonSchema = { type: 'number', minimum: 0, maximum: 2_147_483_647 };
const COUNT: JsonSchema = { type: 'integer', minimum: 1, maximum: 1_000_000 };

const CAPABILITIES: JsonSchema = {
  type: 'array',
  items: {
    title: 'a capability such as "fs:/data:ro", "http:example.com", "env:HOME", "log", "clock"',
    type: 'string',
    minLength: 1,
    maxLength: 10_000,
    examples: ['log', 'config', 'clock', 'random', 'stdio', 'fs:/data:ro', 'http:example.com', 'env:HOME'],
  },
  maxItems: 1000,
};

const PATTERN: JsonSchema = {
  title: 'the id of a plugin, or a pattern such as "acme.*"',
  type: 'string',
  maxLength: 128,
  pattern: '^[a-z0-9*][a-z0-9._*-]*$',
};

const SETTINGS: JsonSchema = {
  type: 'object',
  properties: {
    enabled: { type: 'boolean', description: 'Whether it may be loaded. Where it is not there: true.' },
    priority: {
      type: 'number',
      minimum: -1_000_000,
      maximum: 1_000_000,
      description: 'Plugins of a higher priority start first, where dependencies leave the choice.',
    },
    version: {
      title: 'a range of versions such as "^1.2.0"',
      type: 'string',
      minLength: 1,
      maxLength: 256,
      description: 'The highest version in it is loaded.',
    },
    config: { type: 'object', description: 'Values of its configuration. Its manifest has their schema.' },
    grants: { ...CAPABILITIES, description: 'Its capabilities, in place of what all are granted.' },
    limits: { description: 'Its limits, below those of the host.', ...LIMITS_SCHEMA },
    isolation: {
      enum: ['none', 'worker'],
      description: 'The thread of its instances. Where it is not there: as its manifest says.',
    },
    update: {
      enum: ['none', 'patch', 'minor', 'major'],
      description: 'Kinds of updates that a change of its files may make. Where it is not there: any.',
    },
  },
  additionalProperties: false,
};

const SUPERVISE: JsonSchema = {
  description: 'Restarts plugins that die.',
  anyOf: [
    { type: 'boolean' },
    {
      type: 'object',
      properties: {
        healthMs: { ...MS, description: 'Time between two health checks.' },
        unhealthyAfter: { ...COUNT, description: 'Failed checks in a row before it is started anew.' },
        saveMs: { ...MS, description: 'Time between two saves of its state.' },
        mostRestarts: { ...COUNT, description: 'Restarts within restartsWithinMs before quarantine.' },
        restartsWithinMs: MS,
      },
      additionalProperties: false,
    },
  ],
};

const LIVE: JsonSchema = {
  description: 'Follows the folders: loads what appears, reloads what changes, unloads what goes.',
  anyOf: [
    { type: 'boolean' },
    {
      type: 'object',
      properties: {
        pollMs: { ...MS, minimum: 10, description: 'Looks so often, where the file system tells nothing.' },
        rescanMs: { ...MS, minimum: 100, description: 'Time between two looks, for events that got lost.' },
        ignore: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 1024 },
          maxItems: 1000,
          description: 'Names (*.log) and paths (out/cache) below a plugin that are not watched.',
        },
      },
      additionalProperties: false,
    },
  ],
};

const DOOR: JsonSchema = {
  description: 'The door for operators. Where it is not there: none.',
  type: 'object',
  properties: {
    unix: { ...PATH, description: 'A Unix socket, which this user alone may use.' },
    port: {
      type: 'integer',
      minimum: 1,
      maximum: 65_535,
      description: 'A port of the loopback interface. Each request needs the token.',
    },
    tokenFile: { ...PATH, description: 'File with the token; made where it is not there.' },
  },
  additionalProperties: false,
};

/** The JSON Schema of `wasm-plugin.config.json` and `.yaml`, published as `abi/schema/host.schema.json`. */
export const HOST_CONFIG_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'wasm-plugin.config.json',
  description:
    'The configuration of a host of plugins, for "wasm-plugin host". Paths are relative to the file.',
  type: 'object',
  properties: {
    $schema: { type: 'string', description: 'For editors.' },
    folders: {
      description: 'Folders that plugins lie in.',
      type: 'array',
      items: PATH,
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
    },
    autoLoad: {
      description: 'Plugins that are loaded as soon as they are found. Where it is not there: all.',
      anyOf: [{ type: 'boolean' }, { type: 'array', items: PATTERN, maxItems: 1000 }],
    },
    plugins: {
      description: 'Settings of plugins, by id or by a pattern of ids.',
      type: 'object',
      propertyNames: PATTERN,
      maxProperties: 1000,
      additionalProperties: SETTINGS,
    },
    grants: { ...CAPABILITIES, description: 'Capabilities of every plugin that asks for them.' },
    limits: { description: 'Limits of every plugin.', ...LIMITS_SCHEMA },
    trustedKeys: {
      description: 'Public keys of minisign: only what one of them signed is taken.',
      type: 'array',
      items: { title: 'a public key that begins with "RW"', type: 'string', minLength: 1, maxLength: 1024 },
      minItems: 1,
      maxItems: 100,
    },
    lockFile: { ...PATH, description: 'Lock file of "wasm-plugin install": only what it names is taken.' },
    store: { ...PATH, description: 'Folder that states are kept in.' },
    sandbox: {
      type: 'object',
      properties: { folder: { ...PATH, description: 'Folder in which each plugin has one of its own.' } },
      additionalProperties: false,
    },
    supervise: SUPERVISE,
    live: LIVE,
    stopMs: { ...MS, description: 'Time that the end of a plugin waits for its calls and its "stop".' },
    metrics: { type: 'boolean', description: 'Whether calls are counted and timed.' },
    audit: {
      ...PATH,
      description: 'File that gets a line for each load, grant, denial, reload and change of this file.',
    },
    door: DOOR,
  },
  required: ['folders'],
  additionalProperties: false,
};
