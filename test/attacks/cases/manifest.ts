import { PluginError } from '@wasm-plugin/abi';
import { resolveConfig } from '@wasm-plugin/abi/config';
import { parseManifest } from '@wasm-plugin/abi/manifest';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { createPluginHost } from '@wasm-plugin/engine/host';
import type { Attack } from '../attack.js';

const LIMIT_MS = 500;
const MEMORY_BYTES = 2 ** 27;

const EMPTY = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00);

const manifest = (more: object): object => ({
  id: 'acme.bomb',
  name: 'bomb',
  version: '1.0.0',
  world: 'a:b/c',
  entry: 'p.wasm',
  ...more,
});

const members = (count: number, make: (index: number) => readonly [string, unknown]): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));

const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

/** A part that is applied 10,000 times to a reference to `#/$defs/many`. */
const many = (part: object): object => ({
  part,
  hundred: { allOf: times(100, { $ref: '#/$defs/part' }) },
  many: { allOf: times(100, { $ref: '#/$defs/hundred' }) },
});

/** Applies a part 10,000 times to a default. */
const applied = (part: object, value: unknown): object => ({
  type: 'object',
  $defs: many(part),
  properties: { a: { $ref: '#/$defs/many', default: value } },
});

const DOUBLED = { allOf: [{ $ref: '#/$defs/s' }, { $ref: '#/$defs/s' }] };

/** Schemas that a manifest may not bring, since resolving even an empty configuration would not end. */
const SCHEMAS: Readonly<Record<string, object>> = {
  'a14: allOf that refers twice to itself': { type: 'object', $defs: { s: DOUBLED }, $ref: '#/$defs/s' },
  'a13: defaults that double on each of 40 levels': {
    type: 'object',
    $defs: members(41, (level) => {
      const next = { $ref: `#/$defs/d${level + 1}` };
      const properties = level < 40 ? { a: next, b: next } : {};
      return [`d${level}`, { type: 'object', default: {}, properties }];
    }),
    $ref: '#/$defs/d0',
  },
  'a43: 1,000 defaults, each checked against 6,000 rules': {
    type: 'object',
    $defs: many({ allOf: times(60, { maximum: 5 }) }),
    properties: members(1000, (index) => [`p${index}`, { $ref: '#/$defs/hundred', default: 1 }]),
  },
  'anyOf whose branches fail after they have doubled': {
    type: 'object',
    $defs: { s: { anyOf: times(2, { allOf: [{ $ref: '#/$defs/s' }, { type: 'null' }] }) } },
    $ref: '#/$defs/s',
  },
  'items that must differ, compared 10,000 times': applied(
    { uniqueItems: true },
    Array.from({ length: 20_000 }, (_, index) => index),
  ),
  'a long text, measured 10,000 times': applied({ minLength: 5 }, 'z'.repeat(500_000)),
  'a long name, looked at 10,000 times': applied({ additionalProperties: {} }, { ['k'.repeat(500_000)]: 1 }),
  'a large value, compared with a choice 10,000 times': applied(
    { enum: [1] },
    Array.from({ length: 20_000 }, (_, index) => `x${index}`),
  ),
  'defaults of 3,000 members in 1,000 places': {
    type: 'object',
    $defs: { big: { default: times(3000, 1) } },
    properties: members(1000, (index) => [`p${index}`, { $ref: '#/$defs/big' }]),
  },
};

function refused(code: string, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (PluginError.is(error) && error.code === code) return;
    throw error;
  }
  throw new Error('it was accepted');
}

const attack = (name: string, prepare: Attack['prepare']): Attack => ({
  name: `manifest: ${name}`,
  folder: 'manifest',
  limitMs: LIMIT_MS,
  memoryBytes: MEMORY_BYTES,
  prepare,
});

/** A manifest that has to be refused. */
const text = (name: string, more: object): Attack =>
  attack(name, async () => {
    const json = JSON.stringify(manifest(more));
    return () => refused('WP_MANIFEST', () => parseManifest(json));
  });

/** 30 levels of plugins, of which each can be had in two ways that need the next one and then fail. */
async function hostOfRetries() {
  const host = createPluginHost();
  const add = async (id: string, dependencies: object): Promise<void> => {
    const json = JSON.stringify(manifest({ id, dependencies }));
    await host.add(memoryFiles({ 'plugin.json': json, 'p.wasm': EMPTY }, id));
  };
  for (let level = 0; level < 30; level++) {
    const [one, two, next] = [`b${level}`, `c${level}`, `a${level + 1}`];
    await add(`a${level}`, {
      [one]: { range: '*', optional: true },
      [two]: { range: '*', optional: true },
    });
    for (const id of [one, two]) await add(id, { [next]: '*', missing: '*' });
  }
  await add('a30', {});
  return host;
}

export const attacks: Attack[] = [
  ...Object.entries(SCHEMAS).map(([name, schema]) => text(name, { config: { schema } })),
  text('300,000 complaints in one place', {
    config: { schema: { type: 'object', additionalProperties: { required: times(300_000, 1) } } },
  }),
  text('a name that could be read in 2^30 ways', { world: `a:b/c${'-1'.repeat(100)}!` }),
  text('a name of a million letters', { interfaces: [`a:b/c${'-1'.repeat(500_000)}!`] }),
  attack('a configuration that is walked 2^40 times', async () => {
    const step = { type: 'object', properties: { a: { allOf: times(2, { $ref: '#/$defs/s' }) } } };
    const { configSchema: schema } = parseManifest(
      manifest({ config: { schema: { ...step, $defs: { s: step } } } }),
    );
    let config: object = {};
    for (let level = 0; level < 20; level++) config = { a: config };
    return () => refused('WP_CONFIG', () => resolveConfig(config, { plugin: 'acme.bomb', schema }));
  }),
  attack('a text that is longer with each variable', async () => {
    const variables = { env: { X: 'x'.repeat(100_000) }, lacking: () => undefined };
    const schema = { type: 'object', additionalProperties: { type: 'string' } } as const;
    const config = { a: '${X}'.repeat(100_000) };
    return () =>
      refused('WP_CONFIG', () => resolveConfig(config, { plugin: 'acme.bomb', schema, variables }));
  }),
  attack('optional dependencies that are tried 2^30 times', async () => {
    const host = await hostOfRetries();
    return async () => {
      const error: unknown = await host.load('a0').then(
        () => undefined,
        (reason: unknown) => reason,
      );
      refused('WP_DEPENDENCY', () => {
        throw error;
      });
    };
  }),
];
