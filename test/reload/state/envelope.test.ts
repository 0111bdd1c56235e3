import { createHash } from 'node:crypto';
import { decodeEnvelope, encodeEnvelope, type SavedState } from '@wasm-plugin/engine/reload';
import { sha256 } from '#internals';
import { describe, expect, it } from 'vitest';

const STATE: SavedState = {
  plugin: 'acme.zähler',
  version: '1.2.3-beta.1',
  schema: 7,
  abi: '0.1.0',
  savedAt: 1_700_000_000_123,
  payload: Uint8Array.of(1, 2, 3, 250),
};

describe('sha256()', () => {
  it('gives what node:crypto gives, however the bytes are divided', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index * 7);
    for (let length = 0; length <= 300; length += length < 140 ? 1 : 37) {
      const wanted = new Uint8Array(createHash('sha256').update(bytes.subarray(0, length)).digest());
      const cut = (length * 5) % (length + 1);
      expect(sha256(bytes.subarray(0, length))).toEqual(wanted);
      expect(sha256(bytes.subarray(0, cut), bytes.subarray(cut, length))).toEqual(wanted);
    }
  });
});

describe('an envelope', () => {
  it('holds the state and who wrote it', () => {
    const bytes = encodeEnvelope(STATE);
    expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('WPST');
    expect(decodeEnvelope(bytes, { plugin: STATE.plugin })).toEqual(STATE);
    expect(decodeEnvelope(encodeEnvelope({ ...STATE, payload: new Uint8Array() })).payload).toEqual(
      new Uint8Array(),
    );
  });

  it('keeps texts as they are, and refuses those that are too long', () => {
    const marked = { ...STATE, version: '\uFEFF1.0.0' };
    expect(decodeEnvelope(encodeEnvelope(marked))).toEqual(marked);
    expect(() => encodeEnvelope({ ...STATE, version: 'x'.repeat(65_536) })).toThrow('more than 65535 bytes');
  });

  it('is refused when any of its bytes is changed', () => {
    const bytes = encodeEnvelope(STATE);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at]! ^= 0x10;
      expect(() => decodeEnvelope(changed), `byte ${at}`).toThrow(/^Cannot read a state: /);
    }
  });

  it('is refused when it is torn anywhere, or goes on', () => {
    const bytes = encodeEnvelope(STATE);
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodeEnvelope(bytes.subarray(0, length))).toThrow(
        /it is torn: it ends after \d+ bytes, in the /,
      );
    expect(() => decodeEnvelope(Uint8Array.of(...bytes, 0))).toThrow('1 bytes follow its end');
  });

  it('is refused when it is the state of another plugin', () => {
    const decode = (): unknown => decodeEnvelope(encodeEnvelope(STATE), { plugin: 'acme.eq' });
    expect(decode).toThrow('it is the state of "acme.zähler"; wanted "acme.eq"');
    expect(decode).toThrow(expect.objectContaining({ code: 'WP_STATE', plugin: 'acme.eq' }) as Error);
  });
});
