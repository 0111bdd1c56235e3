import { PluginError, plainJson } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';

describe('plainJson()', () => {
  it('writes errors by message and code, bytes by their number, and leaves out packages and functions', () => {
    const event = {
      at: 1n,
      error: new PluginError('WP_INIT', 'Cannot start'),
      reason: new Error('none'),
      state: new Uint8Array(3),
      package: { files: [] },
      list: [undefined, { run: () => undefined, name: 'a' }],
    };
    expect(JSON.parse(JSON.stringify(plainJson(event)))).toEqual({
      at: '1',
      error: { message: 'Cannot start', code: 'WP_INIT' },
      reason: { message: 'none' },
      state: { bytes: 3 },
      list: [null, { name: 'a' }],
    });
  });

  it('ends at what is too deep, as in a circle', () => {
    const circle: { inner?: unknown } = {};
    circle.inner = circle;
    expect(JSON.stringify(plainJson(circle))).toMatch(/^(\{"inner":){8,9}\{\}\}+$/);
  });
});
