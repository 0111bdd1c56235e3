import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createSandbox, type HttpFailure, type HttpOptions } from '@wasm-plugin/engine/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identity, type Identity, type IdentityOptions } from '../support/identity.js';
import { start, type Outcome } from './support.js';

/** A server on a thread of its own: a guest that waits blocks this one. */
const SERVER = `
const { createServer } = require('node:https');
const { parentPort, workerData } = require('node:worker_threads');
const server = createServer(workerData, ({ url, headers, socket }, response) => {
  if (workerData.redirect !== undefined) response.writeHead(302, { Location: workerData.redirect });
  response.end([url, headers.host, String(socket.servername)].join(' '));
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;
const PLAIN_SERVER = SERVER.replace('node:https', 'node:http').replace('workerData, (', '(');

const servers: Worker[] = [];

async function serve(source: string, options: object = {}): Promise<number> {
  const server = new Worker(source, { eval: true, workerData: options });
  servers.push(server);
  return ((await once(server, 'message')) as [number])[0];
}

const hosts = { localhost: ['127.0.0.1'], 'rebound.example': ['127.0.0.1'] };
let authority: Identity;
let port: number;

beforeAll(async () => {
  authority = await identity('Test authority', { authority: true });
  const names = ['localhost', 'rebound.example'];
  port = await serve(SERVER, await identity('localhost', { names, ip: '127.0.0.1', by: authority }));
});
afterAll(() => Promise.all(servers.map((server) => server.terminate())));

/** Has a guest ask for `/a` of a server. */
async function ask(
  at: { port: number; host?: string; grant?: string },
  http: Partial<HttpOptions> = {},
): Promise<Outcome & { failures: HttpFailure[] }> {
  const { host = 'localhost', grant = `http:${host}:${at.port}` } = at;
  const failures: HttpFailure[] = [];
  const { attempt, instance } = await start('fetch', {
    grants: [grant],
    http: { hosts, authorities: [authority.cert], onFailure: (failure) => failures.push(failure), ...http },
  });
  const outcome = attempt('get', `https://${host}:${at.port}/a`);
  instance.close();
  return { ...outcome, failures };
}

describe('a guest with a granted host', () => {
  it('makes requests to it over TLS, where its authority is trusted', async () => {
    expect(await ask({ port })).toMatchObject({ value: `200 /a localhost:${port} localhost`, failures: [] });
    const byAddress = await ask({ port, host: '127.0.0.1' });
    expect(byAddress.value).toBe(`200 /a 127.0.0.1:${port} false`);
  });

  it('is refused another host or port over TLS too', async () => {
    expect(await ask({ port, grant: `http:localhost:${port + 1}` })).toMatchObject({
      failure: 'ErrorCode::HttpRequestDenied',
      denials: [`http:localhost:${port} manifest`],
      failures: [],
    });
  });

  it('is given a redirect over TLS, to another host or to none, which is not followed', async () => {
    const own = await identity('localhost', { by: authority });
    for (const redirect of [
      `https://127.0.0.1:${port}/a`,
      `http://localhost:${port}/a`,
      '//elsewhere.example/',
    ]) {
      const at = await serve(SERVER, { ...own, redirect });
      expect(await ask({ port: at })).toMatchObject({
        value: `302 /a localhost:${at} localhost`,
        failures: [],
      });
    }
  });

  it('reaches no private address behind a name, however good its certificate', async () => {
    for (const grant of ['http:*:*', `http:rebound.example:${port}`]) {
      const { failure, failures } = await ask({ port, host: 'rebound.example', grant });
      expect(failure).toBe('ErrorCode::DestinationIpProhibited');
      expect(failures).toMatchObject([{ host: 'rebound.example', code: 'destination-IP-prohibited' }]);
    }
  });
});

describe('a server that cannot prove who it is', () => {
  const refused = async (
    options: IdentityOptions & { self?: boolean },
    http: Partial<HttpOptions> = {},
  ): Promise<HttpFailure | undefined> => {
    const made = await identity('localhost', { ...options, ...(options.self !== true && { by: authority }) });
    const at = await serve(SERVER, made);
    const { failure, state, failures } = await ask({ port: at }, http);
    expect({ failure, state }).toEqual({ failure: 'ErrorCode::TlsCertificateError', state: 'ready' });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      plugin: 'fetch',
      host: 'localhost',
      port: at,
      code: 'TLS-certificate-error',
    });
    return failures[0];
  };

  it('is refused, and the host hears why', async () => {
    expect((await refused({ self: true }))?.reason).toMatch(/self.signed certificate/);
    expect((await refused({}, { authorities: [] }))?.reason).toMatch(/unable to verify|local issuer/);
    expect((await refused({ expired: true }))?.reason).toMatch(/expired/);
    const other = await refused({ names: ['other.example'] });
    expect(other?.reason).toMatch(/localhost. is not in the cert's altnames/);
  });

  it('is refused where its certificate is for another address, or its issuer may not issue any', async () => {
    const elsewhere = await identity('127.0.0.2', { names: ['127.0.0.1'], ip: '127.0.0.2', by: authority });
    const at = await serve(SERVER, elsewhere);
    const { failure, failures } = await ask({ port: at, host: '127.0.0.1' });
    expect(failure).toBe('ErrorCode::TlsCertificateError');
    expect(failures[0]?.reason).toMatch(/127\.0\.0\.1 is not in the cert's list/);
    const leaf = await identity('localhost', { by: authority });
    const { cert, key } = await identity('localhost', { by: leaf });
    const chained = await ask({ port: await serve(SERVER, { cert: `${cert}\n${leaf.cert}`, key }) });
    expect(chained.failure).toBe('ErrorCode::TlsCertificateError');
  });

  it('is refused, whatever the environment of the process says', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      await refused({ self: true });
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });

  it('is no TLS server: the guest is told so', async () => {
    const { failure, failures } = await ask({ port: await serve(PLAIN_SERVER) });
    expect(failure).toBe('ErrorCode::TlsProtocolError');
    expect(failures).toMatchObject([{ code: 'TLS-protocol-error' }]);
  });

  it('ends the connection with an alert: the guest is told which', async () => {
    const own = await identity('localhost', { by: authority });
    const at = await serve(SERVER, { ...own, requestCert: true, rejectUnauthorized: true });
    const { failure, failures } = await ask({ port: at });
    expect(failure).toMatch(
      /^ErrorCode::TlsAlertReceived\(TlsAlertReceivedPayload \{ alert-id: Some\(116\), alert-message: Some\("certificate required"\)/,
    );
    expect(failures).toMatchObject([{ code: 'TLS-alert-received' }]);
  });
});

describe('http.authorities', () => {
  it('refuses what is no certificate', () => {
    const make = (authorities: string[]) => () =>
      createSandbox({ permissions: [], grants: [], http: { authorities } });
    expect(make([authority.cert])).not.toThrow();
    expect(make([authority.cert, 'nonsense'])).toThrow(
      'Cannot trust http.authorities[1]: wanted a certificate as PEM',
    );
  });
});
