import { afterAll, describe, expect, test } from 'vitest';
import { TextEncoderPool } from './encode-texts.js';

const pool = new TextEncoderPool();

afterAll(() => pool.close());

describe('TextEncoderPool.encode()', () => {
  test('encodes what is not valid, and names what it refuses', async () => {
    const [invalid, malformed, component] = await pool.encode([
      '(module (func (result i32)))',
      '(module (func',
      '(component (export "a" (func 3)))',
    ]);
    expect(invalid).toHaveProperty('bytes');
    expect(malformed).toEqual({ refusal: 'expected `)`' });
    expect(component).toHaveProperty('bytes');
  });

  test('encodes strings with text directions', async () => {
    const [encoded] = await pool.encode(['(module (func (export "\u202e")))']);
    expect(encoded).toHaveProperty('bytes');
  });
});
