import { createSandbox, type Publish } from '@wasm-plugin/engine/sandbox';
import { describe, expect, it } from 'vitest';

/** Returns the function `publish` that a plugin with a permission for `player.**` imports. */
function publishing(publish?: Publish) {
  const { imports } = createSandbox({
    permissions: ['publish:player.**'],
    grants: ['publish:player.*'],
    ...(publish && { publish }),
  });
  return (imports['wasm-plugin:abi/bus'] as { publish(topic: unknown, content: unknown): number }).publish;
}

const EMPTY = { tag: 'empty' };

/** Returns the error case of a call. */
function refusalOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return (error as { payload: unknown }).payload;
  }
}

describe('wasm-plugin:abi/bus', () => {
  it('publishes what is asked for and granted, to nobody where there is no bus', () => {
    const seen: unknown[] = [];
    const publish = publishing((topic, content) => seen.push([topic, content]));
    const bytes = { tag: 'bytes', val: new Uint8Array(2) };
    expect(publish('player.a', bytes)).toBe(1);
    expect(seen).toEqual([['player.a', bytes]]);
    expect(publishing()('player.a', EMPTY)).toBe(0);
  });

  it('refuses by the error cases of the interface', () => {
    const publish = publishing(() => ({ tag: 'too-many' }));
    expect(refusalOf(() => publish('player.a.b', EMPTY))).toEqual({ tag: 'denied' });
    expect(refusalOf(() => publish('library', EMPTY))).toEqual({ tag: 'denied' });
    expect(refusalOf(() => publish('player.*', EMPTY))).toEqual({ tag: 'invalid-topic' });
    expect(refusalOf(() => publish('player.a', EMPTY))).toEqual({ tag: 'too-many' });
  });

  it.each([
    [1, EMPTY],
    ['player.a', undefined],
    ['player.a', 'text'],
    ['player.a', { tag: 'text', val: 1 }],
    ['player.a', { tag: 'bytes', val: [1] }],
    ['player.a', { tag: 'other' }],
  ])('takes no other types, which a guest chooses: %j %j', (topic, content) => {
    expect(() => publishing()(topic, content)).toThrow(TypeError);
  });
});
