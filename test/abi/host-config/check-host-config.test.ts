import { readFileSync } from 'node:fs';
import { HOST_CONFIG_SCHEMA, checkHostConfig, fitsPattern, settingsOf } from '@wasm-plugin/abi/host-config';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { HOST_SCHEMA_FILE, hostSchemaText } from '../../../scripts/src/manifest-schema.js';

const WHOLE = {
  $schema: 'host.schema.json',
  folders: ['plugins', '@user'],
  autoLoad: ['acme.*'],
  plugins: {
    'acme.*': { grants: ['log'], update: 'minor' },
    'acme.eq': {
      enabled: false,
      priority: 5,
      version: '^1.0.0',
      config: { gain: 3, nested: { on: true } },
      limits: { fuel: '1e6', memoryBytes: '64 MiB' },
      isolation: 'worker',
    },
  },
  grants: ['log', 'fs:/data:ro'],
  limits: { timeMs: '50 ms' },
  trustedKeys: ['keys/acme.pub'],
  lockFile: 'wasm-plugin.lock.json',
  store: 'state',
  sandbox: { folder: 'data' },
  supervise: { healthMs: 1000, saveMs: 5000 },
  live: { pollMs: 1000, ignore: ['*.log'] },
  stopMs: 1000,
  metrics: true,
  audit: 'audit.log',
  door: { unix: 'door.sock' },
};

const problemsOf = (value: unknown): string[] =>
  checkHostConfig(value).problems.map(({ path, message }) => `${path} ${message}`);

describe('checkHostConfig()', () => {
  it('takes every option, and judges as ajv does', () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false }).compile(
      JSON.parse(JSON.stringify(HOST_CONFIG_SCHEMA)) as object,
    );
    expect(validate(WHOLE), JSON.stringify(validate.errors)).toBe(true);
    const { $schema: _, ...config } = WHOLE;
    expect(checkHostConfig(WHOLE)).toEqual({ config, problems: [] });
  });

  it('is published for editors as it is (npm run build:schema)', () => {
    const file = new URL(`../../../${HOST_SCHEMA_FILE}`, import.meta.url);
    expect(readFileSync(file, 'utf8').replaceAll('\r\n', '\n')).toBe(hostSchemaText());
  });

  it('names the place of each problem', () => {
    expect(problemsOf({})).toEqual([expect.stringContaining('$.folders is missing')]);
    expect(problemsOf({ folders: ['a'], superwise: true })).toEqual([
      expect.stringMatching(/^\$\.superwise .*supervise/),
    ]);
    expect(problemsOf({ folders: ['a'], plugins: { 'acme.eq': { isolation: 'thread' } } })).toEqual([
      expect.stringMatching(/^\$\.plugins\["acme\.eq"\]\.isolation .*"none" or "worker"/),
    ]);
  });

  it('checks capabilities, limits and ranges', () => {
    const found = problemsOf({
      folders: ['a'],
      grants: ['log', 'everything'],
      limits: { fuel: 'lots' },
      plugins: { eq: { version: 'newest', limits: { memoryBytes: '1 parsec' } } },
      door: {},
    });
    expect(found.map((line) => line.split(' ')[0])).toEqual([
      '$.grants[1]',
      '$.limits.fuel',
      '$.plugins.eq.limits.memoryBytes',
      '$.plugins.eq.version',
      '$.door',
    ]);
  });
});

describe('settingsOf()', () => {
  it('puts longer patterns before shorter ones, and the id before all', () => {
    const all = {
      'acme.eq': { priority: 3 },
      'acme.*': { priority: 2, update: 'minor' },
      '*': { priority: 1, enabled: false },
    } as const;
    expect(settingsOf(all, 'acme.eq')).toEqual({ priority: 3, update: 'minor', enabled: false });
    expect(settingsOf(all, 'other')).toEqual({ priority: 1, enabled: false });
  });

  it.each([
    ['*', 'a', true],
    ['a.*', 'a.b', true],
    ['a.*', 'ab', false],
    ['*.b', 'a.b', true],
    ['a*b*c', 'a.b.c', true],
    ['ab*ba', 'aba', false],
    ['a*b*b', 'ab', false],
    ['a', 'ab', false],
  ])('fits %s with %s: %s', (pattern, id, fits) => {
    expect(fitsPattern(pattern, id)).toBe(fits);
  });
});
