import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'wasm-plugin/test';
import { describe, expect, it } from 'vitest';
import { BIN, callCli, plainEnvironment, repoFile, runCli, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();
const COUNTER = repoFile('plugins-rust/build/counter-v1.wasm');

/** The manifest of `counter-v1`. */
const MANIFEST = {
  id: 'acme.counter',
  name: 'Counter',
  version: '1.0.0',
  entry: 'plugin.wasm',
  world: 'wasm-plugin:abi/plugin',
  permissions: [
    { capability: 'log', reason: 'to say what it does' },
    { capability: 'config', reason: 'to read its settings' },
  ],
  state: { schema: 1 },
};

const PASSING = `import { expect, test } from 'vitest';
import { load } from 'wasm-plugin/test';
test('is healthy', async () => {
  const { exports, fuelOf, usage } = await load();
  expect(exports.lifecycle.health()).toBeUndefined();
  const fuel = fuelOf(() => exports.lifecycle.health());
  expect(fuel).toBeGreaterThan(0);
  expect(fuelOf(() => exports.lifecycle.health())).toBe(fuel);
  expect(usage().memoryBytes).toBeGreaterThan(0);
});
`;

/** Makes the folder of a plugin with tests. Its packages are those of this repository, unless `bare`. */
function plugin(
  name: string,
  {
    tests = {},
    manifest = {},
    bare = false,
  }: { tests?: Record<string, string>; manifest?: object; bare?: boolean } = {},
): string {
  const path = join(folder, name);
  mkdirSync(join(path, 'test'), { recursive: true });
  writeFileSync(join(path, 'plugin.json'), JSON.stringify({ ...MANIFEST, ...manifest }));
  writeFileSync(join(path, 'package.json'), '{ "type": "module" }');
  cpSync(COUNTER, join(path, 'plugin.wasm'));
  if (!bare) symlinkSync(repoFile('node_modules'), join(path, 'node_modules'));
  for (const [file, text] of Object.entries(tests)) writeFileSync(join(path, 'test', file), text);
  return path;
}

/** Vitest does not watch where it finds itself in a test. */
function outsideOfVitest(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(plainEnvironment()).filter(([name]) => !/^(?:VITEST|TEST$|NODE_ENV$)/.test(name)),
  );
}

