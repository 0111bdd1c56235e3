import { covers, formatCapability, lackingFor, parseCapability, type Capability } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';

const VALID = [
  'log',
  'config',
  'clock',
  'random',
  'stdio',
  'fs:/data',
  'fs:/data:ro',
  'fs:cache/tiles',
  'fs:.',
  'fs:/',
  'fs:C:/Users/me:ro',
  'http:example.com',
  'http:*.example.com',
  'http:example.com:8443',
  'http:[::1]:8080',
  'http:*:*',
  'fs:/srv/data::/data',
  'fs:C:/data::data:ro',
  'fs:box::.',
  'http:my_service:8080',
  'http:*._tcp.example.com',
  'env:HOME',
  'env:APP_*',
  'env:discovery.type',
  'env:my-var',
  'env:ProgramFiles(x86)',
  'env:1Z',
  'env:Ü',
];

const INVALID: [string, string][] = [
  ['', 'wanted one of'],
  ['file:/x', 'wanted one of'],
  ['log:x', '"log" takes no argument'],
  ['fs', '"fs" needs an argument'],
  ['fs:', '"fs" needs an argument'],
  ['fs:../x', 'may not have ".."'],
  ['fs:/a/../b', 'may not have ".."'],
  ['fs:a\\..\\b', 'may not have ".."'],
  ['fs:/data:rw', 'no colon'],
  ['fs:/a\0b', 'no colon or control character'],
  ['http:https://example.com', 'no scheme'],
  ['http:example.com/path', 'no scheme and no path'],
  ['http:exa mple.com', 'host name'],
  ['http:user@example.com', 'host name'],
  ['http:grüße.de', 'in ASCII: "xn--gre-6ka8l.de"'],
  ['http:*.münchen.de:80', 'in ASCII: "*.xn--mnchen-3ya.de"'],
  ['http:a..b', 'host name'],
  ['http:.', 'host name'],
  ['http:*.', 'host name'],
  ['http:*.*.com', 'host name'],
  ['http:example.com:0', 'a port from 1 to 65535'],
  ['http:example.com:99999', 'a port from 1 to 65535'],
  ['http:a.*.com', 'host name'],
  ['fs:/a::/b::/c', 'at most one "::"'],
  ['fs:::/data', 'wanted a path'],
  ['fs:/srv/../x::/data', 'may not have ".."'],
  ['env:A=B', 'no "="'],
  ['env:A\nB', 'no control character'],
  ['env:A*B', '"*" only at its end'],
];

describe('parseCapability()', () => {
  it.each(VALID)('reads %s, and formatCapability() writes it', (text) => {
    expect(formatCapability(parseCapability(text))).toBe(text);
  });

  it('normalizes paths and hosts', () => {
    expect(formatCapability(parseCapability('fs:./a//b/:ro'))).toBe('fs:a/b:ro');
    expect(formatCapability(parseCapability('fs:c:\\data'))).toBe('fs:C:/data');
    expect(formatCapability(parseCapability('http:Example.COM'))).toBe('http:example.com');
    expect(formatCapability(parseCapability('http:*.Example.com.:80'))).toBe('http:*.example.com:80');
  });

  it.each(INVALID)('refuses %j', (text, reason) => {
    expect(() => parseCapability(text)).toThrow(reason);
    expect(() => parseCapability(text)).toThrow(expect.objectContaining({ code: 'WP_CAPABILITY' }));
  });
});

describe('covers()', () => {
  it.each([
    ['log', 'log'],
    ['fs:/data', 'fs:/data:ro'],
    ['fs:/data', 'fs:/data/a/b'],
    ['fs:/', 'fs:/etc'],
    ['fs:.', 'fs:cache'],
    ['fs:C:/', 'fs:C:/x'],
    ['http:*', 'http:example.com'],
    ['http:*.example.com', 'http:a.b.example.com'],
    ['http:example.com', 'http:example.com:443'],
    ['http:example.com:*', 'http:example.com:8080'],
    ['env:*', 'env:HOME'],
    ['env:APP_*', 'env:APP_KEY'],
  ])('%s covers %s', (grant, request) => {
    expect(covers(parseCapability(grant), parseCapability(request))).toBe(true);
  });

  it.each([
    ['log', 'config'],
    ['fs:/data:ro', 'fs:/data'],
    ['fs:/data', 'fs:/database'],
    ['fs:/data/a', 'fs:/data'],
    ['fs:.', 'fs:/etc'],
    ['fs:.', 'fs:C:/x'],
    ['fs:/', 'fs:cache'],
    ['http:*.example.com', 'http:example.com'],
    ['http:*.example.com', 'http:badexample.com'],
    ['http:example.com', 'http:*'],
    ['http:example.com', 'http:example.com:8080'],
    ['http:example.com:443', 'http:example.com'],
    ['env:HOME', 'env:*'],
    ['env:APP_*', 'env:AP'],
  ])('%s does not cover %s', (grant, request) => {
    expect(covers(parseCapability(grant), parseCapability(request))).toBe(false);
  });
});

describe('covers() with a folder of the host under another path', () => {
  const grant = parseCapability('fs:/srv/box::/data');
  const at = (hostPath: string): Capability => ({ kind: 'fs', path: '/data/a', readOnly: true, hostPath });

  it('goes by the path of the plugin', () => {
    expect(covers(grant, parseCapability('fs:/data/a:ro'))).toBe(true);
    expect(covers(grant, parseCapability('fs:/srv/box/a:ro'))).toBe(false);
  });

  it('does not cover the same path of another place', () => {
    expect(covers(grant, at('/srv/box/a'))).toBe(true);
    expect(covers(grant, at('/srv/other/a'))).toBe(false);
    expect(covers(parseCapability('fs:/data'), at('/srv/box/a'))).toBe(false);
  });
});

describe('lackingFor()', () => {
  const request = parseCapability('fs:/data/x:ro');
  const data = [parseCapability('fs:/data')];

  it('names who stands in the way, the manifest first', () => {
    expect(lackingFor(request, { permissions: [], grants: [] })).toBe('manifest');
    expect(lackingFor(request, { permissions: [], grants: data })).toBe('manifest');
    expect(lackingFor(request, { permissions: data, grants: [] })).toBe('host');
    expect(lackingFor(request, { permissions: data, grants: data })).toBeUndefined();
  });
});
