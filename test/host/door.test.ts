import { once } from 'node:events';
import { link, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createPluginHost,
  type CreatePluginHostOptions,
  type NodePluginHost,
} from '@wasm-plugin/engine/host';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COUNTING, type Counting } from '../reload/counter.js';
import { counterFiles } from './counter-host.js';

const TOKEN = 'a token of sixteen or more';

let folder = '';
let host: NodePluginHost;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-door-'));
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

async function counting(options: CreatePluginHostOptions = {}): Promise<Counting> {
  host = createPluginHost({ grants: ['log'], ...options });
  for (const number of [1, 2]) await host.add(counterFiles(number));
  const { exports } = await host.load('counter', { version: '1.0.0' });
  return exports[COUNTING] as Counting;
}

interface Asked {
  readonly socketPath?: string;
  readonly port?: number;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
}

/** Makes a request by hand, so that each header can be a lie. */
function ask({
  path = '/plugins',
  ...options
}: Asked): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', path, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Leaves a socket that nobody listens at, as a host does that dies. */
async function leaveSocket(path: string): Promise<void> {
  const server = createServer().listen(`${path}.own`);
  await once(server, 'listening');
  await link(`${path}.own`, path);
  server.close();
  await once(server, 'close');
}

const withToken = { authorization: `Bearer ${TOKEN}` };

