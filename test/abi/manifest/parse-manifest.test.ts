import { ManifestError } from '@wasm-plugin/abi';
import { parseManifest } from '@wasm-plugin/abi/manifest';
import { describe, expect, it } from 'vitest';
import { FULL_MANIFEST, SMALL_MANIFEST } from './full-manifest.js';

function problemsOf(given: unknown): string[] {
  try {
    parseManifest(given, 'plugins/x/plugin.json');
  } catch (error) {
    if (error instanceof ManifestError)
      return error.problems.map(({ path, message }) => `${path} ${message}`);
    throw error;
  }
  return [];
}

describe('parseManifest() with good input', () => {
  it('reads text and values alike', () => {
    expect(parseManifest(JSON.stringify(FULL_MANIFEST))).toEqual(parseManifest(FULL_MANIFEST));
    expect(parseManifest(`\uFEFF${JSON.stringify(FULL_MANIFEST)}`)).toEqual(parseManifest(FULL_MANIFEST));
  });

  it('reads every field', () => {
    expect(parseManifest(FULL_MANIFEST)).toEqual({
      id: 'acme.eq',
      name: 'Equalizer',
      version: '1.2.3-beta.1',
      description: 'Four bands.',
      author: 'Acme',
      license: 'Apache-2.0',
      homepage: 'https://example.com/eq',
      tags: ['audio', 'eq'],
      carrier: 'library',
      entry: 'lib/eq.so',
      platforms: [{ os: 'linux', cpu: 'arm64', libc: 'musl', entry: 'lib/eq-arm64.so' }],
      fallbacks: [{ carrier: 'wasm', entry: 'eq.wasm' }],
      world: 'wasm-plugin:abi/audio-effect',
      interfaces: ['wasm-plugin:abi/processor@0.1.0'],
      abi: '^0.1.0',
      engine: '>=0.1.0',
      dependencies: [
        { id: 'acme.curves', range: '^1.0.0', optional: false },
        { id: 'acme.meter', range: '>=2 <4', optional: true },
      ],
      permissions: [
        { capability: { kind: 'log' }, reason: 'to say what it does', required: true },
        {
          capability: { kind: 'fs', path: '/presets', readOnly: true },
          reason: 'to read presets',
          required: false,
        },
      ],
      limits: { memoryBytes: '16 MiB', fuel: 1_000_000, strictMemory: true },
      configSchema: FULL_MANIFEST.config.schema,
      state: { schema: 3, restores: [3, 2, 1], versions: '>=1.0.0-0' },
      reload: {
        enabled: true,
        strategy: 'when-idle',
        policy: 'last-good',
        confirmCalls: 10,
        confirmMs: 10_000,
      },
      channel: 'beta',
      isolation: 'worker',
      activity: { tickMs: 100, stopMs: 2000 },
      idempotent: ['wasm-plugin:abi/processor@0.1.0'],
      extensionPoints: ['acme:lyrics/source'],
      events: { queue: 16, overflow: 'keep-latest' },
      build: { command: 'make' },
    });
  });

  it('fills every default', () => {
    expect(parseManifest(SMALL_MANIFEST)).toMatchObject({
      description: '',
      author: undefined,
      tags: [],
      carrier: 'wasm',
      platforms: [],
      fallbacks: [],
      interfaces: [],
      abi: '*',
      engine: '*',
      dependencies: [],
      permissions: [],
      limits: {},
      configSchema: undefined,
      state: undefined,
      reload: {
        enabled: true,
        strategy: 'immediate',
        policy: 'keep-old',
        confirmCalls: 100,
        confirmMs: 10_000,
      },
      channel: 'stable',
    });
  });

  it('freezes all of it, and leaves what it was given', () => {
    const given = structuredClone(FULL_MANIFEST);
    const manifest = parseManifest(given);
    expect(Object.isFrozen(manifest)).toBe(true);
    expect(Object.isFrozen(manifest.permissions[1]?.capability)).toBe(true);
    expect(Object.isFrozen(given.tags)).toBe(false);
    expect(given).toEqual(FULL_MANIFEST);
  });

  it('takes an address as the entry of an rpc plugin', () => {
    expect(parseManifest({ ...SMALL_MANIFEST, carrier: 'rpc', entry: 'unix:/run/eq.sock' }).entry).toBe(
      'unix:/run/eq.sock',
    );
  });
});

