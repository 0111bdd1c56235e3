import { readFileSync } from 'node:fs';
import type { ResolvedFunc } from '@wasm-plugin/engine/component';
import { describe, expect, it } from 'vitest';
import { argumentsFrom, jsonFrom } from '../../cli/src/values/index.js';
import { echoFunctions } from '../differential/echo-functions.js';
import { randomValue } from 'wasm-plugin/random';
import { Random } from '../support/random.js';
import { repoFile } from './run-cli.js';

const VALUES = readFileSync(repoFile('plugins-rust/build/values.wasm'));
const FUNCTIONS = echoFunctions(VALUES, 'wasm-plugin:values/echo@0.1.0');
const ROUNDS = 40;

describe('argumentsFrom() takes back what jsonFrom() writes', () => {
  it.each(FUNCTIONS.map((each) => [each.name, each.type] as const))('%s', (name, type) => {
    const random = new Random(name.length * 31 + name.charCodeAt(0));
    for (let round = 0; round < ROUNDS; round++) {
      const json = type.params.map((param) => jsonFrom(randomValue(param.type, random), param.type));
      const values = argumentsFrom(JSON.stringify(json), type as ResolvedFunc);
      const again = type.params.map((param, index) => jsonFrom(values[index], param.type));
      expect(JSON.stringify(again)).toBe(JSON.stringify(json));
    }
  });
});
