import {
  covers,
  fitsTopic,
  formatCapability,
  isTopic,
  isTopicPattern,
  parseCapability,
} from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';

describe('topics', () => {
  it.each(['a', 'player.track-1.changed_2', 'x'.repeat(256)])('takes %s', (text) => {
    expect([isTopic(text), isTopicPattern(text)]).toEqual([true, true]);
  });

  it.each([
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    'A',
    'a b',
    'é',
    '***',
    '**.a',
    'a*',
    'x'.repeat(257),
    Array(17).fill('a').join('.'),
  ])('refuses %j', (text) => expect([isTopic(text), isTopicPattern(text)]).toEqual([false, false]));

  it.each(['*', '**', 'a.*', '*.a', 'a.*.b.**'])('takes the pattern %s, which is no topic', (text) => {
    expect([isTopic(text), isTopicPattern(text)]).toEqual([false, true]);
  });

  it.each([
    ['a.b', 'a.b', true],
    ['a.b', 'a.b.c', false],
    ['a.b.c', 'a.b', false],
    ['a.*', 'a.b', true],
    ['a.*', 'a', false],
    ['a.*', 'a.b.c', false],
    ['a.**', 'a.b.c', true],
    ['a.**', 'a', false],
    ['**', 'a.b.c', true],
    ['*.b', 'a.b', true],
    ['a.**', 'a.*', true],
    ['a.*', 'a.**', false],
    ['*', 'a', true],
    ['a.*.**', 'a.**', false],
  ])('%s fits %s: %s', (pattern, topic, fits) => {
    expect(fitsTopic(pattern, topic)).toBe(fits);
  });
});

describe('capabilities of topics', () => {
  it('are read and written', () => {
    for (const text of ['publish:player.*', 'subscribe:**'])
      expect(formatCapability(parseCapability(text))).toBe(text);
    expect(() => parseCapability('publish:Player')).toThrow(/wanted a topic such as/);
    expect(() => parseCapability('publish')).toThrow(/needs an argument/);
  });

  it('cover topics, and each its own direction', () => {
    const grant = parseCapability('publish:player.**');
    expect(covers(grant, parseCapability('publish:player.track.changed'))).toBe(true);
    expect(covers(grant, parseCapability('publish:**'))).toBe(false);
    expect(covers(grant, parseCapability('subscribe:player.a'))).toBe(false);
    expect(covers(parseCapability('log'), grant)).toBe(false);
  });
});
