import { describe, expect, it } from 'vitest';
import { proxyAuthorization, proxyFor } from '../../../engine/src/sandbox/http/proxy.node.js';
import { resolveProxy } from '../../../engine/src/sandbox/http/proxy.js';
import type { WireRequest } from '../../../engine/src/sandbox/http/transport.js';

const ADDRESS = 'http://proxy.example:3128/';

describe('resolveProxy()', () => {
  it.each([
    ['nothing', undefined, {}, undefined],
    ['one address', 'proxy.example:3128', {}, { http: ADDRESS, https: ADDRESS, except: [] }],
    ['an address a scheme', { https: ADDRESS }, {}, { http: undefined, https: ADDRESS, except: [] }],
    ['exceptions only', { except: ['a'] }, {}, undefined],
    ['an empty environment', 'environment', { HTTP_PROXY: '' }, undefined],
    [
      'the environment',
      'environment',
      {
        HTTP_PROXY: 'http://upper:1',
        http_proxy: 'http://lower:1',
        HTTPS_PROXY: 'https://s:2',
        NO_PROXY: 'A.b, c,',
      },
      { http: 'http://lower:1/', https: 'https://s:2/', except: ['a.b', 'c'] },
    ],
  ])('of %s', (_, given, env, expected) => {
    expect(resolveProxy(given, env)).toEqual(expected);
  });

  it.each(['socks5://a:1', 'ftp://a', 'http://', '::'])('refuses %s', (address) => {
    expect(() => resolveProxy(address, {})).toThrow('Cannot use the proxy for http');
  });
});

describe('proxyFor()', () => {
  const via = (except: string[], host: string, { port = 443, https = true } = {}): string | undefined =>
    proxyFor({ host, port, https } as WireRequest, { http: undefined, https: ADDRESS, except })?.href;

  it('takes the one of the scheme, or none', () => {
    expect(via([], 'a.example')).toBe(ADDRESS);
    expect(via([], 'a.example', { https: false })).toBeUndefined();
    expect(proxyFor({ host: 'a', port: 1, https: true } as WireRequest, undefined)).toBeUndefined();
  });

  it.each([
    ['*', 'a.example', false],
    ['example.com', 'example.com', false],
    ['example.com', 'www.example.com', false],
    ['example.com', 'badexample.com', true],
    ['.example.com', 'example.com', false],
    ['*.example.com', 'www.example.com', false],
    ['example.com.', 'example.com', false],
    ['example.com:443', 'example.com', false],
    ['example.com:80', 'example.com', true],
    ['10.0.0.0/8', '10.1.2.3', false],
    ['10.0.0.0/8', '11.1.2.3', true],
    ['10.0.0.0/8', 'ten.example', true],
    ['::1', '[::1]', false],
    ['.', 'a.example', true],
  ])('with the exception %s, %s goes through it: %s', (exception, host, goes) => {
    expect(via([exception], host)).toBe(goes ? ADDRESS : undefined);
  });
});

describe('proxyAuthorization()', () => {
  it('makes a header of the name and the password', () => {
    expect(proxyAuthorization(new URL(ADDRESS))).toEqual([]);
    const header = proxyAuthorization(new URL('http://us%40er:pa%3Ass@proxy.example'));
    expect(header).toEqual(['Proxy-Authorization', `Basic ${Buffer.from('us@er:pa:ss').toString('base64')}`]);
  });
});
