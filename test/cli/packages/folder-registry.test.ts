import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPluginHost } from '@wasm-plugin/engine/host';
import { beforeAll, describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from '../run-cli.js';
import { cliJson, errorOf, jsonError, lockedVersions, packedPlugin, snapshot, tamper } from './packages.js';

const FOLDER = temporaryFolder();
const path = (name: string): string => join(FOLDER, name);
const REGISTRY = path('registry');
const KEY = path('acme.key');
const PUBLIC = path('acme.pub');
let number = 0;

/** A folder to install into. */
function target(): string {
  return path(`plugins-${++number}`);
}

async function publish(id: string, version: string, more: object = {}, registry = REGISTRY): Promise<void> {
  await packedPlugin(FOLDER, { id, version, key: KEY, registry, ...more });
}

async function install(folder: string, ...args: string[]): Promise<void> {
  await cliJson(['install', ...args, '-d', folder, '-r', REGISTRY]);
}

beforeAll(async () => {
  await cliJson(['keygen', '--no-password', '-o', path('acme')]);
  await cliJson(['keygen', '--no-password', '-o', path('other')]);
  for (const version of ['1.0.0', '1.1.0', '2.0.0']) await publish('acme.base', version);
  await publish('acme.eq', '1.0.0', { dependencies: { 'acme.base': '^1.0.0' }, description: 'An equalizer' });
  await publish('acme.eq', '1.1.0', { dependencies: { 'acme.base': '~1.0.0' } });
  await publish('acme.eq', '2.0.0-beta.1', { dependencies: { 'acme.base': '^2.0.0' } });
  await publish('acme.old', '1.0.0', { dependencies: { 'acme.base': '^1.0.0' } });
  await publish('acme.future', '1.0.0', { engine: '>=99.0.0' });
  await publish('acme.broken', '1.0.0', { dependencies: { 'acme.gone': '^1.0.0' } });
});

describe('wasm-plugin install, from a folder', () => {
  it('takes what is needed too, one version of each that fits all, and a host runs it by its lock file', async () => {
    const folder = target();
    await install(folder, 'acme.eq', 'acme.old', '-t', PUBLIC);
    expect(lockedVersions(folder)).toEqual({ 'acme.base': '1.0.0', 'acme.eq': '1.1.0', 'acme.old': '1.0.0' });
    const host = createPluginHost({
      folders: [folder],
      trustedKeys: [readFileSync(PUBLIC, 'utf8')],
      lockFile: join(folder, '.wasm-plugin-lock.json'),
    });
    const { problems } = await host.scan();
    expect(problems).toEqual([]);
    const { failed } = await host.loadAll();
    expect(failed).toEqual([]);
    await host.close();
    const listed = await callCli([
      'list',
      folder,
      '-t',
      PUBLIC,
      '--lock-file',
      join(folder, '.wasm-plugin-lock.json'),
    ]);
    expect({ code: listed.code, text: listed.stdout }).toMatchObject({ code: 0 });
  });

  it('installs the same again from the lock file, whatever is newer', async () => {
    const folder = target();
    await install(folder, 'acme.eq@1.0.0');
    const before = snapshot(folder);
    writeFileSync(join(folder, 'acme.base-1.1.0.plugin.zip'), 'torn');
    const again = await cliJson<{ installed: { id: string }[] }>(['install', '-d', folder]);
    expect(again.installed.map(({ id }) => id)).toEqual(['acme.base']);
    expect(snapshot(folder)).toEqual(before);
    expect((await cliJson<{ installed: object[] }>(['install', '-d', folder])).installed).toEqual([]);
  });

  it('takes a pre-release only where it is asked for', async () => {
    const folder = target();
    await install(folder, 'acme.eq@^2.0.0-beta');
    expect(lockedVersions(folder)).toEqual({ 'acme.base': '2.0.0', 'acme.eq': '2.0.0-beta.1' });
  });

  it('says who wants what where no versions fit, and changes nothing', async () => {
    const folder = target();
    const result = await callCli([
      'install',
      'acme.eq@1.1.0',
      'acme.base@^1.1.0',
      '-d',
      folder,
      '-r',
      REGISTRY,
      '--json',
    ]);
    expect(result.code).toBe(1);
    expect(jsonError(result)).toMatchObject({
      code: 'WP_RESOLVE',
      message:
        'Cannot find a version of "acme.base" that is ^1.1.0 and ~1.0.0 (for acme.eq 1.1.0): there is 2.0.0, 1.1.0, 1.0.0',
    });
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    [['acme.none'], 'WP_NOT_FOUND', 'Cannot find "acme.none" in the registry'],
    [['acme.broken'], 'WP_NOT_FOUND', 'Cannot find "acme.gone" in the registry'],
    [['acme.eq@^9.0.0'], 'WP_RESOLVE', 'that is ^9.0.0: there is 1.1.0, 1.0.0, 2.0.0-beta.1'],
    [['acme.future'], 'WP_RESOLVE', '1.0.0 needs the engine >=99.0.0; this is'],
  ])('refuses %j', async (args, code, message) => {
    const folder = target();
    const result = await callCli(['install', ...args, '-d', folder, '-r', REGISTRY, '--json']);
    expect(result.code).toBe(1);
    const error = jsonError(result);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(existsSync(folder)).toBe(false);
  });

  it.each<[string[], string]>([
    [['install', 'Acme.EQ'], 'Cannot read "Acme.EQ": wanted the id of a plugin such as "acme.eq"'],
    [['install', 'acme.eq@^^1'], '"^^1" is no range of versions'],
    [['install', 'acme.eq', 'acme.eq@1.0.0'], '"acme.eq" is there twice'],
    [['install', 'acme.eq'], 'Cannot tell which registry is meant'],
    [['install', 'acme.eq', '-r', 'ftp://x'], 'wanted a folder, https://…, or oci://…'],
    [['install', 'acme.eq', '-r', 'oci://'], 'wanted oci://HOST[:PORT][/PREFIX]'],
    [['install', '\u001b[31m'], 'Cannot read "\\u{1b}[31m"'],
    [['yank', 'acme.eq', '--reason', 'x', '-r', 'r'], 'wanted an id and a version such as "acme.eq@1.2.0"'],
    [['yank', 'acme.eq@1.0.0', '-r', 'r'], 'say either --reason, which is not empty, or --undo'],
    [['publish'], "missing required argument 'file'"],
    [['uninstall'], "missing required argument 'plugins'"],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stdout, stderr } = await callCli(args, { cwd: FOLDER });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\bat .*\.js:|bug in wasm-plugin/);
  });

  it('refuses what is unsigned or signed by another, at install', async () => {
    const registry = path('unsigned');
    await cliJson([
      'publish',
      await packedPlugin(FOLDER, { id: 'acme.plain', version: '1.0.0' }),
      '-r',
      registry,
    ]);
    const folder = target();
    const unsigned = await callCli([
      'install',
      'acme.plain',
      '-d',
      folder,
      '-r',
      registry,
      '-t',
      PUBLIC,
      '--json',
    ]);
    expect(jsonError(unsigned).code).toBe('WP_UNSIGNED');
    const other = await callCli([
      'install',
      'acme.eq',
      '-d',
      folder,
      '-r',
      REGISTRY,
      '-t',
      path('other.pub'),
      '--json',
    ]);
    expect(jsonError(other).code).toBe('WP_SIGNATURE');
    expect(existsSync(folder)).toBe(false);
  });

  it('refuses a file that was exchanged in the registry, and one that is cut off', async () => {
    const registry = path('exchanged');
    await publish('acme.eq', '1.5.0', {}, registry);
    const file = join(registry, 'acme.eq/acme.eq-1.5.0.plugin.zip');
    const whole = readFileSync(file);
    const folder = target();
    for (const bytes of [await tamper(file, { 'plugin.wasm': 'x' }), whole.subarray(0, 3000)]) {
      writeFileSync(file, bytes);
      const result = await callCli(['install', 'acme.eq', '-d', folder, '-r', registry, '--json']);
      expect(jsonError(result)).toMatchObject({ code: 'WP_REGISTRY' });
      expect(jsonError(result).message).toContain('is not the one that was published');
      expect(existsSync(folder)).toBe(false);
    }
  });

  it('refuses another plugin under a name, and other bytes of a version that is installed', async () => {
    const registry = path('liar');
    await publish('acme.eq', '1.0.0', {}, registry);
    const folder = target();
    await cliJson(['install', 'acme.eq', '-d', folder, '-r', registry]);
    const before = snapshot(folder);
    const index = JSON.parse(readFileSync(join(registry, 'index.json'), 'utf8')) as {
      plugins: Record<string, { versions: Record<string, object> }>;
    };
    // The operator of the registry publishes the version anew, with other content.
    const again = path('again-registry');
    await publish('acme.eq', '1.0.0', { description: 'other bytes' }, again);
    writeFileSync(join(folder, 'acme.eq-1.0.0.plugin.zip'), 'torn');
    const torn = snapshot(folder);
    const other = await callCli(['install', '-d', folder, '-r', again, '--json']);
    expect(jsonError(other)).toMatchObject({ code: 'WP_TAMPERED' });
    expect(snapshot(folder)).toEqual(torn);
    await cliJson(['install', '-d', folder]);
    expect(snapshot(folder)).toEqual(before);
    index.plugins['acme.fake'] = index.plugins['acme.eq'] as (typeof index.plugins)[string];
    writeFileSync(join(registry, 'index.json'), JSON.stringify(index));
    const fake = await callCli(['install', 'acme.fake', '-d', folder, '-r', registry, '--json']);
    expect(jsonError(fake).message).toContain('what it has as "acme.fake" 1.0.0 is "acme.eq" 1.0.0');
    expect(snapshot(folder)).toEqual(before);
  });

  it('refuses a lower version in the place of a higher one, unless it is said', async () => {
    const folder = target();
    await install(folder, 'acme.base');
    const before = snapshot(folder);
    const result = await callCli(['install', 'acme.base@^1.0.0', '-d', folder, '-r', REGISTRY, '--json']);
    expect(jsonError(result)).toMatchObject({
      code: 'WP_DOWNGRADE',
      message:
        'Cannot install "acme.base" 1.1.0: 2.0.0 is installed, which is newer; say --allow-downgrade to take it all the same',
    });
    expect(snapshot(folder)).toEqual(before);
    await install(folder, 'acme.base@^1.0.0', '--allow-downgrade');
    expect(lockedVersions(folder)).toEqual({ 'acme.base': '1.1.0' });
  });

  it('leaves files of others alone, and refuses to write over them', async () => {
    const folder = target();
    mkdirSync(folder);
    writeFileSync(join(folder, 'acme.base-2.0.0.plugin.zip'), 'mine');
    const before = snapshot(folder);
    const result = await callCli(['install', 'acme.base', '-d', folder, '-r', REGISTRY]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('acme.base-2.0.0.plugin.zip" is there already, and was not installed');
    expect(snapshot(folder)).toEqual(before);
  });

  it('refuses an index and a lock file that are not whole', async () => {
    const registry = path('torn-registry');
    mkdirSync(registry);
    const folder = target();
    for (const [text, message] of [
      ['{', 'its index.json is not JSON'],
      ['{}', 'is not { "format": 1'],
      [
        '{"format":1,"plugins":{"acme.eq":{"versions":{"1.0.0":{}}}}}',
        'an entry "acme.eq@1.0.0" that is not whole',
      ],
      [
        readFileSync(join(REGISTRY, 'index.json'), 'utf8').replaceAll('acme.eq/acme.eq', '../../acme.eq'),
        'that is not whole',
      ],
      [
        readFileSync(join(REGISTRY, 'index.json'), 'utf8').replace(
          '"acme.base": "^1.0.0"',
          '"../acme": "^1.0.0"',
        ),
        'that is not whole',
      ],
    ] as const) {
      writeFileSync(join(registry, 'index.json'), text);
      const result = await callCli(['install', 'acme.eq', '-d', folder, '-r', registry]);
      expect(result.code).toBe(1);
      expect(errorOf(result)).toContain(message);
    }
    expect(errorOf(await callCli(['search', '-r', path('no-registry')]))).toContain(
      'there is no index.json in it',
    );
    mkdirSync(folder);
    writeFileSync(join(folder, '.wasm-plugin-lock.json'), '{"format":9,"plugins":{}}');
    const result = await callCli(['install', 'acme.eq', '-d', folder, '-r', REGISTRY]);
    expect(errorOf(result)).toContain('its "format" is 9; this version reads 1');
  });
});

