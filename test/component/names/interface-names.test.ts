import { InterfaceNames } from '@wasm-plugin/engine/component';
import { isVersionOf } from '#internals';
import { describe, expect, it } from 'vitest';

const names = new InterfaceNames([
  'a:b/c@1.0.0',
  'a:b/c@1.2.0',
  'a:b/c@2.0.0',
  'a:b/c@0.3.1',
  'a:b/d',
  'a:b/e@1.0.0-rc.1',
  'a:b/e@0.9.0',
]);

describe('InterfaceNames', () => {
  it('finds the same name, else the newest compatible one', () => {
    const found = ['1.0.0', '1.1.0', '1.9.0', '2.1.0', '0.3.0', '0.4.0', '3.0.0', '2'].map((version) =>
      names.find(`a:b/c@${version}`),
    );
    const expected = ['1.0.0', '1.2.0', '1.2.0', '2.0.0', '0.3.1', undefined, undefined, '2.0.0'];
    expect(found).toEqual(expected.map((version) => version && `a:b/c@${version}`));
    expect(names.find('a:b/d@1.0.0')).toBeUndefined();
    expect(names.find('a:b/e@1.0.0-rc.2')).toBeUndefined();
  });

  it('finds the newest version where none is asked for', () => {
    expect(names.find('a:b/c')).toBe('a:b/c@2.0.0');
    expect(names.find('a:b/d')).toBe('a:b/d');
    expect(names.find('a:b')).toBeUndefined();
    expect(names.versionsOf('a:b/c')).toHaveLength(4);
  });

  it('lets a name without a version go for every version of what a host gives', () => {
    expect(names.findGiven('a:b/d@7.0.0')).toBe('a:b/d');
    expect(names.findGiven('a:b/c@1.1.0')).toBe('a:b/c@1.2.0');
    expect(names.findGiven('a:b/c')).toBeUndefined();
  });
});

describe('isVersionOf()', () => {
  it('is not fooled by a name that only begins alike', () => {
    expect(
      ['a:b/c', 'a:b/c@1.0.0', 'a:b/cd', 'a:b/c-d@1.0.0'].map((name) => isVersionOf(name, 'a:b/c')),
    ).toEqual([true, true, false, false]);
  });
});
