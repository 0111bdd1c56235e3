import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { HttpOptions } from '@wasm-plugin/engine/sandbox';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HttpClient, type Tagged } from './http-client.js';
import { testServer, type TestServer } from './http-server.js';

/** A proxy that connects to this machine for every name, and reports the requests. */
const PROXY = `
const { createServer, request: ask } = require('node:http');
const { connect } = require('node:net');
const { parentPort } = require('node:worker_threads');
let seen = [];
const server = createServer((request, response) => {
  seen.push([request.method, request.url, request.headers['proxy-authorization'] ?? ''].join(' '));
  if (!request.url.startsWith('http://')) return void response.writeHead(400).end();
  const url = new URL(request.url);
  const { 'proxy-authorization': _, ...headers } = request.headers;
  const onward = ask({ host: '127.0.0.1', port: url.port, path: url.pathname, method: request.method, headers, setHost: false }, (answer) => {
    response.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
});
server.on('connect', (request, socket) => {
  seen.push(['CONNECT', request.url, request.headers['proxy-authorization'] ?? ''].join(' '));
  if (request.url.startsWith('refused.')) return void socket.end('HTTP/1.1 403 Forbidden\\r\\n\\r\\n');
  const onward = connect(Number(request.url.split(':').pop()), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 OK\\r\\n\\r\\n');
    socket.pipe(onward).pipe(socket);
  });
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
});
parentPort.on('message', () => parentPort.postMessage(seen.splice(0)));
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

let proxy: Worker;
let address: string;
let plain: TestServer;
let secure: TestServer;
let authority: string;

beforeAll(async () => {
  proxy = new Worker(PROXY, { eval: true });
  address = `http://127.0.0.1:${((await once(proxy, 'message')) as [number])[0]}`;
  const end = new Date(Date.now() + 365 * 24 * 3600 * 1000);
  const made = await generate([{ name: 'commonName', value: 'svc.invalid' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: end,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'svc.invalid' }] },
    ],
  });
  authority = made.cert;
  plain = await testServer();
  secure = await testServer({ cert: made.cert, key: made.private });
});
afterAll(() => Promise.all([proxy.terminate(), plain.close(), secure.close()]));

async function asked(): Promise<string[]> {
  // A thread has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  proxy.postMessage(undefined);
  return ((await once(proxy, 'message')) as [string[]])[0];
}
beforeEach(asked);

/** Names that only the proxy knows: nothing here is asked for them. */
const UNKNOWN = Object.fromEntries(
  ['svc.invalid', 'svc.invalids', 'other.invalid', 'refused.invalid'].map((name) => [name, []]),
);

function get(url: string, http: HttpOptions, grants = ['http:*:*']): string {
  const client = new HttpClient({
    grants,
    http: { authorities: [authority], ...http, hosts: { ...UNKNOWN, ...http.hosts } },
  });
  try {
    return client.get(url);
  } catch (error) {
    return (error as { payload?: Tagged }).payload?.tag ?? (error as Error).message;
  } finally {
    client.close();
  }
}

