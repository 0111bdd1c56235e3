import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OciClient } from '../../../cli/src/registry/oci-client.js';
import { identity } from '../../support/identity.js';
import { callCli, temporaryFolder, type CliResult } from '../run-cli.js';
import { HAS_REGISTRY, ociServer } from './oci-server.js';
import { errorOf, lockedVersions, packedPlugin, snapshot } from './packages.js';
import { ISSUER, SERVICE, tokenServer, type Allows } from './token-server.js';

const FOLDER = temporaryFolder();
const path = (name: string): string => join(FOLDER, name);

if (!HAS_REGISTRY) console.log("skipped: sign-in by tokens, as Debian's docker-registry is not installed");

/** Everybody may read what is public, a reader everything, and the author may also write. */
const ALLOWS: Allows = (user, { type, name }) => {
  if (type === 'registry') return user === undefined ? [] : ['*'];
  if (user === 'author') return ['pull', 'push'];
  return user === 'reader' || name.startsWith('public/') ? ['pull'] : [];
};

function as(user: string, password = 'secret'): NodeJS.ProcessEnv {
  return {
    WASM_PLUGIN_CACHE: path('cache'),
    WASM_PLUGIN_REGISTRY_USER: user,
    WASM_PLUGIN_REGISTRY_PASSWORD: password,
  };
}

describe.skipIf(!HAS_REGISTRY)('a registry with a server of tokens', () => {
  let tokens: Awaited<ReturnType<typeof tokenServer>>;
  let registry: Awaited<ReturnType<typeof ociServer>>;
  let packed = '';

  beforeAll(async () => {
    const keys = await identity('tokens', { authority: true });
    tokens = await tokenServer(keys, { passwords: { author: 'secret', reader: 'secret' }, allows: ALLOWS });
    const auth = { realm: tokens.realm, service: SERVICE, issuer: ISSUER, cert: keys.cert };
    registry = await ociServer(path('registry'), auth);
    packed = await packedPlugin(FOLDER, { id: 'acme.eq', version: '1.0.0' });
    for (const place of ['public', 'team']) {
      const { code, stderr } = await publish(place, as('author'));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
  });
  afterAll(async () => {
    tokens?.close();
    await registry?.close();
  });

  function publish(place: string, env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
    return callCli(['publish', packed, '-r', `${registry.place}/${place}`, '--json'], { env });
  }

  function install(folder: string, place: string, env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
    const args = ['install', 'acme.eq', '-d', folder, '-r', `${registry.place}/${place}`];
    return callCli(args, { env: { WASM_PLUGIN_CACHE: path('cache'), ...env } });
  }

  it('is asked for what is done, by who does it', async () => {
    tokens.asked.length = 0;
    const { code } = await install(path('as-reader'), 'team', as('reader'));
    expect(code).toBe(0);
    expect(lockedVersions(path('as-reader'))).toEqual({ 'acme.eq': '1.0.0' });
    expect(tokens.asked).toEqual([
      { user: 'reader', service: SERVICE, scopes: ['repository:team/acme/eq:pull'] },
    ]);
  });

  it('serves those who have no name what is open to all', async () => {
    tokens.asked.length = 0;
    const { code } = await install(path('as-nobody'), 'public');
    expect(code).toBe(0);
    expect(tokens.asked[0]).toMatchObject({ user: undefined });
  });

  it('lists its plugins for those who may see them', async () => {
    const { stdout } = await callCli(['search', '-r', `${registry.place}/team`, '--json'], {
      env: as('reader'),
    });
    expect(JSON.parse(stdout)).toMatchObject({ plugins: [{ id: 'acme.eq', version: '1.0.0' }] });
  });

  it.each([
    ['nobody', 'team', {}, 'wants to know who asks; set WASM_PLUGIN_REGISTRY_USER'],
    ['a guess', 'team', as('author', 'guess'), 'it does not take the password of "author"'],
  ])('refuses %s, says why, and changes nothing', async (_, place, env, message) => {
    const folder = path(`refused-${Object.keys(env).length}`);
    const result = await install(folder, place, env);
    expect(result.code).toBe(1);
    expect(errorOf(result)).toContain(message);
    expect(result.stderr).not.toContain('guess');
    expect(snapshot(folder)).toEqual({});
  });

  it('refuses to take a plugin from who may only read', async () => {
    const newer = await packedPlugin(FOLDER, { id: 'acme.eq', version: '1.1.0' });
    const args = ['publish', newer, '-r', `${registry.place}/team`];
    const result = await callCli(args, { env: as('reader') });
    expect(result.code).toBe(1);
    expect(errorOf(result)).toContain('"reader" may not do this there');
    const nobody = await callCli(args);
    expect(errorOf(nobody)).toContain('set WASM_PLUGIN_REGISTRY_USER');
  });
});

describe('a registry with TLS', () => {
  it('whose server of tokens has none gets no password', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url);
      const headers = { 'www-authenticate': 'Bearer realm="http://tokens.example/token",service="x"' };
      return new Response(null, { status: 401, headers });
    });
    const client = new OciClient('oci://registry.example', 'https://registry.example', {
      user: 'author',
      password: 'secret',
    });
    const url = client.url('acme/eq/tags/list');
    await expect(client.send('acme/eq', url)).rejects.toThrow(
      'it sends sign-ins to "http://tokens.example/token", which has no TLS',
    );
    expect(asked).toEqual([url]);
    vi.unstubAllGlobals();
  });
});
