import { existsSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from '../run-cli.js';
import {
  cliJson,
  errorOf,
  jsonError,
  lockedVersions,
  packedPlugin,
  runCliBeside,
  snapshot,
} from './packages.js';
import { staticServer } from './static-server.js';

const FOLDER = temporaryFolder();
const REGISTRY = join(FOLDER, 'registry');
const FILE = '/acme.eq/acme.eq-1.0.0.plugin.zip';
let server: Awaited<ReturnType<typeof staticServer>>;
let number = 0;
let place = { folder: '', cache: '' };

beforeAll(async () => {
  for (const version of ['1.0.0', '1.1.0'])
    await packedPlugin(FOLDER, { id: 'acme.base', version, registry: REGISTRY });
  const dependencies = { 'acme.base': '^1.0.0' };
  await packedPlugin(FOLDER, { id: 'acme.eq', version: '1.0.0', dependencies, registry: REGISTRY });
  await packedPlugin(FOLDER, { id: 'acme.eq', version: '2.0.0', dependencies, registry: REGISTRY });
  server = await staticServer(REGISTRY);
});
afterAll(() => server.close());

beforeEach(() => {
  number++;
  place = { folder: join(FOLDER, `plugins-${number}`), cache: join(FOLDER, `cache-${number}`) };
  server.fault = () => false;
  server.asked.length = 0;
});

function install(...args: string[]) {
  return callCli(['install', ...args, '-d', place.folder, '-r', server.url, '--json'], {
    env: { WASM_PLUGIN_CACHE: place.cache },
  });
}

const downloads = (): (string | undefined)[] =>
  server.asked.filter(({ path }) => path === FILE).map(({ range }) => range);

describe('wasm-plugin install, from a web server', () => {
  it('fetches what is needed once, and takes it from the cache then', async () => {
    expect((await install('acme.eq@^1.0.0')).code).toBe(0);
    expect(lockedVersions(place.folder)).toEqual({ 'acme.base': '1.1.0', 'acme.eq': '1.0.0' });
    place.folder = join(FOLDER, 'second');
    expect((await install('acme.eq@^1.0.0')).code).toBe(0);
    expect(downloads()).toEqual([undefined]);
  });

  it('goes on where a download was cut off', async () => {
    let cuts = 2;
    server.fault = ({ request, response, bytes }) => {
      if (request.url !== FILE || cuts-- <= 0) return false;
      const from = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
      response.writeHead(from === 0 ? 200 : 206, { 'content-length': bytes.length - from });
      response.write(bytes.subarray(from, from + 4000));
      whenWritten(from + 4000, () => response.destroy());
      return true;
    };
    expect((await install('acme.eq@^1.0.0')).code).toBe(0);
    expect(downloads()).toEqual([undefined, 'bytes=4000-', 'bytes=8000-']);
  });

  it('starts anew where the server has no parts, or other bytes than before', async () => {
    let isFirst = true;
    server.fault = ({ request, response, bytes }) => {
      if (request.url !== FILE || !isFirst) return false;
      isFirst = false;
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(Buffer.alloc(5000));
      whenWritten(5000, () => response.destroy());
      return true;
    };
    expect((await install('acme.eq@^1.0.0')).code).toBe(0);
    expect(downloads()).toEqual([undefined, 'bytes=5000-', undefined]);
  });

  it('asks again a server that is busy, and gives up with its words', async () => {
    let busy = 2;
    server.fault = ({ request, response }) => {
      if (request.url !== '/index.json' || busy-- <= 0) return false;
      response.writeHead(503, { 'retry-after': '0' }).end('later');
      return true;
    };
    expect((await install('acme.eq@^1.0.0')).code).toBe(0);
    server.fault = ({ response }) => (
      response.writeHead(503, { 'retry-after': '0' }).end('closed\u001b[2J for today'),
      true
    );
    place.folder = join(FOLDER, 'busy');
    const result = await install('acme.eq@^1.0.0');
    expect(result.code).toBe(1);
    expect(jsonError(result)).toMatchObject({ code: 'WP_REGISTRY' });
    expect(errorOf(result)).toContain('answers 503: closed\\u{1b}[2J for today');
    expect(existsSync(place.folder)).toBe(false);
  });

  it('refuses files that are not what the index promises, also longer ones, and keeps none of them', async () => {
    for (const make of [
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('more')]),
      (bytes: Buffer) => Buffer.alloc(bytes.length),
    ]) {
      server.fault = ({ request, response, bytes }) => {
        if (request.url !== FILE) return false;
        response.writeHead(200).end(make(bytes));
        return true;
      };
      const result = await install('acme.eq@^1.0.0');
      expect(jsonError(result)).toMatchObject({ code: 'WP_REGISTRY' });
      expect(existsSync(place.folder)).toBe(false);
      expect(readdirSync(place.cache).filter((name) => name.endsWith('.part'))).toEqual([]);
    }
  });

  it('says what a server that is not there, or has no index, answers', async () => {
    const gone = await callCli(['search', '-r', `${server.url}/nowhere`]);
    expect(gone.code).toBe(1);
    expect(errorOf(gone)).toBe(
      `Cannot use the registry "${server.url}/nowhere": "${server.url}/nowhere/index.json" answers 404: none`,
    );
    const closed = await staticServer(FOLDER);
    await closed.close();
    const none = await callCli(['search', '-r', closed.url]);
    expect(errorOf(none)).toContain('cannot be reached: ECONNREFUSED');
  });

  it('keeps the cache within its bound, and takes out what was used longest ago', async () => {
    const { sizeBytes } = (
      JSON.parse(readFileSync(join(REGISTRY, 'index.json'), 'utf8')) as {
        plugins: Record<string, { versions: Record<string, { sizeBytes: number }> }>;
      }
    ).plugins['acme.eq']?.versions['1.0.0'] ?? { sizeBytes: 0 };
    mkdirSync(place.cache);
    writeFileSync(join(place.cache, 'a'.repeat(64)), Buffer.alloc(5000));
    writeFileSync(join(place.cache, 'mine.txt'), 'not ours');
    const result = await callCli(['install', 'acme.base', '-d', place.folder, '-r', server.url], {
      env: { WASM_PLUGIN_CACHE: place.cache, WASM_PLUGIN_CACHE_BYTES: String(sizeBytes) },
    });
    expect(result.code).toBe(0);
    const left = readdirSync(place.cache);
    expect(left).toContain('mine.txt');
    expect(left).not.toContain('a'.repeat(64));
    const wrong = await callCli(['search', '-r', server.url], {
      env: { WASM_PLUGIN_CACHE_BYTES: 'much' },
    });
    expect({ code: wrong.code, text: errorOf(wrong) }).toEqual({
      code: 2,
      text: 'Cannot use WASM_PLUGIN_CACHE_BYTES="much": wanted a number of bytes',
    });
  });
});

