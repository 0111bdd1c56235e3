import { ConfigError } from '@wasm-plugin/abi';
import {
  changedSettings,
  mergeConfig,
  resolveConfig,
  settingsFrom,
  type VariableSource,
} from '@wasm-plugin/abi/config';
import { describe, expect, it } from 'vitest';

const SCHEMA = {
  type: 'object',
  properties: {
    gain: { type: 'number', minimum: -24, maximum: 24, default: 0 },
    mode: { enum: ['fast', 'good'], default: 'fast' },
    cache: {
      type: 'object',
      properties: { size: { type: 'integer', default: 10 }, path: { type: 'string' } },
      additionalProperties: false,
      default: {},
    },
    token: { type: 'string', maxLength: 10 },
    hosts: { type: 'array', items: { type: 'string' } },
  },
  additionalProperties: false,
} as const;

const variables: VariableSource = {
  env: { SIZE: '64', TOKEN: 'hunter2', LONG: 'a very long secret', ON: 'true' },
  lacking: (name) => (name === 'HOME' ? 'host' : name === 'PATH' ? 'manifest' : undefined),
};

const resolve = (values: unknown): unknown =>
  resolveConfig(values, { plugin: 'acme.eq', schema: SCHEMA, variables });

function problemsOf(values: unknown): ConfigError {
  try {
    resolve(values);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('resolveConfig()', () => {
  it('fills defaults, deeply, and freezes', () => {
    const values = resolve({});
    expect(values).toEqual({ gain: 0, mode: 'fast', cache: { size: 10 } });
    expect(Object.isFrozen((values as { cache: object }).cache)).toBe(true);
  });

  it('keeps what is given', () => {
    const given = { gain: -3, mode: 'good', cache: { size: 1, path: 'x' }, hosts: ['a'] };
    expect(resolve(given)).toEqual(given);
  });

  it('reads variables, as numbers where the schema wants them', () => {
    expect(resolve({ cache: { size: '${SIZE}', path: '/x/${TOKEN}/${NO:-y}/$${z}' } })).toMatchObject({
      cache: { size: 64, path: '/x/hunter2/y/${z}' },
    });
  });

  it('takes nothing where the plugin has no schema', () => {
    expect(resolveConfig({}, { plugin: 'x', schema: undefined })).toEqual({});
    expect(() => resolveConfig({ a: 1 }, { plugin: 'x', schema: undefined })).toThrow(
      '$.a is not a known key',
    );
  });

  it.each([
    [{ gian: 1 }, '$.gian is not a known key; did you mean "gain"?'],
    [{ gain: 99 }, '$.gain is 99: must be 24 or less'],
    [{ mode: 'god' }, '$.mode is "god": must be "fast" or "good"; did you mean "good"?'],
    [{ cache: { size: 1.5 } }, '$.cache.size is 1.5: must be a whole number'],
    [{ hosts: ['a', 2] }, '$.hosts[1] is 2: must be text'],
    [
      { token: '${HOME}' },
      '$.token refers to the variable HOME, and needs "env:HOME": the host does not grant it',
    ],
    [{ token: '${PATH}' }, 'needs "env:PATH": the manifest does not ask for it'],
    [{ token: '${NO}' }, '$.token refers to the variable NO, which is not set'],
    [{ token: '${1x' }, 'has a "${" that begins no reference'],
    [{ cache: { size: '${TOKEN}' } }, '$.cache.size is made from "${TOKEN}": must be a whole number'],
    [7, '$ is 7: must be an object'],
  ])('refuses %j', (values, message) => {
    const error = problemsOf(values);
    expect(error.message).toContain('Cannot configure "acme.eq": ');
    expect(error.message).toContain(message);
    expect(error).toMatchObject({ code: 'WP_CONFIG', plugin: 'acme.eq' });
  });

  it('never shows what a variable holds', () => {
    for (const values of [{ token: '${LONG}' }, { mode: '${TOKEN}' }, { cache: { size: '${LONG}' } }]) {
      const error = problemsOf(values);
      expect(JSON.stringify([error.message, error.problems])).not.toMatch(/hunter2|secret/);
    }
  });

  it('reads a fallback up to the brace that closes it', () => {
    const of = (token: string): unknown => (resolve({ token }) as { token: string }).token;
    expect(of('${ON:-{"a":1}}')).toBe('true');
    expect(of('${NO:-{"a":1}}')).toBe('{"a":1}');
    expect(of('${NO:-a}b}')).toBe('ab}');
    expect(of('${NO:-}')).toBe('');
    expect(of('${NO:-$${x}}')).toBe('${x}');
    expect(problemsOf({ token: '${NO:-${ON}}' }).message).toContain('refers to another variable');
    expect(problemsOf({ token: '${NO:-{}' }).message).toContain('no "}" closes');
  });

  it('refuses names with a dot, by which two settings could have one key', () => {
    const schema = { type: 'object' } as const;
    const given = { a: { b: 1 }, 'a.b': 2, list: [{ 'x.y': 1 }] };
    expect(() => resolveConfig(given, { plugin: 'x', schema })).toThrow(
      'Cannot configure "x": $["a.b"] has a name with a dot',
    );
  });

  it('says so where no key is known', () => {
    expect(() => resolveConfig({ gain: 1 }, { plugin: 'x', schema: undefined })).toThrow(
      '$.gain is not a known key; there are none',
    );
  });

  it('breaks off after a hundred problems', () => {
    const hosts = Array.from({ length: 10_000 }, (_, index) => index);
    const { problems } = problemsOf({ hosts });
    expect(problems).toHaveLength(100);
    expect(problems[0]?.message).toBe('is 0: must be text');
  });

  it('grants nothing by itself', () => {
    const given = { plugin: 'x', schema: SCHEMA };
    expect(() => resolveConfig({ token: '${TOKEN}' }, given)).toThrow('the host does not grant it');
  });
});

describe('settingsFrom()', () => {
  it('names settings by their path and writes values as JSON, text as it is', () => {
    expect(settingsFrom({ b: { y: 1, x: true }, a: 'text', c: [1, 'two'], d: null, ö: '', z: '' })).toEqual([
      { key: 'a', value: 'text' },
      { key: 'b.x', value: 'true' },
      { key: 'b.y', value: '1' },
      { key: 'c', value: '[1,"two"]' },
      { key: 'd', value: 'null' },
      { key: 'z', value: '' },
      { key: 'ö', value: '' },
    ]);
  });

  it('keeps an object without members', () => {
    expect(settingsFrom({ a: {}, b: { c: {} } })).toEqual([
      { key: 'a', value: '{}' },
      { key: 'b.c', value: '{}' },
    ]);
  });

  it('orders keys by their bytes, not by UTF-16', () => {
    expect(settingsFrom({ '\u{1F600}': 1, '\uFF21': 1 }).map(({ key }) => key)).toEqual([
      '\uFF21',
      '\u{1F600}',
    ]);
  });
});

describe('changedSettings()', () => {
  it('gives what is new or differs', () => {
    const before = settingsFrom({ a: 1, b: 2, c: 3 });
    expect(changedSettings(before, settingsFrom({ a: 1, b: 3, d: 4 }))).toEqual([
      { key: 'b', value: '3' },
      { key: 'd', value: '4' },
    ]);
  });
});

describe('mergeConfig()', () => {
  it('merges members, replaces everything else, and takes away with null', () => {
    const before = { a: { x: 1, y: 2 }, b: [1, 2], c: 3 };
    expect(mergeConfig(before, { a: { y: null, z: 4 }, b: [9], c: null })).toEqual({
      a: { x: 1, z: 4 },
      b: [9],
    });
    expect(before.a.y).toBe(2);
  });
});