describe('wasm-plugin publish', () => {
  it('never changes a version', async () => {
    const before = snapshot(REGISTRY);
    const result = await callCli(['publish', path('acme.eq-1.0.0.plugin.zip'), '-r', REGISTRY, '--json']);
    expect(jsonError(result)).toMatchObject({ code: 'WP_DUPLICATE' });
    expect(snapshot(REGISTRY)).toEqual(before);
  });

  it('refuses folders, what is not whole, and addresses that cannot be written', async () => {
    const before = snapshot(REGISTRY);
    expect(errorOf(await callCli(['publish', path('src/acme.eq-1.0.0'), '-r', REGISTRY]))).toContain(
      'it is a folder',
    );
    writeFileSync(path('torn.plugin.zip'), readFileSync(path('acme.eq-1.0.0.plugin.zip')).subarray(0, 999));
    expect(errorOf(await callCli(['publish', path('torn.plugin.zip'), '-r', REGISTRY]))).toContain(
      'it is no zip file',
    );
    const http = await callCli(['publish', path('acme.eq-1.0.0.plugin.zip'), '-r', 'http://localhost:1/x']);
    expect(errorOf(http)).toContain('a web server only serves what is in its folder');
    expect(snapshot(REGISTRY)).toEqual(before);
  });
});

