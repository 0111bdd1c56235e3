import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directoryFiles, packFiles } from '@wasm-plugin/abi/package';
import { beforeAll, describe, expect, it } from 'vitest';
import { repoFile, callCli, temporaryFolder } from './run-cli.js';
import { gcComponent } from './small-component.js';

const folder = temporaryFolder();
const good = join(folder, 'good');
const bad = join(folder, 'bad');

function plugin(parent: string, name: string, manifest: object, component = true): void {
  const path = join(parent, name);
  mkdirSync(path, { recursive: true });
  const basics = { id: `acme.${name}`, name, version: '1.0.0', world: 'acme:a/b', entry: 'plugin.wasm' };
  writeFileSync(join(path, 'plugin.json'), JSON.stringify({ ...basics, ...manifest }));
  if (component) cpSync(repoFile('plugins-as/build/eq.wasm'), join(path, 'plugin.wasm'));
}

beforeAll(async () => {
  const permissions = [{ capability: 'log', reason: 'to say so' }];
  plugin(good, 'eq', { interfaces: ['wasm-plugin:abi/processor@0.1.0'], permissions });
  plugin(good, '_off', {});
  plugin(folder, 'source', { id: 'acme.packed', version: '2.1.0', permissions });
  writeFileSync(join(good, 'packed.plugin.zip'), await packFiles(directoryFiles(join(folder, 'source'))));
  plugin(bad, 'hollow', {}, false);
  plugin(bad, 'lonely', { dependencies: { 'acme.nobody': '^1', 'acme.hollow': '^2' } });
  plugin(bad, 'odd', { carrier: 'wsm' });
  mkdirSync(join(folder, 'empty'));
});

