import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpClient, type Tagged } from '../http-client.js';
import { testServer, type TestServer } from '../http-server.js';

let server: TestServer;
let other: TestServer;

beforeAll(async () => {
  [server, other] = await Promise.all([testServer(), testServer()]);
});
afterAll(() => Promise.all([server.close(), other.close()]));

interface Asked {
  grants: string[];
  permissions?: string[];
  privateNetworks?: string[];
  addresses?: string[];
}

/** Asks a host for `/hello`; returns its answer, or the error code. */
function ask(host: string, { grants, permissions = grants, privateNetworks, addresses }: Asked): string {
  const [name = ''] = host.split(':');
  const hosts = addresses === undefined ? {} : { [name.toLowerCase().replace(/\.$/, '')]: addresses };
  const client = new HttpClient({ grants, permissions, http: { hosts, privateNetworks } });
  try {
    return client.get(`http://${host}/hello`);
  } catch (error) {
    return (error as { payload?: Tagged }).payload?.tag ?? (error as Error).message;
  } finally {
    client.close();
  }
}

describe('a private address that a grant names', () => {
  it('is open on the port of that grant, whatever a pattern covers beside it', () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      const named = `http:${host}:${server.port}`;
      for (const pattern of ['http:*:*', `http:*:${other.port}`]) {
        const asked = { grants: [pattern, named], addresses: ['127.0.0.1'] };
        expect(ask(`${host}:${server.port}`, asked)).toMatch(/^200 hello/);
        expect(ask(`${host}:${other.port}`, asked)).toBe('destination-IP-prohibited');
      }
      const usual = { grants: ['http:*', `http:${host}:3000`], addresses: ['127.0.0.1'] };
      expect(ask(host, usual)).toBe('destination-IP-prohibited');
    }
  });

  it('has to be named by the manifest too', () => {
    const grants = [`http:127.0.0.1:${server.port}`];
    const at = `127.0.0.1:${server.port}`;
    expect(ask(at, { grants, permissions: ['http:*:*'] })).toBe('destination-IP-prohibited');
    expect(ask(at, { grants, permissions: ['http:*:*', 'http:127.0.0.1:1'] })).toBe(
      'destination-IP-prohibited',
    );
    expect(ask(at, { grants, permissions: ['http:127.0.0.1:*'] })).toMatch(/^200/);
  });
});

describe('a name with a private address', () => {
  const asked = (more: Partial<Asked> = {}): string =>
    ask(`svc.internal:${server.port}`, {
      grants: [`http:svc.internal:${server.port}`],
      addresses: ['127.0.0.1'],
      ...more,
    });

  it('is reached where the host names its network', () => {
    expect(asked()).toBe('destination-IP-prohibited');
    expect(asked({ privateNetworks: ['10.0.0.0/8'] })).toBe('destination-IP-prohibited');
    for (const network of ['127.0.0.0/8', '127.0.0.1', '127.0.0.1/32'])
      expect(asked({ privateNetworks: ['fd00::/8', network] })).toBe(`200 hello svc.internal:${server.port}`);
    expect(asked({ privateNetworks: ['127.0.0.0/8'], addresses: ['::ffff:127.0.0.1'] })).toMatch(/^200/);
  });

  it('is reached by a grant that writes it out, and by no pattern', () => {
    const privateNetworks = ['127.0.0.0/8'];
    const pattern = [`http:*.internal:${server.port}`, 'http:*:*'];
    expect(asked({ privateNetworks, grants: pattern })).toBe('destination-IP-prohibited');
    const elsewhere = [...pattern, `http:svc.internal:${other.port}`];
    expect(asked({ privateNetworks, grants: elsewhere })).toBe('destination-IP-prohibited');
    expect(asked({ privateNetworks, permissions: pattern })).toBe('destination-IP-prohibited');
  });

  it('goes to those of its addresses that are allowed', () => {
    const addresses = ['10.255.255.1', '192.168.0.1', '127.0.0.1', 'fd00::1'];
    expect(asked({ privateNetworks: ['127.0.0.0/8'], addresses })).toMatch(/^200/);
    expect(asked({ addresses })).toBe('destination-IP-prohibited');
    expect(asked({ addresses: [] })).toBe('destination-not-found');
  });

  it.each(['10.0.0.0/33', '10.0.0/8', 'example.com', '', '1.2.3.4/', 'fe80::1%lo'])(
    'needs a network that is one: %s',
    (network) => {
      expect(() => asked({ privateNetworks: [network] })).toThrow(
        `Cannot use http.privateNetworks[0]: wanted a network such as "10.0.0.0/8" or an address, got "${network}"`,
      );
    },
  );
});

describe('a host name', () => {
  const privateNetworks = ['127.0.0.0/8'];

  it.each([
    ['my_service', 'my_service'],
    ['_my_service', '_my_service'],
    ['a.b_c.internal', 'A.b_C.internal'],
    ['svc.internal.', 'svc.internal'],
    ['svc.internal', 'svc.internal.'],
    ['SVC.internal.', 'svc.INTERNAL.'],
  ])('may have underscores and a final dot: %s granted, %s asked', (granted, name) => {
    const asked = { grants: [`http:${granted}:${server.port}`], addresses: ['127.0.0.1'], privateNetworks };
    const host = name.toLowerCase().replace(/\.$/, '');
    expect(ask(`${name}:${server.port}`, asked)).toBe(`200 hello ${host}:${server.port}`);
  });

  it('with a final dot is as private as without', () => {
    const grants = ['http:*:*'];
    for (const host of ['localhost.', '127.0.0.1.'])
      expect(ask(`${host}:${server.port}`, { grants })).toBe('destination-IP-prohibited');
  });

  it.each(['a..b', '.a', 'a..', '-a', 'a-', 'a b', '[::1', '..'])(
    'is refused where it is none: %s',
    (name) => {
      const client = new HttpClient({ grants: ['http:*:*'] });
      const request = client.request('http://example.com/');
      expect(() => request.setAuthority(name)).toThrow();
      client.close();
    },
  );
});