describe('wasm-plugin yank, deprecate, outdated, update, uninstall and search', () => {
  it('passes over what is yanked, but for who has it, and shows why', async () => {
    const registry = path('marked');
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) await publish('acme.delay', version, {}, registry);
    const early = target();
    await cliJson(['install', 'acme.delay', '-d', early, '-r', registry]);
    await cliJson(['yank', 'acme.delay@1.2.0', '--reason', 'it leaks\u001b[31m', '-r', registry]);
    await cliJson(['deprecate', 'acme.delay@1.1.0', '--reason', 'use acme.echo', '-r', registry]);
    const late = target();
    const { installed, notices } = await cliJson<{ installed: object[]; notices: object[] }>([
      'install',
      'acme.delay',
      '-d',
      late,
      '-r',
      registry,
    ]);
    expect(installed).toEqual([{ id: 'acme.delay', version: '1.1.0' }]);
    expect(notices).toEqual([{ id: 'acme.delay', version: '1.1.0', advice: 'is deprecated: use acme.echo' }]);
    const again = await callCli(['install', '-d', early]);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('note: acme.delay 1.2.0 was yanked: it leaks\\u{1b}[31m');
    expect((await cliJson<{ plugins: object[] }>(['outdated', '-d', early])).plugins).toEqual([
      {
        id: 'acme.delay',
        version: '1.2.0',
        wanted: '1.2.0',
        latest: '1.2.0',
        advice: 'was yanked: it leaks\u001b[31m',
      },
    ]);
    await cliJson(['yank', 'acme.delay@1.2.0', '--undo', '-r', registry]);
    expect((await cliJson<{ plugins: object[] }>(['outdated', '-d', early])).plugins).toEqual([]);
    const unknown = await callCli(['yank', 'acme.delay@9.0.0', '--reason', 'x', '-r', registry, '--json']);
    expect(jsonError(unknown).code).toBe('WP_NOT_FOUND');
  });

  it('updates within the range that was asked for, and says what is newer', async () => {
    const registry = path('newer');
    await publish('acme.delay', '1.0.0', {}, registry);
    const folder = target();
    await cliJson(['install', 'acme.delay', '-d', folder, '-r', registry]);
    for (const version of ['1.3.0', '2.0.0']) await publish('acme.delay', version, {}, registry);
    expect((await cliJson<{ plugins: object[] }>(['outdated', '-d', folder])).plugins).toEqual([
      { id: 'acme.delay', version: '1.0.0', wanted: '1.3.0', latest: '2.0.0', advice: null },
    ]);
    const { installed } = await cliJson<{ installed: object[] }>(['update', '-d', folder]);
    expect(installed).toEqual([{ id: 'acme.delay', version: '1.3.0', from: '1.0.0' }]);
    expect(Object.keys(snapshot(folder))).toEqual(['.wasm-plugin-lock.json', 'acme.delay-1.3.0.plugin.zip']);
    const unknown = await callCli(['update', 'acme.none', '-d', folder, '--json']);
    expect(jsonError(unknown).code).toBe('WP_NOT_FOUND');
  });

  it('uninstalls with what only that needed, and not what others need', async () => {
    const folder = target();
    await install(folder, 'acme.eq@1.0.0', 'acme.old');
    const before = snapshot(folder);
    const needed = await callCli(['uninstall', 'acme.base', '-d', folder, '--json']);
    expect(jsonError(needed)).toMatchObject({
      code: 'WP_IN_USE',
      message: 'Cannot uninstall "acme.base": "acme.eq", "acme.old" need it; uninstall them too',
    });
    expect(jsonError(await callCli(['uninstall', 'acme.none', '-d', folder, '--json'])).code).toBe(
      'WP_NOT_FOUND',
    );
    expect(snapshot(folder)).toEqual(before);
    await cliJson(['uninstall', 'acme.old', '-d', folder]);
    expect(lockedVersions(folder)).toEqual({ 'acme.base': '1.1.0', 'acme.eq': '1.0.0' });
    await cliJson(['uninstall', 'acme.eq', '-d', folder]);
    expect(Object.keys(snapshot(folder))).toEqual(['.wasm-plugin-lock.json']);
  });

  it('searches ids, names and descriptions', async () => {
    const { plugins } = await cliJson<{ plugins: { id: string; version: string }[] }>([
      'search',
      'EQ',
      '-r',
      REGISTRY,
    ]);
    expect(plugins.map(({ id }) => id)).toEqual(['acme.eq']);
    expect((await cliJson<{ plugins: object[] }>(['search', '-r', REGISTRY])).plugins).toHaveLength(5);
    expect((await callCli(['search', 'nothing like it', '-r', REGISTRY])).stdout).toBe('Nothing was found\n');
  });
});
