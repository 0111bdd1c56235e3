import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from './support.js';

/** A server on a thread of its own: a guest that waits blocks this one. */
const SERVER = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    if (request.url === '/redirect') response.writeHead(302, { Location: '/secret' }).end('go');
    else if (request.url === '/large') response.end('x'.repeat(200000));
    else response.end([request.method, request.url, request.headers.host, request.headers['x-note'] ?? '', body].join(' '));
  });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

let server: Worker;
let port: number;

beforeAll(async () => {
  server = new Worker(SERVER, { eval: true });
  port = await new Promise<number>((resolve) => server.once('message', resolve));
});
afterAll(() => server.terminate());

describe('a guest with a granted host', () => {
  it('makes requests to it', async () => {
    const { attempt, instance } = await start('fetch', { grants: [`http:127.0.0.1:${port}`] });
    expect(attempt('get', `http://127.0.0.1:${port}/a?b=c`).value).toBe(`200 GET /a?b=c 127.0.0.1:${port}  `);
    expect(attempt('get', `http://127.0.0.1:${port}/a`, 'X-Note', 'hi').value).toContain(' hi ');
    expect(attempt('post', `http://127.0.0.1:${port}/a`, 'body').value).toMatch(/^200 POST .* body$/);
    instance.close();
  });

  it('is given a redirect, which is not followed', async () => {
    const { attempt, instance } = await start('fetch', { grants: [`http:127.0.0.1:${port}`] });
    expect(attempt('get', `http://127.0.0.1:${port}/redirect`).value).toBe('302 go');
    instance.close();
  });

  it('may not make others', async () => {
    const { attempt, instance } = await start('fetch', { grants: [`http:127.0.0.1:${port}`] });
    expect(attempt('get', `http://127.0.0.1:${port + 1}/`)).toEqual({
      failure: 'ErrorCode::HttpRequestDenied',
      state: 'ready',
      denials: [`http:127.0.0.1:${port + 1} manifest`],
    });
    expect(attempt('get', 'https://example.com/').denials).toContain('http:example.com:443 manifest');
    instance.close();
  });

  it('is refused where the host does not grant what the manifest asks for', async () => {
    const { attempt } = await start('fetch', { permissions: ['http:example.com'], grants: [] });
    expect(attempt('get', 'https://example.com/')).toEqual({
      failure: 'ErrorCode::HttpRequestDenied',
      state: 'ready',
      denials: ['http:example.com:443 host'],
    });
  });

  it.each([
    ['a name with a line end', 'X-Note\r\nHost', 'x', 'InvalidSyntax'],
    ['a value with a line end', 'X-Note', 'x\r\nHost: evil', 'InvalidSyntax'],
    ['a value with a bare line feed', 'X-Note', 'x\nHost: evil', 'InvalidSyntax'],
    ['a value with a NUL', 'X-Note', 'x\0', 'InvalidSyntax'],
    ['another host', 'Host', 'evil', 'Forbidden'],
    ['another framing', 'Transfer-Encoding', 'chunked', 'Forbidden'],
    ['an upgrade', 'Connection', 'upgrade', 'Forbidden'],
  ])('may not inject a header: %s', async (_name, header, value, wanted) => {
    const { attempt } = await start('fetch', { grants: ['http:*:*'] });
    const { failure } = attempt('get', `http://127.0.0.1:${port}/`, header, value);
    expect(failure).toContain(wanted);
  });

  it.each([
    ['http://127.0.0.1/a b', 'path refused'],
    ['http://127.0.0.1/a\r\nX: y', 'path refused'],
    ['http://user@127.0.0.1/', 'authority refused'],
    ['http://127.0.0.1:99999/', 'authority refused'],
    ['http://exa mple/', 'authority refused'],
  ])('may not inject into the request line: %s', async (url, failure) => {
    const { attempt } = await start('fetch', { grants: ['http:*:*'] });
    expect(attempt('get', url).failure).toBe(failure);
  });

  it('may not make a tunnel, or a method of two words', async () => {
    const { attempt } = await start('fetch', { grants: ['http:*:*'] });
    expect(attempt('method', 'CONNECT', `http://127.0.0.1:${port}/`).failure).toContain(
      'HttpRequestMethodInvalid',
    );
    expect(attempt('method', 'GET /x', `http://127.0.0.1:${port}/`).failure).toBe('method refused');
  });
});

describe('a private address', () => {
  it.each([
    ['by itself, under a pattern', '127.0.0.1'],
    ['in another notation', '[::ffff:127.0.0.1]'],
    ['behind a name', 'rebound.example'],
    ['behind a name that has several', 'half.example'],
  ])('is not connected to: %s', async (_name, host) => {
    const hosts = { 'rebound.example': ['127.0.0.1'], 'half.example': ['10.0.0.1', '127.0.0.1', '::1'] };
    const { attempt, instance } = await start('fetch', { grants: ['http:*:*'], http: { hosts } });
    expect(attempt('get', `http://${host}:${port}/`).failure).toBe('ErrorCode::DestinationIpProhibited');
    instance.close();
  });

  it('is connected to where the grant names it', async () => {
    const http = { hosts: { localhost: ['127.0.0.1'] } };
    const { attempt, instance } = await start('fetch', { grants: [`http:localhost:${port}`], http });
    expect(attempt('get', `http://localhost:${port}/`).value).toMatch(/^200 GET/);
    instance.close();
  });
});

describe('a response', () => {
  it('is refused where it is larger than allowed', async () => {
    const grants = [`http:127.0.0.1:${port}`];
    const { attempt, instance } = await start('fetch', { grants, http: { responseBytes: 100_000 } });
    expect(attempt('get', `http://127.0.0.1:${port}/large`).failure).toContain('HttpResponseBodySize');
    instance.close();
  });

  it('comes as an error where nobody answers', async () => {
    const { attempt, instance } = await start('fetch', { grants: ['http:127.0.0.1:1'] });
    expect(attempt('get', 'http://127.0.0.1:1/').failure).toBe('ErrorCode::ConnectionRefused');
    instance.close();
  });
});