describe('http.proxy', () => {
  it('has plain requests made by the proxy, and tunnels the others', async () => {
    const at = `svc.invalid:${plain.port}`;
    expect(get(`http://${at}/hello`, { proxy: address })).toBe(`200 hello ${at}`);
    const tls = `svc.invalid:${secure.port}`;
    expect(get(`https://${tls}/hello`, { proxy: address })).toBe(`200 hello ${tls}`);
    expect(await asked()).toEqual([`GET http://${at}/hello `, `CONNECT ${tls} `]);
    expect((await secure.seen()).seen).toEqual(['/hello']);
  });

  it('may need a name and a password, which the guest does not see', async () => {
    const proxied = { proxy: address.replace('//', '//us%20er:pa%3Ass@') };
    get(`http://svc.invalid:${plain.port}/hello`, proxied);
    get(`https://svc.invalid:${secure.port}/hello`, proxied);
    const basic = `Basic ${Buffer.from('us er:pa:ss').toString('base64')}`;
    expect((await asked()).map((line) => line.split(' ').slice(2).join(' '))).toEqual([basic, basic]);
  });

  it('trusts a certificate for the host alone, not the proxy', () => {
    const url = `https://other.invalid:${secure.port}/`;
    expect(get(url, { proxy: address })).toBe('TLS-certificate-error');
    expect(get(`https://svc.invalid:${secure.port}/`, { proxy: address, authorities: [] })).toBe(
      'TLS-certificate-error',
    );
  });

  it('makes a refusal of the proxy an error', () => {
    const reasons: string[] = [];
    const http = { proxy: address, onFailure: ({ reason }: { reason: string }) => reasons.push(reason) };
    expect(get('https://refused.invalid/', http)).toBe('destination-unavailable');
    expect(reasons).toEqual(['the proxy answered with status 403']);
    expect(get('http://svc.invalid/', { proxy: 'http://127.0.0.1:1' })).toBe('connection-refused');
    expect(get('https://svc.invalid/', { proxy: 'http://127.0.0.1:1' })).toBe('connection-refused');
  });

  it('is asked for no private address, in no notation', async () => {
    const hosts = { 'rebound.invalid': ['127.0.0.1'] };
    for (const host of [
      '127.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      'localhost',
      'localhost.',
      'rebound.invalid',
      '2130706433',
      '0x7f000001',
      '0x7f.1',
      '127.1',
    ]) {
      for (const scheme of ['http', 'https'])
        expect(get(`${scheme}://${host}:${plain.port}/`, { proxy: address, hosts })).toBe(
          'destination-IP-prohibited',
        );
    }
    expect(await asked()).toEqual([]);
    const named = [`http:127.0.0.1:${plain.port}`];
    expect(get(`http://127.0.0.1:${plain.port}/hello`, { proxy: address }, named)).toMatch(/^200/);
    expect(await asked()).toHaveLength(1);
  });

  it('does not change what is granted', () => {
    const granted = ['http:svc.invalid:1'];
    expect(get(`http://svc.invalid:${plain.port}/`, { proxy: address }, granted)).toBe('HTTP-request-denied');
  });

  it.each([
    ['*', true],
    ['127.0.0.0/8', true],
    ['127.0.0.1', true],
    ['127.0.0.1:PORT', true],
    ['127.0.0.1:1', false],
    ['10.0.0.0/8', false],
    ['example.com', false],
  ])('has exceptions: %s', async (except, direct) => {
    const exceptions = ['.other.example', except.replace('PORT', String(plain.port))];
    const http = { proxy: { http: address, except: exceptions } };
    const url = `http://127.0.0.1:${plain.port}/hello`;
    expect(get(url, http, [`http:127.0.0.1:${plain.port}`])).toMatch(/^200/);
    expect(await asked()).toHaveLength(direct ? 0 : 1);
  });

  it.each(['svc.invalid', '.svc.invalid', '*.invalid', 'INVALID', 'svc.invalid.'])(
    'has exceptions by name: %s',
    async (except) => {
      const http = { proxy: { http: address, except: [except] } };
      expect(get(`http://svc.invalid:${plain.port}/`, http)).toBe('destination-not-found');
      expect(await asked()).toEqual([]);
      expect(get(`http://svc.invalids:${plain.port}/hello`, http)).toMatch(/^200/);
    },
  );

  it('is taken from the environment where the host says so, and only then', async () => {
    const url = `http://svc.invalid:${plain.port}/hello`;
    process.env['HTTP_PROXY'] = address;
    process.env['NO_PROXY'] = 'localhost, .example.com';
    try {
      expect(get(url, {})).toBe('destination-not-found');
      expect(get(url, { proxy: 'environment' })).toMatch(/^200/);
      process.env['no_proxy'] = '.invalid';
      expect(get(url, { proxy: 'environment' })).toBe('destination-not-found');
    } finally {
      for (const name of ['HTTP_PROXY', 'NO_PROXY', 'no_proxy']) delete process.env[name];
    }
    expect(get(url, { proxy: 'environment' })).toBe('destination-not-found');
  });

  it.each(['socks5://127.0.0.1:1080', 'http://', 'ftp://example.com'])('refuses what is none: %s', (text) => {
    expect(() => get('http://example.com/', { proxy: text })).toThrow(
      'Cannot use the proxy for http: wanted an address such as "http://proxy.example:3128"',
    );
  });

  it('lets bodies flow in both directions', () => {
    const client = new HttpClient({
      grants: ['http:*:*'],
      http: { proxy: address, authorities: [authority], hosts: UNKNOWN },
    });
    for (const [scheme, { port }] of [['http', plain] as const, ['https', secure] as const]) {
      const sent = client.send(`${scheme}://svc.invalid:${port}/count`, { body: true });
      for (let round = 0; round < 64; round++) {
        sent.stream?.subscribe().block();
        sent.stream?.write(new Uint8Array(Number(sent.stream.checkWrite())));
      }
      client.finish(sent);
      expect(client.receive(sent).all()).toMatch(/"length":\d{6,}/);
      const received = client.receive(client.send(`${scheme}://svc.invalid:${port}/bytes/${2 ** 24}`));
      expect(received.count()).toBe(2 ** 24);
      received[Symbol.dispose]();
    }
    client.close();
  });
});
