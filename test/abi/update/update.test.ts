import { parseCapability } from '@wasm-plugin/abi';
import { parseManifest } from '@wasm-plugin/abi/manifest';
import {
  channelOf,
  createUpdateHistory,
  policyProblem,
  takesFrom,
  updateVerdict,
  upgradePath,
  type UpdateContext,
  type UpdateRecord,
} from '@wasm-plugin/abi/update';
import { updateKind } from '@wasm-plugin/abi/version';
import { describe, expect, it } from 'vitest';
import { SMALL_MANIFEST } from '../manifest/full-manifest.js';

describe('updateKind()', () => {
  it.each([
    ['1.0.0', '1.0.0', 'same'],
    ['1.0.0', '1.0.0+build', 'same'],
    ['1.0.1', '1.0.0', 'downgrade'],
    ['1.0.0', '1.0.0-rc.1', 'downgrade'],
    ['1.0.0-beta.1', '1.0.0-beta.2', 'prerelease'],
    ['1.0.0-beta.1', '1.0.0', 'prerelease'],
    ['1.0.0', '1.0.9', 'patch'],
    ['1.0.0', '1.1.0-beta', 'minor'],
    ['1.9.9', '2.0.0', 'major'],
    ['0.1.0', '0.1.1', 'patch'],
    ['0.1.0', '0.2.0', 'major'],
    ['0.0.1', '0.0.2', 'major'],
  ])('%s → %s is %s', (from, to, kind) => {
    expect(updateKind(from, to)).toBe(kind);
  });
});

/** A policy of the caller's own. */
const onlyDown = ({ kind }: { kind: string }): true | string => kind === 'downgrade' || 'only downgrades';

describe('policyProblem()', () => {
  it.each([
    ['none', '1.0.0', '1.0.1'],
    ['patch', '1.0.0', '1.1.0'],
    ['minor', '1.0.0', '2.0.0'],
    ['minor', '0.1.0', '0.2.0'],
    ['major', '1.0.0', '0.9.0'],
  ] as const)('"%s" refuses %s → %s', (policy, from, to) => {
    expect(policyProblem(policy, { from, to })).toContain(`${from} → ${to} is a`);
  });

  it.each([
    ['patch', '1.0.0', '1.0.1'],
    ['minor', '1.0.0', '1.1.0'],
    ['major', '1.0.0', '9.0.0'],
    ['none', '1.0.0', '1.0.0'],
  ] as const)('"%s" allows %s → %s', (policy, from, to) => {
    expect(policyProblem(policy, { from, to })).toBeUndefined();
  });

  it('asks a function, also about a downgrade', () => {
    expect(policyProblem(onlyDown, { from: '2.0.0', to: '1.0.0' })).toBeUndefined();
    expect(policyProblem(onlyDown, { from: '1.0.0', to: '2.0.0' })).toBe('only downgrades');
  });
});

describe('channels', () => {
  it('are read from the pre-release tag', () => {
    expect(['1.0.0', '1.0.0-beta.1', '1.0.0-RC', '1.0.0-7', '1.0.0-acme.3'].map(channelOf)).toEqual([
      'stable',
      'beta',
      'rc',
      'alpha',
      'acme',
    ]);
  });

  it('take from steadier channels, never from newer ones', () => {
    expect(takesFrom('beta', '1.0.0')).toBe(true);
    expect(takesFrom('beta', '1.0.0-rc.1')).toBe(true);
    expect(takesFrom('beta', '1.0.0-alpha.1')).toBe(false);
    expect(takesFrom('stable', '1.0.0-beta.1')).toBe(false);
    expect(takesFrom('acme', '1.0.0-acme.1')).toBe(true);
    expect(takesFrom('acme', '1.0.0-beta.1')).toBe(false);
  });
});

const manifest = (change: object): ReturnType<typeof parseManifest> =>
  parseManifest({ ...SMALL_MANIFEST, ...change });
const HOST = { engine: '0.1.0', abi: '0.1.0' };

