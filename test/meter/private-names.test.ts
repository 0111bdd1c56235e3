import { describe, expect, it } from 'vitest';
import { privatePrefix } from '../../engine/src/meter/private-names.js';
import { moduleFrom } from './append/appended-module.js';

describe('privatePrefix()', () => {
  it.each([
    ['', '$meter:'],
    ['(func (export "$meter"))', '$meter:'],
    ['(func (export "$meter:used"))', '$meter2:'],
    ['(func (export "$meter:a") (export "$meter2:b") (export "$meter4:c"))', '$meter3:'],
    ['(func (export "a$meter:"))', '$meter:'],
  ])('of a module with %s is %s', async (text, prefix) => {
    expect(privatePrefix((await moduleFrom(`(module ${text})`)).module)).toBe(prefix);
  });
});
