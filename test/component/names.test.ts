import { compatibilityTrack, parseExternName, versionFrom } from '#internals';
import { describe, expect, it } from 'vitest';

describe('parseExternName()', () => {
  it.each(['a', 'a1', 'a-1-b', 'ABC-def-9x', 'x-2Y'.toLowerCase()])(
    'parseExternName() takes the label %s',
    (label) => {
      expect(parseExternName(label)).toEqual({ kind: 'plain', label });
    },
  );

  it.each([
    '',
    '1',
    '-a',
    'a-',
    'a--b',
    'aB',
    'a_b',
    'é',
    '[x]a',
    '[method]a',
    '[method]a.b.c',
    '[constructor]',
  ])('parseExternName() refuses %j', (name) => {
    expect(parseExternName(name)).toMatchObject({ kind: 'error' });
  });

  it.each([
    'A:b/c',
    'a:b',
    'a:b/',
    ':/',
    'a:b:c/d',
    'a:b/c/d',
    'a:b/c@',
    'a:b/c@1',
    'a:b/c@01.0.0',
    'a:b/c@1.0.0-',
  ])('parseExternName() refuses the interface %j', (name) => {
    expect(parseExternName(name)).toMatchObject({ kind: 'error' });
  });

  it('parseExternName() takes names of functions of resources apart', () => {
    expect(parseExternName('[constructor]r')).toEqual({ kind: 'constructor', resource: 'r' });
    expect(parseExternName('[method]r.m-n')).toEqual({ kind: 'method', resource: 'r', label: 'm-n' });
    expect(parseExternName('[static]r.m')).toEqual({ kind: 'static', resource: 'r', label: 'm' });
  });

  it('parseExternName() takes an interface and its version apart', () => {
    expect(parseExternName('a:b/c@0.2.10-rc.1+build')).toEqual({
      kind: 'interface',
      path: 'a:b/c',
      versionText: '0.2.10-rc.1+build',
      version: { major: 0, minor: 2, patch: 10, prerelease: 'rc.1' },
    });
  });

  it('parseExternName() is quick with a long name', () => {
    expect(parseExternName(`${'1-'.repeat(100_000)}!`)).toMatchObject({ kind: 'error' });
    expect(parseExternName(`a${'-1'.repeat(100_000)}!`)).toMatchObject({ kind: 'error' });
  });
});

describe('compatibilityTrack()', () => {
  it.each([
    ['1.2.3', '1'],
    ['0.2.3', '0.2'],
    ['0.0.3', '0.0.3'],
    ['1.0.0-rc1', '1.0.0-rc1'],
  ])('compatibilityTrack() puts %s on %s', (text, track) => {
    const version = versionFrom(text);
    expect(version && compatibilityTrack(version)).toBe(track);
  });
});