describe('updateVerdict()', () => {
  const from = manifest({ state: { schema: 1 } });
  const judge = (to: object, context: Partial<UpdateContext> = {}): ReturnType<typeof updateVerdict> =>
    updateVerdict(from, manifest({ version: '1.1.0', state: { schema: 1 }, ...to }), {
      host: HOST,
      ...context,
    });

  it('allows a plain update', () => {
    expect(judge({})).toEqual({ allowed: true, kind: 'minor', problems: [], warnings: [] });
  });

  it.each<[string, object, Partial<UpdateContext>, string]>([
    ['id', { id: 'acme.other' }, {}, '"acme.other" is another plugin than "acme.small"'],
    [
      'policy',
      {},
      { policy: 'patch' },
      '1.0.0 → 1.1.0 is a minor update; the policy "patch" allows updates up to patch',
    ],
    ['channel', { version: '1.1.0-beta.1' }, {}, '1.1.0-beta.1 is not on the channel "stable"'],
    ['engine', { engine: '>=9' }, {}, 'it needs the engine >=9; this is 0.1.0'],
    ['abi', { abi: '^2.0.0' }, {}, 'it needs wasm-plugin:abi ^2.0.0; this is 0.1.0'],
    ['world', { world: 'acme:x/y' }, {}, 'the world changes from "wasm-plugin:abi/plugin" to "acme:x/y"'],
    [
      'dependency',
      { dependencies: { b: '^2.0.0' } },
      { installed: new Map([['b', ['1.0.0']]]) },
      'it needs "b" ^2.0.0; there is 1.0.0',
    ],
    [
      'dependent',
      {},
      { dependents: [{ id: 'c', range: '~1.0.0', optional: false }] },
      '"c" needs "acme.small" ~1.0.0',
    ],
    [
      'permission',
      { permissions: [{ capability: 'fs:/x', reason: 'r' }] },
      {},
      '"fs:/x" is asked for anew and is not granted',
    ],
    [
      'state',
      { state: { schema: 2 } },
      {},
      '1.1.0 restores the state formats 2; 1.0.0 writes 1, and there is no migration',
    ],
    [
      'state',
      { state: { schema: 1, versions: '>=1.0.5' } },
      {},
      '1.1.0 restores the state of versions >=1.0.5, not of 1.0.0',
    ],
    ['config', {}, { configProblem: () => '$.gain is missing' }, '$.gain is missing'],
  ])('refuses for the rule "%s"', (rule, to, context, message) => {
    expect(judge(to, context)).toMatchObject({ allowed: false, problems: [{ rule, message }] });
  });

  it('lets a migration carry the state', () => {
    expect(
      judge({ state: { schema: 2 } }, { canMigrate: (a, b) => a.schema === 1 && b.schema === 2 }).allowed,
    ).toBe(true);
  });

  it('warns of what should be known', () => {
    const verdict = judge(
      {
        state: undefined,
        permissions: [
          { capability: 'fs:/x', reason: 'r' },
          { capability: 'clock', reason: 'r', required: false },
        ],
        dependencies: { b: { range: '*', optional: true } },
      },
      {
        grants: [parseCapability('fs:/')],
        installed: new Map(),
        dependents: [{ id: 'c', range: '~1.0.0', optional: true }],
      },
    );
    expect(verdict.allowed).toBe(true);
    expect(verdict.warnings.map(({ rule }) => rule)).toEqual([
      'dependency',
      'dependent',
      'permission',
      'permission',
      'state',
    ]);
  });

  it('names every reason at once', () => {
    expect(judge({ engine: '>=9', abi: '>=9', world: 'a:b/c' }).problems).toHaveLength(3);
  });
});

const stop = (
  version: string,
  schema: number,
  restores: number[] = [],
): Parameters<typeof upgradePath>[2]['available'][number] => ({
  version,
  state: { schema, restores: [schema, ...restores], versions: '*' },
});

describe('upgradePath()', () => {
  it('goes straight where the state is taken', () => {
    expect(upgradePath('1.0.0', '2.0.0', { available: [stop('1.0.0', 1), stop('2.0.0', 2, [1])] })).toEqual([
      { from: '1.0.0', to: '2.0.0', carry: 'restore' },
    ]);
  });

  it('goes over the highest versions in between where it must', () => {
    const available = [
      stop('1.0.0', 1),
      stop('1.5.0', 2, [1]),
      stop('1.6.0', 2, [1]),
      stop('2.0.0', 3, [2]),
      stop('3.0.0', 4, [3]),
    ];
    expect(upgradePath('1.0.0', '3.0.0', { available })?.map(({ to }) => to)).toEqual([
      '1.6.0',
      '2.0.0',
      '3.0.0',
    ]);
  });

  it('uses migrations of the host', () => {
    const available = [stop('1.0.0', 1), stop('2.0.0', 2)];
    expect(upgradePath('1.0.0', '2.0.0', { available })).toBeUndefined();
    expect(
      upgradePath('1.0.0', '2.0.0', { available, canMigrate: (a, b) => b.schema === a.schema + 1 }),
    ).toMatchObject([{ carry: 'migrate' }]);
  });

  it('never goes down or past the end', () => {
    const available = [stop('1.0.0', 1), stop('2.0.0', 3), stop('3.0.0', 2, [1])];
    expect(upgradePath('1.0.0', '2.0.0', { available })).toBeUndefined();
    expect(upgradePath('2.0.0', '1.0.0', { available })).toBeUndefined();
  });
});

const record = (plugin: string, at: number): UpdateRecord => ({
  plugin,
  by: 'watch',
  at,
  from: '1.0.0',
  to: '1.0.1',
  result: 'done',
  durationMs: 3,
});

describe('createUpdateHistory()', () => {
  it('keeps the newest of each plugin, and survives as JSON', () => {
    const history = createUpdateHistory([], { perPlugin: 2 });
    for (const at of [1, 2, 3]) history.add(record('a', at));
    history.add(record('b', 4));
    expect(history.records('a').map(({ at }) => at)).toEqual([2, 3]);
    const kept = JSON.parse(JSON.stringify(history.records())) as UpdateRecord[];
    expect(createUpdateHistory(kept).records()).toEqual(history.records());
  });
});
