import { readFileSync } from 'node:fs';
import {
  DEFAULT_LIMITS,
  LIMITS,
  SWITCHES,
  resolveLimits,
  type LimitName,
  type SwitchName,
} from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const ROWS = [...README.matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)].map(([, name = '', text = '']) => ({
  name,
  text,
}));

describe('the table of limits in README.md', () => {
  it('has every limit, once', () => {
    expect(ROWS.map(({ name }) => name)).toEqual([...Object.keys(LIMITS), ...Object.keys(SWITCHES)]);
  });

  it.each(ROWS)('says what $name is by default, as one would write it', ({ name, text }) => {
    if (Object.hasOwn(SWITCHES, name)) expect(text).toBe(String(DEFAULT_LIMITS[name as SwitchName]));
    else expect(resolveLimits({ [name]: text })[name as LimitName]).toBe(LIMITS[name as LimitName].fallback);
  });
});