describe('an installation that is killed', () => {
  it('in the middle of a download leaves what was there, and the next one goes on', async () => {
    expect((await install('acme.base@1.0.0')).code).toBe(0);
    const before = snapshot(place.folder);
    let killed = false;
    const ended = runKilled((kill) => {
      server.fault = ({ request, response, bytes }) => {
        if (request.url !== FILE || killed) return false;
        killed = true;
        response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 6000));
        whenWritten(6000, kill);
        return true;
      };
    });
    expect((await ended).code).toBe(null);
    const { '.wasm-plugin.lock': _, ...left } = snapshot(place.folder);
    expect(Object.entries(left)).toEqual(expect.arrayContaining(Object.entries(before)));
    expect(lockedVersions(place.folder)).toEqual({ 'acme.base': '1.0.0' });
    server.asked.length = 0;
    expect((await install('acme.eq@^1.0.0')).code).toBe(0);
    expect(downloads()).toEqual(['bytes=6000-']);
    expect(Object.keys(snapshot(place.folder))).toEqual([
      '.wasm-plugin-lock.json',
      'acme.base-1.0.0.plugin.zip',
      'acme.eq-1.0.0.plugin.zip',
    ]);
  });

  it('at any moment leaves the old state or the new one, whole', async () => {
    expect((await install('acme.eq@1.0.0')).code).toBe(0);
    const old = lockedVersions(place.folder);
    const moments = [/\.wasm-plugin-stage/, /pending/, /^acme\.eq-2/, /lock\.json\..*tmp$/];
    for (const moment of moments) {
      const result = await runKilled((kill) => {
        const watcher = watch(place.folder, (_, name) => {
          if (!moment.test(name ?? '')) return;
          watcher.close();
          kill();
        });
      }, 'acme.eq@2.0.0');
      const now = lockedVersions(place.folder);
      expect([old, { ...old, 'acme.eq': '2.0.0' }]).toContainEqual(now);
      for (const [id, version] of Object.entries(now))
        await cliJson([
          'verify',
          join(place.folder, `${id}-${version}.plugin.zip`),
          '--lock-file',
          join(place.folder, '.wasm-plugin-lock.json'),
        ]);
      if (result.code !== null || now['acme.eq'] !== '1.0.0')
        expect((await install('acme.eq@1.0.0', '--allow-downgrade')).code).toBe(0);
    }
    expect((await install('acme.eq@2.0.0')).code).toBe(0);
    expect(Object.keys(snapshot(place.folder))).toEqual([
      '.wasm-plugin-lock.json',
      'acme.base-1.1.0.plugin.zip',
      'acme.eq-2.0.0.plugin.zip',
    ]);
  });
});

/** Runs an installation that is killed without a chance to tidy up. */
function runKilled(arm: (kill: () => void) => void, plugin = 'acme.eq@^1.0.0') {
  return runCliBeside(['install', plugin, '-d', place.folder, '-r', server.url], {
    env: { WASM_PLUGIN_CACHE: place.cache },
    onChild: (child) => arm(() => child.kill('SIGKILL')),
  });
}

/** Calls once that many bytes of a download are on the disk. */
function whenWritten(length: number, then: () => void): void {
  mkdirSync(place.cache, { recursive: true });
  const look = (): void => {
    const part = readdirSync(place.cache).find((name) => name.endsWith('.part'));
    if (part === undefined || statSync(join(place.cache, part)).size < length) return;
    watcher.close();
    then();
  };
  const watcher = watch(place.cache, look);
  look();
}
