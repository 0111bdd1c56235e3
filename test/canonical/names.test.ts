import { describe, expect, it } from 'vitest';
import {
  camelCase,
  classKey,
  memberKey,
  parseFunctionName,
  pascalCase,
} from '../../engine/src/canonical/names.js';

describe('camelCase() and pascalCase()', () => {
  it.each([
    ['get', 'get', 'Get'],
    ['get-http-url', 'getHttpUrl', 'GetHttpUrl'],
    ['HTTP-get', 'httpGet', 'HttpGet'],
    ['a-URL2', 'aUrl2', 'AUrl2'],
  ])('of %s', (name, camel, pascal) => {
    expect([camelCase(name), pascalCase(name)]).toEqual([camel, pascal]);
  });

  it('keeps a bounded number of names, and says the same after that', () => {
    for (let number = 0; number < 5000; number++) expect(camelCase(`name-a${number}`)).toBe(`nameA${number}`);
    expect(camelCase('name-a1')).toBe('nameA1');
  });
});

describe('memberKey()', () => {
  it('keeps an object from being taken for a promise', () => {
    expect(['then', 'then-do', 'catch'].map((name) => memberKey(name))).toEqual(['then_', 'thenDo', 'catch']);
  });
});

describe('classKey()', () => {
  it('keeps apart what every class has', () => {
    const keys = (['method', 'static'] as const).map((kind) =>
      ['constructor', 'prototype', 'then'].map((name) => classKey({ kind, name })),
    );
    expect(keys).toEqual([
      ['constructor_', 'prototype', 'then'],
      ['constructor', 'prototype_', 'then'],
    ]);
    expect(memberKey('then', 'method')).toBe('then_');
  });
});

describe('parseFunctionName()', () => {
  it.each([
    ['run', { kind: 'function', resource: '', name: 'run' }],
    ['[constructor]counter', { kind: 'constructor', resource: 'counter', name: '' }],
    ['[method]counter.get-it', { kind: 'method', resource: 'counter', name: 'get-it' }],
    ['[static]counter.make', { kind: 'static', resource: 'counter', name: 'make' }],
  ])('takes %s apart', (name, parts) => {
    expect(parseFunctionName(name)).toEqual(parts);
  });
});