describe('parseManifest() with bad input', () => {
  const cases: [string, object, string][] = [
    [
      'a misspelt key',
      { persmissions: [] },
      '$.persmissions is not a known key; did you mean "permissions"?',
    ],
    ['a key from nowhere', { zzzzzzzz: 1 }, '$.zzzzzzzz is not a known key; there may be $schema, id, name'],
    [
      'a misspelt choice',
      { carrier: 'wsm' },
      '$.carrier is "wsm": must be "wasm", "library" or "rpc"; did you mean "wasm"?',
    ],
    ['a missing field', { name: undefined }, '$.name is missing: a name for people'],
    ['a wrong type', { tags: 'audio' }, '$.tags is "audio": must be an array'],
    ['a bad id', { id: 'Acme EQ' }, '$.id is "Acme EQ": must be an id such as "acme.eq"'],
    ['a bad version', { version: '1.2' }, '$.version is "1.2": must be a semantic version such as "1.2.3"'],
    [
      'a bad range',
      { engine: 'latest and greatest' },
      '$.engine is "latest and greatest": must be a range of versions',
    ],
    [
      'a bad dependency',
      { dependencies: { 'acme.x': 'what' } },
      '$.dependencies["acme.x"] is "what": must be a range of versions',
    ],
    [
      'a dependency on itself',
      { dependencies: { 'acme.small': '*' } },
      '$.dependencies["acme.small"] is the plugin itself',
    ],
    [
      'a bad dependency id',
      { dependencies: { 'A B': '*' } },
      '$.dependencies["A B"] has a name that is "A B": must be an id',
    ],
    ['a nested unknown key', { dependencies: { x: { rnage: '*' } } }, '$.dependencies.x.range is missing'],
    [
      'a bad capability',
      { permissions: [{ capability: 'fs:../x', reason: 'r' }] },
      '$.permissions[0].capability is "fs:../x": a path may not have ".." in it',
    ],
    [
      'a permission without a reason',
      { permissions: [{ capability: 'log' }] },
      '$.permissions[0].reason is missing: why the plugin needs it',
    ],
    ['an unknown limit', { limits: { memory: 1 } }, '$.limits.memory is not a known key'],
    [
      'a bad limit',
      { limits: { memoryBytes: '1 elephant' } },
      '$.limits.memoryBytes is "1 elephant": wanted a number of bytes',
    ],
    [
      'an escape',
      { entry: '../evil.wasm' },
      '$.entry is "../evil.wasm": must be a path inside the plugin, without ".."',
    ],
    ['an absolute entry', { entry: '/bin/sh' }, '$.entry is "/bin/sh": must be a path inside the plugin'],
    ['no entry', { entry: undefined }, '$.entry is missing: a path inside the plugin, or give "platforms"'],
    ['platforms of a component', { platforms: [{ entry: 'x' }] }, '$.platforms'],
    [
      'an unknown configuration keyword',
      { config: { schema: { type: 'object', propertes: {} } } },
      '$.config.schema.propertes is not a known key; did you mean "properties"?',
    ],
    [
      'a pattern in the configuration',
      { config: { schema: { type: 'object', properties: { x: { pattern: '(a+)+$' } } } } },
      '$.config.schema.properties.x.pattern is not a known key',
    ],
    [
      'a configuration that is no object',
      { config: { schema: { type: 'string' } } },
      '$.config.schema.type is "string": must be "object"',
    ],
    [
      'a $ref to nowhere',
      { config: { schema: { type: 'object', properties: { x: { $ref: '#/$defs/y' } } } } },
      '$.config.schema.properties.x.$ref is "#/$defs/y": must be "#" or a name',
    ],
    [
      'a default that does not fit',
      { config: { schema: { type: 'object', properties: { x: { type: 'number', default: 'a' } } } } },
      '$.config.schema.properties.x.default is "a": does not fit its own schema: it is "a": must be a number',
    ],
    ['a state number out of range', { state: { schema: -1 } }, '$.state.schema is -1: must be 0 or more'],
    [
      'a type of no schema',
      { config: { schema: { type: 'object', properties: { x: { type: 'nubmer' } } } } },
      '$.config.schema.properties.x.type is "nubmer": must be "null", "boolean", "integer", "number", "string", "array" or "object"; did you mean "number"?',
    ],
    [
      'a schema that is none',
      { config: { schema: { type: 'object', additionalProperties: 7 } } },
      '$.config.schema.additionalProperties is 7: must be true, false or a schema',
    ],
    [
      'a name of a setting',
      { config: { schema: { type: 'object', properties: { 'a.b': {} } } } },
      '$.config.schema.properties["a.b"] has a name that is "a.b": must be letters, digits',
    ],
    [
      'a dependency of no kind',
      { dependencies: { x: 7 } },
      '$.dependencies.x is 7: must be a range of versions, or',
    ],
    ['text that is too long', { id: 'x'.repeat(200) }, 'must be text of at most 128 characters'],
    ['the same tag twice', { tags: ['a', 'a'] }, '$.tags[1] is "a": must not be there twice'],
  ];

  it.each(cases)('names %s, the value and what is allowed', (_, change, expected) => {
    expect(problemsOf({ ...SMALL_MANIFEST, ...change })[0]).toContain(expected);
  });

  it('reports every problem at once', () => {
    expect(problemsOf({ ...SMALL_MANIFEST, id: 7, version: 'x', tags: 1 })).toHaveLength(3);
  });

  it('names the first hundred problems and says that there are more', () => {
    const problems = problemsOf({ ...SMALL_MANIFEST, permissions: Array.from({ length: 150 }, () => 7) });
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toBe('$ has more problems');
    const keys = Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`permisions${index}`, 1]));
    expect(problemsOf(JSON.stringify({ ...keys, ...SMALL_MANIFEST }))[0]).toContain('longer than');
    const fewer = Object.fromEntries(Object.entries(keys).slice(0, 40_000));
    expect(problemsOf({ ...fewer, ...SMALL_MANIFEST })).toHaveLength(101);
  });

  it('says where the text breaks', () => {
    expect(problemsOf('{\n  "id": "x",\n  oops\n}')[0]).toMatch(/^\$ is no JSON: .* line 3, column 3/);
  });

  it.each([undefined, null, 7, [], 'null', '[]', '"x"', ''])('refuses %j', (given) => {
    expect(problemsOf(given)).toHaveLength(1);
  });

  it('refuses what JSON cannot hold, and what is too deep or too long', () => {
    expect(problemsOf({ ...SMALL_MANIFEST, tags: [() => 1] })[0]).toBe(
      '$.tags[0] is nothing that JSON can hold',
    );
    expect(problemsOf({ ...SMALL_MANIFEST, tags: new Date() })[0]).toBe('$.tags is not a plain object');
    let deep: unknown = {};
    for (let level = 0; level < 100; level++) deep = { deep };
    expect(problemsOf({ ...SMALL_MANIFEST, x: deep })[0]).toContain('is nested deeper than 64 levels');
    expect(problemsOf(`"${'x'.repeat(2_000_000)}"`)[0]).toContain('is longer than');
    expect(problemsOf('['.repeat(500_000))[0]).toContain('is no JSON');
  });

  it('is not fooled by __proto__', () => {
    expect(problemsOf('{"__proto__": {"id": "x"}}').join()).toContain('$.__proto__ is not a known key');
    expect(({} as { id?: string }).id).toBeUndefined();
  });

  it('bounds the work of a hostile schema', () => {
    const $defs: Record<string, unknown> = { d60: { type: 'number' } };
    for (let level = 0; level < 60; level++) {
      const $ref = `#/$defs/d${level + 1}`;
      $defs[`d${level}`] = { anyOf: [{ $ref }, { $ref }] };
    }
    const schema = { type: 'object', $defs, properties: { x: { $ref: '#/$defs/d0', default: 'no number' } } };
    expect(problemsOf({ ...SMALL_MANIFEST, config: { schema } })).not.toEqual([]);
  });

  it('refuses versions that semver does not take, also in the names of interfaces', () => {
    for (const version of ['1.0.0-2024.01.05', '1.0.0-beta.01', '1.0.0-01', '1.0.99999999999999999']) {
      expect(problemsOf({ ...SMALL_MANIFEST, version })).toEqual([
        `$.version is "${version}": must have a semantic version such as "1.2.3" or "1.2.3-beta.4"`,
      ]);
      expect(problemsOf({ ...SMALL_MANIFEST, interfaces: [`a:b/c@${version}`] })).toHaveLength(1);
      expect(problemsOf({ ...SMALL_MANIFEST, world: `a:b/c@${version}` })).toHaveLength(1);
    }
  });

  it('refuses a schema that would keep a host busy, before anything is loaded', () => {
    const twice = { allOf: [{ $ref: '#/$defs/s' }, { $ref: '#/$defs/s' }] };
    const schema = { type: 'object', $defs: { s: twice }, $ref: '#/$defs/s' };
    expect(problemsOf({ ...SMALL_MANIFEST, config: { schema } }).join()).toContain(
      '$.config.schema takes more than 200000 steps to resolve an empty configuration',
    );
  });
});

describe('parseManifest() with names of WIT', () => {
  it('takes words in capitals where WIT does', () => {
    const { interfaces, world } = parseManifest({
      ...SMALL_MANIFEST,
      world: 'a:b/PCM-effect',
      interfaces: ['a:b/JSON-tools', 'a:b/get-JSON@1.0.0', 'a:b-2/to-8-bit'],
    });
    expect([world, ...interfaces]).toHaveLength(4);
  });

  it('refuses names that WIT refuses', () => {
    for (const name of ['a:b/Json', 'A:b/c', 'a:B/c', 'a:b/c-', 'a:b/c--d', 'a:b/1c', 'a:b/c-Xy']) {
      expect(problemsOf({ ...SMALL_MANIFEST, interfaces: [name] })).toHaveLength(1);
    }
  });
});