describe('PluginHost.openDoor()', () => {
  it('lets nobody in without the token, by another name, or from a web page', async () => {
    await counting();
    const { address } = await host.openDoor({ port: 0, token: TOKEN });
    const port = Number(new URL(address).port);
    const statusWith = async (headers: Record<string, string>) => (await ask({ port, headers })).status;
    expect(await statusWith({})).toBe(401);
    expect(await statusWith({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await statusWith(withToken)).toBe(200);
    expect(await statusWith({ ...withToken, origin: 'https://example.com' })).toBe(403);
    expect(await statusWith({ ...withToken, origin: `http://127.0.0.1:${port}` })).toBe(403);
    expect(await statusWith({ ...withToken, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await statusWith({ ...withToken, host: 'evil.example.com' })).toBe(403);
    expect(await statusWith({ ...withToken, host: `localhost:${port}` })).toBe(200);
  });

  it('refuses a port without a token, both places, and a socket that is taken', async () => {
    await counting();
    await expect(host.openDoor({ port: 0 })).rejects.toThrow('it needs a token of 16 characters or more');
    await expect(host.openDoor({ port: 0, token: 'short' })).rejects.toThrow('16 characters');
    await expect(host.openDoor({})).rejects.toThrow('give "unix" or "port"');
    const unix = join(folder, 'door.sock');
    await host.openDoor({ unix });
    await expect(host.openDoor({ unix })).rejects.toMatchObject({ code: 'WP_LIFECYCLE' });
  });

  it('opens a socket for this user alone, over what a dead host left, and takes it away', async () => {
    await counting();
    const unix = join(folder, 'door.sock');
    await leaveSocket(unix);
    const { address, close } = await host.openDoor({ unix });
    expect([address, (await stat(unix)).mode & 0o777]).toEqual([`unix:${unix}`, 0o600]);
    const { body } = await ask({ socketPath: unix });
    expect(JSON.parse(body)).toMatchObject([{ plugin: 'counter', version: '1.0.0', state: 'ready' }]);
    expect((await ask({ socketPath: unix, headers: { origin: 'null' } })).status).toBe(403);
    await close();
    await expect(stat(unix)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('keeps a file that is no socket, and says so', async () => {
    await counting();
    const path = join(folder, 'notes.txt');
    await writeFile(path, 'mine');
    await expect(host.openDoor({ unix: path })).rejects.toThrow('a file is there that is no socket');
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it('stops, starts, reloads and rolls back, and writes that into the audit log', async () => {
    const audit = join(folder, 'logs', 'audit.jsonl');
    const counter = await counting({ audit });
    const unix = join(folder, 'door.sock');
    await host.openDoor({ unix });
    const post = async (verb: string) =>
      (await ask({ socketPath: unix, method: 'POST', path: `/plugins/counter/${verb}` })).status;
    expect(await post('stop')).toBe(200);
    expect(host.get('counter').state).toBe('disabled');
    expect(await post('start')).toBe(200);
    expect(await post('reload')).toBe(200);
    expect(await post('rollback')).toBe(200);
    expect(await post('rollback')).toBe(409);
    expect(await post('explode')).toBe(404);
    expect((await ask({ socketPath: unix, method: 'POST', path: '/plugins/nobody/stop' })).status).toBe(404);
    expect((await ask({ socketPath: unix, method: 'DELETE', path: '/plugins/counter/stop' })).status).toBe(
      404,
    );
    const health = await ask({ socketPath: unix, method: 'POST', path: '/plugins/counter/health' });
    expect(JSON.parse(health.body)).toMatchObject({ healthy: true, diagnosis: { plugin: 'counter' } });
    const history = await ask({ socketPath: unix, path: '/history' });
    expect(JSON.parse(history.body)).toMatchObject([
      { by: 'operator', result: 'done' },
      { by: 'operator', result: 'rolled-back' },
    ]);
    expect(counter.read()).toMatchObject({ total: 0n });
    await host.close();
    const lines = (await readFile(audit, 'utf8')).trimEnd().split('\n');
    const written = lines.map(
      (line) => JSON.parse(line) as { what: string; path?: string; grants?: string[] },
    );
    expect(written[0]).toMatchObject({ what: 'ready', plugin: 'counter', grants: ['log'] });
    expect(written.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['disabled', 'reloaded', 'rolled-back', 'request']),
    );
  });

  it('goes on where the audit log cannot be written, and says so once', async () => {
    await writeFile(join(folder, 'file'), '');
    const problems: unknown[] = [];
    host = createPluginHost({ grants: ['log'], audit: join(folder, 'file', 'audit.jsonl') });
    host.on('problem', ({ error }) => problems.push(error));
    await host.add(counterFiles(1));
    await host.load('counter');
    await host.unload('counter');
    await host.close();
    expect(problems).toEqual([
      expect.objectContaining({ code: expect.stringMatching(/ENOTDIR|EEXIST/) as string }),
    ]);
  });
});

describe('PluginHost.metrics()', () => {
  it('counts calls, errors and events, and writes them for Prometheus', async () => {
    const counter = await counting({ metrics: true });
    for (let count = 0; count < 300; count++) counter.add(1n);
    expect(() => counter.add('no' as unknown as bigint)).toThrow();
    await host.reload('counter', '2.0.0');
    const [metrics] = host.metrics();
    const add = metrics?.functions.find(({ name }) => name.endsWith('#add'));
    // The first 16 calls are timed, and each 256th.
    expect(add).toMatchObject({ calls: 301, errors: 1, timed: 17 });
    expect(add?.buckets.reduce((sum, each) => sum + each, 0)).toBe(17);
    expect(metrics).toMatchObject({ plugin: 'counter', version: '2.0.0', reloads: 1, restarts: 0 });
    const unix = join(folder, 'door.sock');
    await host.openDoor({ unix });
    const { body } = await ask({ socketPath: unix, path: '/metrics' });
    expect(body).toContain('# TYPE wasm_plugin_call_seconds histogram\n');
    expect(body).toContain(
      'wasm_plugin_calls_total{plugin="counter",function="wasm-plugin:counter/counting@1.0.0#add"} 301\n',
    );
    expect(body).toContain('wasm_plugin_reloads_total{plugin="counter"} 1\n');
    expect(body).toMatch(/_bucket\{plugin="counter",function="[^"]*#add",le="\+Inf"\} 17\n/);
  });

  it('counts no calls unless it is asked to', async () => {
    const counter = await counting();
    counter.add(1n);
    expect(host.metrics()[0]?.functions).toEqual([]);
  });
});

describe('PluginHost.diagnose()', () => {
  it('says what is wrong: the error, limits near their end, the last events', async () => {
    const counter = await counting({ limits: { fuelTotal: 20_000 } });
    expect(() => {
      for (;;) counter.add(1n);
    }).toThrow(expect.objectContaining({ code: 'WP_QUOTA_FUEL' }) as Error);
    const { state, error, limits, advice, events } = host.diagnose('counter');
    expect([state, error]).toEqual(['dead', expect.objectContaining({ code: 'WP_QUOTA_FUEL' })]);
    expect(limits[0]).toMatchObject({ limit: 'fuelTotal', allowed: 20_000 });
    expect(advice.join(' ')).toMatch(/explain WP_QUOTA_FUEL.*fresh instance/);
    expect(events.at(-1)).toMatchObject({ name: 'state', event: { to: 'dead' } });
    expect(() => host.diagnose('nobody')).toThrow(expect.objectContaining({ code: 'WP_NOT_FOUND' }) as Error);
  });
});
