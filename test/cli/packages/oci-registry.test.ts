import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPluginHost } from '@wasm-plugin/engine/host';
import { openPlugin } from '@wasm-plugin/abi/package';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from '../run-cli.js';
import { COUNTER, cliJson, errorOf, jsonError, lockedVersions, packedPlugin, snapshot } from './packages.js';
import { HAS_REGISTRY, ociServer, WKG } from './oci-server.js';

const FOLDER = temporaryFolder();
const path = (name: string): string => join(FOLDER, name);
const ENV = { WASM_PLUGIN_CACHE: path('cache') };
/** "user:secret", hashed by bcrypt, which the registry takes alone. */
const HTPASSWD = 'user:$2b$04$OQkdLt6R0.XhXQrWMkU3Peepf5At/BB6eUnEc7VB4HPiQIlg2cP02\n';

if (!HAS_REGISTRY) console.log("skipped: OCI registries, as Debian's docker-registry is not installed");
if (WKG === undefined)
  console.log('skipped: wkg as the judge of OCI artifacts; cargo install wkg, or WASM_PLUGIN_WKG=FILE');

describe.skipIf(!HAS_REGISTRY)('an OCI registry', () => {
  let server: Awaited<ReturnType<typeof ociServer>>;
  let place = '';
  let packed = '';

  beforeAll(async () => {
    await cliJson(['keygen', '--no-password', '-o', path('acme')]);
    server = await ociServer(path('open'));
    place = `${server.place}/team/plugins`;
    const key = path('acme.key');
    await packedPlugin(FOLDER, { id: 'acme.base', version: '1.0.0', key, registry: place });
    const dependencies = { 'acme.base': '^1.0.0' };
    packed = await packedPlugin(FOLDER, {
      id: 'acme.eq',
      version: '1.0.0',
      key,
      dependencies,
      description: 'An equalizer',
    });
    await cliJson(['publish', packed, '-r', place, '-t', path('acme.pub')]);
    await packedPlugin(FOLDER, {
      id: 'acme.eq',
      version: '1.1.0+build.5',
      key,
      dependencies,
      registry: place,
    });
  });
  afterAll(() => server?.close());

  it('holds plugins with their signatures, which are installed with what they need', async () => {
    const folder = path('plugins');
    await cliJson(['install', 'acme.eq@1.0.0', '-d', folder, '-r', place, '-t', path('acme.pub')], {
      env: ENV,
    });
    expect(lockedVersions(folder)).toEqual({ 'acme.base': '1.0.0', 'acme.eq': '1.0.0' });
    expect(readFileSync(join(folder, 'acme.eq-1.0.0.plugin.zip'))).toEqual(readFileSync(packed));
    const host = createPluginHost({
      folders: [folder],
      trustedKeys: [readFileSync(path('acme.pub'), 'utf8')],
    });
    await host.scan();
    expect((await host.loadAll()).failed).toEqual([]);
    await host.close();
  });

  it('is searched, and says what is yanked, deprecated and newer, without a change of what was signed', async () => {
    const { plugins } = await cliJson<{ plugins: object[] }>(['search', 'eq', '-r', place]);
    expect(plugins).toEqual([
      { id: 'acme.eq', version: '1.1.0+build.5', name: 'acme.eq', description: '', deprecated: null },
    ]);
    const folder = path('marked');
    await cliJson(['install', 'acme.eq@1.0.0', '-d', folder, '-r', place], { env: ENV });
    await cliJson(['deprecate', 'acme.eq@1.0.0', '--reason', 'old', '-r', place]);
    const { plugins: outdated } = await cliJson<{ plugins: object[] }>(['outdated', '-d', folder]);
    expect(outdated).toEqual([
      {
        id: 'acme.eq',
        version: '1.0.0',
        wanted: '1.0.0',
        latest: '1.1.0+build.5',
        advice: 'is deprecated: old',
      },
    ]);
    await cliJson(['yank', 'acme.eq@1.1.0+build.5', '--reason', 'broken', '-r', place]);
    const other = path('marked-later');
    await cliJson(['install', 'acme.eq', '-d', other, '-r', place, '-t', path('acme.pub')], { env: ENV });
    expect(lockedVersions(other)['acme.eq']).toBe('1.0.0');
    await cliJson(['yank', 'acme.eq@1.1.0+build.5', '--undo', '-r', place]);
    await cliJson(['deprecate', 'acme.eq@1.0.0', '--undo', '-r', place]);
  });

  it('refuses a version that is there, and what it has no room for', async () => {
    const again = await callCli(['publish', packed, '-r', place, '--json']);
    expect(jsonError(again)).toMatchObject({ code: 'WP_DUPLICATE' });
    const big = await packedPlugin(FOLDER, { id: 'acme.big', version: '1.0.0' });
    const source = path('src/acme.big-1.0.0');
    writeFileSync(join(source, 'LICENSE'), randomText(4_000_000));
    await cliJson(['pack', source, '-o', big]);
    const result = await callCli(['publish', big, '-r', place]);
    expect(errorOf(result)).toMatch(
      /has \d+ bytes beside its component; an OCI registry has room for 2097152/,
    );
    expect(errorOf(await callCli(['install', 'acme.big', '-d', path('none'), '-r', place]))).toContain(
      'Cannot find "acme.big"',
    );
  });

  it('asks who wants in, and is told', async () => {
    const closed = await ociServer(path('closed'), { htpasswd: HTPASSWD });
    try {
      const args = ['publish', packed, '-r', closed.place];
      const nobody = await callCli(args);
      expect(nobody.code).toBe(1);
      expect(errorOf(nobody)).toContain('wants to know who asks; set WASM_PLUGIN_REGISTRY_USER');
      const user = { WASM_PLUGIN_REGISTRY_USER: 'user' };
      const wrong = await callCli(args, { env: { ...user, WASM_PLUGIN_REGISTRY_PASSWORD: 'guess' } });
      expect(wrong.code).toBe(1);
      expect(errorOf(wrong)).toContain('it does not take the password of "user"');
      expect(wrong.stderr).not.toContain('guess');
      const env = { ...user, WASM_PLUGIN_REGISTRY_PASSWORD: 'secret', ...ENV };
      await cliJson(args, { env });
      await packedPlugin(FOLDER, { id: 'acme.base', version: '1.0.0' });
      await cliJson(['publish', path('acme.base-1.0.0.plugin.zip'), '-r', closed.place], { env });
      await cliJson(['install', 'acme.eq', '-d', path('closed-plugins'), '-r', closed.place], { env });
      expect(lockedVersions(path('closed-plugins'))['acme.eq']).toBe('1.0.0');
    } finally {
      await closed.close();
    }
  });

  it('that has images of other kinds says so for those alone', async () => {
    const image = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: await upload('acme/tool', '{}', 'application/vnd.oci.image.config.v1+json'),
      layers: [],
    };
    const url = `http://${server.host}/v2/team/plugins/acme/tool/manifests/1.0.0`;
    const sent = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': image.mediaType },
      body: JSON.stringify(image),
    });
    expect(sent.status).toBe(201);
    const result = await callCli(['install', 'acme.tool', '-d', path('tool'), '-r', place]);
    expect(errorOf(result)).toContain('what it has as "acme.tool" 1.0.0 is no WebAssembly component');
    const { plugins } = await cliJson<{ plugins: { id: string }[] }>(['search', '-r', place]);
    expect(plugins.map(({ id }) => id)).toEqual(['acme.base', 'acme.eq']);
  });

  async function upload(name: string, text: string, mediaType: string) {
    const bytes = Buffer.from(text);
    const digest = `sha256:${(await import('node:crypto')).createHash('sha256').update(bytes).digest('hex')}`;
    const begun = await fetch(`http://${server.host}/v2/team/plugins/${name}/blobs/uploads/`, {
      method: 'POST',
    });
    const to = new URL(begun.headers.get('location') ?? '');
    to.searchParams.set('digest', digest);
    await fetch(to, { method: 'PUT', body: bytes });
    return { mediaType, digest, size: bytes.length };
  }

  describe.skipIf(WKG === undefined)('and wkg', () => {
    const config = path('wkg.toml');
    const wkg = (...args: string[]): string =>
      execFileSync(WKG ?? '', args, { encoding: 'utf8', cwd: FOLDER });

    beforeAll(() => {
      const host = server.host;
      writeFileSync(
        config,
        `default_registry = "${host}"\n[registry."${host}"]\ntype = "oci"\n[registry."${host}".oci]\nprotocol = "http"\n`,
      );
    });

    it('read what we publish, as an artifact and as a package', async () => {
      wkg(
        'oci',
        'pull',
        '--insecure',
        server.host,
        `${server.host}/team/plugins/acme/eq:1.0.0`,
        '-o',
        'pulled.wasm',
      );
      expect(new Uint8Array(readFileSync(path('pulled.wasm')))).toEqual(COUNTER);
      await packedPlugin(FOLDER, { id: 'acme.top', version: '1.2.3', registry: server.place });
      wkg(
        'get',
        'acme:top@1.2.3',
        '--config',
        config,
        '--cache',
        path('wkg-cache'),
        '--format',
        'wasm',
        '-o',
        path('got.wasm'),
      );
      expect(new Uint8Array(readFileSync(path('got.wasm')))).toEqual(COUNTER);
    });

    it('write what we install, and a host runs', async () => {
      writeFileSync(path('their.wasm'), COUNTER);
      wkg(
        'oci',
        'push',
        '--insecure',
        server.host,
        `${server.host}/team/plugins/other/tool:0.3.0`,
        path('their.wasm'),
      );
      const folder = path('theirs');
      await cliJson(['install', 'other.tool', '-d', folder, '-r', place], { env: ENV });
      const file = join(folder, 'other.tool-0.3.0.plugin.zip');
      expect(await (await openPlugin(file)).read('plugin.wasm')).toEqual(COUNTER);
      const host = createPluginHost({ folders: [folder], lockFile: join(folder, '.wasm-plugin-lock.json') });
      expect((await host.scan()).problems).toEqual([]);
      await host.close();
      const before = snapshot(folder);
      mkdirSync(path('keys'), { recursive: true });
      const signed = await callCli([
        'install',
        'other.tool',
        '-d',
        folder,
        '-r',
        place,
        '-t',
        path('acme.pub'),
        '--json',
      ]);
      expect(jsonError(signed)).toMatchObject({ code: 'WP_UNSIGNED' });
      expect(snapshot(folder)).toEqual(before);
    });
  });
});

/** Text that does not get smaller. */
function randomText(length: number): string {
  let [text, state] = ['', 1];
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += state.toString(36);
  }
  return text;
}
