import { afterAll, describe, expect, test } from 'vitest';
import { WatEncoder } from './wat-encoder.js';

const encoder = new WatEncoder();

afterAll(() => encoder.close());

describe('WatEncoder.encode()', () => {
  test('encodes what is not valid, and names what it refuses', async () => {
    const [invalid, malformed, component] = await encoder.encode([
      '(module (func (result i32)))',
      '(module (func',
      '(component (export "a" (func 3)))',
    ]);
    expect(invalid).toHaveProperty('bytes');
    expect(malformed).toEqual({ refusal: 'expected `)`' });
    expect(component).toHaveProperty('bytes');
  });

  test('encodes strings with text directions', async () => {
    const [encoded] = await encoder.encode(['(module (func (export "\u202e")))']);
    expect(encoded).toHaveProperty('bytes');
  });

  test('throws the parser away after a panic, and goes on with the next text', async () => {
    const parser = `let texts = 0;
      export async function parse(text) {
        if (text === 'panic') throw new Error('unreachable');
        return Uint8Array.of(++texts);
      }`;
    const fragile = new WatEncoder(`data:text/javascript,${encodeURIComponent(parser)}`);
    try {
      expect(await fragile.encode(['a', 'b', 'panic', 'c'])).toEqual([
        { bytes: Uint8Array.of(1) },
        { bytes: Uint8Array.of(2) },
        { refusal: 'the text parser panicked' },
        { bytes: Uint8Array.of(1) },
      ]);
    } finally {
      await fragile.close();
    }
  });
});
