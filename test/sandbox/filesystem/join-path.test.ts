import { describe, expect, it } from 'vitest';
import { joinPath } from '../../../engine/src/sandbox/filesystem/join-path.js';

describe('joinPath()', () => {
  it.each([
    ['/data', 'a/b', '/data/a/b'],
    ['/data', './a//b/', '/data/a/b'],
    ['/data', '../a', '/a'],
    ['/data', '../../../a', '/a'],
    ['/data', '/etc', '/etc'],
    ['/data', 'C:/x', 'C:/x'],
    ['/', '', '/'],
    ['.', '', '.'],
    ['.', 'a/..', '.'],
    ['.', '../a', '../a'],
    ['.', '../../a', '../../a'],
    ['box', '../..', '..'],
  ])('of %s and %s is %s', (base, path, joined) => {
    expect(joinPath(base, path)).toBe(joined);
  });
});