describe('wasm-plugin list', () => {
  it('shows folders and packed plugins as a table', async () => {
    const { code, stdout, stderr } = await callCli(['list', good]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ID +VERSION +CARRIER +STATUS +SIZE +STATE +PERMISSIONS +INTERFACES\n/);
    expect(stdout).toMatch(
      /^acme\.eq +1\.0\.0 +wasm +ok +[\d.]+ KiB +- +log +wasm-plugin:abi\/processor@0\.1\.0$/m,
    );
    expect(stdout).toMatch(/^acme\.packed +2\.1\.0 +wasm +ok +[\d.]+ KiB +- +log +-$/m);
    expect(stdout).toContain('\n2 plugins\n');
  });

  it('shows one plugin where the folder is one, and that there is none', async () => {
    expect((await callCli(['list'], { cwd: join(good, 'eq') })).stdout).toMatch(
      /^acme\.eq .*\n\n1 plugin\n$/m,
    );
    const empty = await callCli(['list', join(folder, 'empty')]);
    expect(empty.code).toBe(0);
    expect(empty.stdout).toContain('holds no plugins');
  });

  it('says what is wrong with each plugin, and fails', async () => {
    const { code, stdout } = await callCli(['list', bad]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^acme\.hollow +1\.0\.0 +wasm +broken +- +- +- +-$/m);
    expect(stdout).toContain('2 plugins, 4 problems\n');
    expect(stdout).toContain('✗ acme.hollow 1.0.0: it has no file "plugin.wasm"');
    expect(stdout).toContain('✗ acme.lonely 1.0.0: it needs "acme.nobody" ^1, which is not here');
    expect(stdout).toContain('✗ acme.lonely 1.0.0: it needs "acme.hollow" ^2, here there is 1.0.0');
    expect(stdout).toContain('$.carrier is "wsm": must be "wasm", "library" or "rpc"; did you mean "wasm"?');
  });

  it('holds each component against its manifest, without running it', async () => {
    const odd = join(folder, 'odd');
    const state = { schema: 3 };
    const permissions = ['log', 'fs:/data:ro', 'clock', 'random', 'stdio'].map((capability) => ({
      capability,
      reason: 'why not',
    }));
    plugin(odd, 'whole', { world: 'wasm-plugin:abi/audio-effect', state, permissions });
    plugin(odd, 'promising', { interfaces: ['acme:a/more@1.0.0', 'wasm-plugin:abi/processor@0.1.0'] });
    plugin(odd, 'later', { engine: '>=9', abi: '^7' });
    plugin(odd, 'counting', { world: 'wasm-plugin:abi/audio-effect', state });
    cpSync(repoFile('plugins-rust/build/types.wasm'), join(odd, 'counting/plugin.wasm'));
    plugin(odd, 'nonsense', {});
    writeFileSync(join(odd, 'nonsense/plugin.wasm'), 'nonsense');
    const { code, stdout } = await callCli(['list', odd]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^acme\.whole +1\.0\.0 +wasm +ok +[\d.]+ KiB +schema 3 +log, fs:\/data:ro, clock, random and 1 more +-$/m,
    );
    expect(stdout).toContain(
      '✗ acme.promising 1.0.0: it does not export "acme:a/more@1.0.0", which its manifest promises',
    );
    expect(stdout).not.toContain('processor@0.1.0", which its manifest');
    expect(stdout).toContain('✗ acme.later 1.0.0: it needs the engine >=9; this is 0.1.0');
    expect(stdout).toContain('✗ acme.later 1.0.0: it needs wasm-plugin:abi ^7; this is 0.1.0');
    expect(stdout).toContain(
      '✗ acme.counting 1.0.0: it imports "wasm-plugin:types/host@0.1.0", which neither a host nor a plugin',
    );
    expect(stdout).toMatch(
      /✗ acme\.counting 1\.0\.0: it does not fit the world "wasm-plugin:abi\/audio-effect@0\.1\.0": export "[^"]+": the component does not have it/,
    );
    expect(stdout).toContain(
      'its manifest describes a state, and it does not export "wasm-plugin:abi/state@0.1.0"',
    );
    expect(stdout).toMatch(
      /✗ acme\.nonsense 1\.0\.0: its component cannot be loaded: magic header not detected/,
    );
    const found = JSON.parse((await callCli(['list', join(odd, 'whole'), '--json'])).stdout) as {
      plugins: unknown[];
    };
    expect(found.plugins).toMatchObject([
      {
        state: 'registered',
        world: 'wasm-plugin:abi/audio-effect',
        stateSchema: 3,
        problems: [],
        permissions: permissions.map(({ capability }) => capability),
      },
    ]);
  });

  it('takes what a dependency promises for given', async () => {
    const pair = join(folder, 'pair');
    plugin(pair, 'user', { dependencies: { 'acme.giver': '^1' } });
    cpSync(repoFile('plugins-rust/build/types.wasm'), join(pair, 'user/plugin.wasm'));
    plugin(pair, 'giver', { interfaces: ['wasm-plugin:types/host'] });
    const { stdout } = await callCli(['list', pair]);
    expect(stdout).not.toContain('acme.user 1.0.0: it imports');
    expect(stdout).toContain('✗ acme.user 1.0.0: it needs "acme.giver" ^1, which cannot run');
    expect(stdout).toContain('✗ acme.giver 1.0.0: it does not export "wasm-plugin:types/host"');
  });

  it('takes an export in any version for what is promised without one', async () => {
    const loose = join(folder, 'loose');
    plugin(loose, 'counter', { interfaces: ['wasm-plugin:counter/counting'] });
    cpSync(repoFile('plugins-rust/build/counter-v1.wasm'), join(loose, 'counter/plugin.wasm'));
    expect((await callCli(['list', loose])).stdout).not.toContain('does not export');
  });

  it('calls a plugin of a custom host whole, and says what it needs', async () => {
    const custom = join(folder, 'custom');
    plugin(custom, 'game', { world: 'acme:game/mod' });
    cpSync(repoFile('plugins-rust/build/types.wasm'), join(custom, 'game/plugin.wasm'));
    const properties = { token: { type: 'string' } };
    plugin(custom, 'keyed', { config: { schema: { type: 'object', properties, required: ['token'] } } });
    const { code, stdout } = await callCli(['list', custom]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^acme\.game +1\.0\.0 +wasm +needs more /m);
    expect(stdout).toContain('• acme.game 1.0.0 needs a host that gives "wasm-plugin:types/host@0.1.0"');
    expect(stdout).toMatch(/^acme\.keyed +1\.0\.0 +wasm +needs more /m);
    expect(stdout).toContain('• acme.keyed 1.0.0 needs a configuration: $.token');
  });

  it('compiles what it shows', async () => {
    const heap = join(folder, 'heap');
    plugin(heap, 'collected', {});
    writeFileSync(join(heap, 'collected/plugin.wasm'), await gcComponent());
    const { code, stdout } = await callCli(['list', heap]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ acme\.collected 1\.0\.0: its component cannot be loaded: /);
  });

  it('refuses a grant that there is none of', async () => {
    const { code, stderr } = await callCli(['list', good, '--load', '--grant', 'logs']);
    expect(code).toBe(2);
    expect(stderr).toContain('Cannot use --grant "logs": wanted one of log, config, clock');
  });

  it('starts the plugins with --load, with what is granted', async () => {
    const without = await callCli(['list', good, '--load', '--json']);
    expect(without.code).toBe(1);
    const states = (text: string): unknown =>
      (JSON.parse(text) as { plugins: { id: string; state: string }[] }).plugins.map(({ id, state }) => [
        id,
        state,
      ]);
    expect(states(without.stdout)).toEqual([
      ['acme.eq', 'failed'],
      ['acme.packed', 'failed'],
    ]);
    expect(without.stdout).toContain('\\"log\\"');
    const given = await callCli(['list', good, '--load', '--grant', 'log', '--grant', 'config', '--json']);
    expect(states(given.stdout)).toEqual([
      ['acme.eq', 'ready'],
      ['acme.packed', 'ready'],
    ]);
    expect(given.code).toBe(0);
  });

  it('prints one JSON object with --json', async () => {
    const { stdout } = await callCli(['list', bad, '--json']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({
      folder: bad,
      plugins: [
        { id: 'acme.hollow', state: 'registered', sizeBytes: null, problems: [expect.any(String)] },
        { id: 'acme.lonely', carrier: 'wasm', sizeBytes: expect.any(Number) as number },
      ],
      problems: [{ source: join(bad, 'odd'), message: expect.stringContaining('$.carrier') as string }],
    });
  });

  it('refuses a folder that cannot be read', async () => {
    const { code, stderr } = await callCli(['list', join(folder, 'nope')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: Cannot read ".*nope": there is no such folder/);
  });
});