describe('wasm-plugin test', () => {
  it('runs the tests of a plugin in the engine, by filter and by name', () => {
    const failing = `import { expect, test } from 'vitest';
test('is one', () => expect(2).toBe(1));
test('is two', () => expect(2).toBe(2));
`;
    const path = plugin('counter', { tests: { 'good.test.js': PASSING, 'bad.test.js': failing } });
    const all = runCli(['test', path]);
    expect(all.code).toBe(1);
    expect(all.stdout).toContain('2 passed');
    expect(all.stderr).toContain('expected 2 to be 1');
    const junit = join(folder, 'report.xml');
    const reported = runCli(['test', path, '--json', '--junit', junit]);
    expect(reported.code).toBe(1);
    const { tests, ...report } = JSON.parse(reported.stdout) as { tests: { file: string }[] };
    expect(report).toMatchObject({ id: 'acme.counter', version: '1.0.0', passed: false });
    expect(tests.toSorted((a, b) => a.file.localeCompare(b.file))).toMatchObject([
      { name: 'is one', status: 'failed', messages: [expect.stringContaining('expected 2 to be 1')] },
      { name: 'is two', status: 'passed' },
      { file: 'test/good.test.js', name: 'is healthy', status: 'passed', messages: [] },
    ]);
    expect(readFileSync(junit, 'utf8')).toMatch(/<testsuites [^>]*failures="1"[\s\S]*name="is one"/);
    const named = runCli(['test', path, 'bad', '--name', 'two$', '--json']);
    expect(named.code).toBe(0);
    expect(JSON.parse(named.stdout)).toMatchObject({
      tests: [{ status: 'skipped' }, { name: 'is two', status: 'passed' }],
    });
  });

  it('says how vitest is installed where there are tests and it is not', async () => {
    const path = plugin('bare', { tests: { 'a.test.js': PASSING }, bare: true });
    const { code, stdout, stderr } = await callCli(['test', path]);
    expect(code).toBe(1);
    expect(stdout).toContain('✓ it starts\n');
    expect(stderr).toContain('vitest, which runs its tests, is not installed for it');
    expect(stderr).toContain('npm install --save-dev vitest');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('needs no vitest where there are no tests', async () => {
    const { code, stderr } = await callCli(['test', plugin('untested', { bare: true })]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'There are no tests in it.\n' });
  });

  it('checks what needs no code', async () => {
    const path = plugin('checked', { bare: true });
    const first = await callCli(['test', path, '--reload']);
    expect(first.code).toBe(0);
    expect(first.stdout).toBe(
      [
        '✓ it is as its plugin.json says',
        '- its world is that of test/world.wit: there is none; --update writes it',
        '✓ it starts',
        '✓ it is healthy',
        '✓ a state comes back as it was saved',
        '✓ it is reloaded into itself, with its state',
        '- the version before is reloaded into it: there is no version before: a build keeps one when the version in plugin.json' +
          ' changes, and --previous names one',
        '',
      ].join('\n'),
    );
    expect((await callCli(['test', path, '--update'])).stdout).toContain(
      '✓ its world is that of test/world.wit\n',
    );
    const world = join(path, 'test/world.wit');
    writeFileSync(world, readFileSync(world, 'utf8').replace('health: ', 'healthy: '));
    const junit = join(folder, 'checks.xml');
    const changed = await callCli(['test', path, '--json', '--junit', junit]);
    expect(changed.code).toBe(1);
    expect(JSON.parse(changed.stdout)).toMatchObject({
      passed: false,
      checks: expect.arrayContaining([
        expect.objectContaining({
          status: 'failed',
          message: expect.stringMatching(
            /it has changed; --update keeps the new one\n- healthy: .*\n\+ health: /,
          ),
        }),
      ]),
      tests: [],
    });
    expect(readFileSync(junit, 'utf8')).toMatch(
      /<testsuites tests="5" failures="1"[\s\S]*<failure message="it has changed/,
    );
  });

  it('fails where the plugin is not as its manifest says, or cannot start', async () => {
    const other = plugin('other', { bare: true, manifest: { state: { schema: 7 } } });
    const { code, stdout } = await callCli(['test', other]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      '✗ a state comes back as it was saved: the schema of its state is 1, wanted 7, as its plugin.json says\n',
    );
    const tight = await callCli([
      'test',
      plugin('starved', { bare: true, manifest: { limits: { fuel: 1 } } }),
    ]);
    expect(tight.code).toBe(1);
    expect(tight.stdout).toMatch(/✗ it starts: .*fuel/);
    const effect = plugin('effect', { bare: true, manifest: { world: 'wasm-plugin:abi/audio-effect' } });
    expect((await callCli(['test', effect])).stdout).toMatch(
      /✗ it is as its plugin\.json says: .*audio-effect@/,
    );
    cpSync(repoFile('plugins-rust/build/compressor.wasm'), join(effect, 'plugin.wasm'));
    const fitting = await callCli(['test', effect]);
    expect(fitting.stdout).toContain('✓ it describes itself\n');
  });

  it('reports a test file that cannot be read, and filters that fit nothing', () => {
    const path = plugin('broken', { tests: { 'a.test.js': 'import "./none.js";' } });
    const { code, stdout } = runCli(['test', path, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      passed: false,
      tests: [{ file: 'test/a.test.js', name: null, status: 'failed' }],
    });
    expect(runCli(['test', path, 'nothing-is-called-so']).code).toBe(1);
  });

  it('explains mistakes', async () => {
    const missing = await callCli(['test', join(folder, 'nowhere')]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).not.toMatch(/^\s+at /m);
    const both = await callCli(['test', folder, '--watch', '--json']);
    expect(both.code).toBe(2);
    expect(both.stderr).toContain('Cannot use --watch with --json');
  });

  it('builds and tests again when a source changes, with --watch', async () => {
    const path = plugin('watched', {
      tests: { 'a.test.js': PASSING },
      manifest: { build: { command: 'node make.mjs' } },
    });
    writeFileSync(
      join(path, 'make.mjs'),
      `import { cpSync } from 'node:fs';\ncpSync('from.bin', 'plugin.wasm');\n`,
    );
    cpSync(COUNTER, join(path, 'from.bin'));
    const child = spawn(process.execPath, [BIN, 'test', path, '--watch'], {
      env: outsideOfVitest(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    const until = (pattern: RegExp): Promise<void> =>
      new Promise((resolve) => {
        const look = (chunk = ''): void => {
          text += chunk.toString();
          if (pattern.test(text)) resolve();
        };
        child.stdout.on('data', look);
        look();
      });
    await until(/Waiting for file changes/);
    text = '';
    cpSync(repoFile('plugins-rust/build/counter-v2.wasm'), join(path, 'from.bin'));
    await until(/✓ [^\n]*\(was [\d.]+ KiB\)[\s\S]*Waiting for file changes/);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
  });
});

describe('load()', () => {
  it('holds a plugin to the limits of its manifest', async () => {
    const path = plugin('tight', { manifest: { limits: { fuel: 1 } } });
    await expect(load({ folder: path })).rejects.toMatchObject({ code: 'WP_QUOTA_FUEL' });
  });

  it('gives it what it asks for, and no more', async () => {
    const { plugin: loaded, logs, close } = await load({ folder: plugin('asking') });
    expect(loaded.grants).toEqual([{ kind: 'log' }, { kind: 'config' }]);
    expect(logs).toBeInstanceOf(Array);
    await close();
    await expect(load({ folder: plugin('refused'), grants: [] })).rejects.toMatchObject({
      code: 'WP_CAPABILITY',
    });
  });

  it('says what is missing where the plugin is not built', async () => {
    const path = plugin('unbuilt', { manifest: { entry: 'none.wasm' } });
    await expect(load({ folder: path })).rejects.toMatchObject({ code: 'WP_PACKAGE' });
  });
});
