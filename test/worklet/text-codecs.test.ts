import { describe, expect, it } from 'vitest';
import { TextDecoder as OwnDecoder } from '../../engine/src/worklet/scope/text-decoder.js';
import { TextEncoder as OwnEncoder } from '../../engine/src/worklet/scope/text-encoder.js';
import { Random } from '../support/random.js';

const TEXTS = [
  '',
  'a',
  'grüße ☃ 👋',
  '\u{10ffff}\u0800\u07ff\u0080',
  'x'.repeat(9000),
  '\ud800a\udc00',
  '\ufefftext',
];

/** Bytes around the bounds of UTF-8: too long forms, surrogates, above the last code point, cut off. */
const BYTES = [
  0, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5,
];

describe('TextEncoder of the worklet', () => {
  it('writes what the platform writes', () => {
    for (const text of TEXTS) {
      expect(new OwnEncoder().encode(text)).toEqual(new TextEncoder().encode(text));
      const [own, theirs] = [new Uint8Array(7), new Uint8Array(7)];
      expect(new OwnEncoder().encodeInto(text, own)).toEqual(new TextEncoder().encodeInto(text, theirs));
      expect(own).toEqual(theirs);
    }
  });
});

describe('TextDecoder of the worklet', () => {
  it('reads what the platform reads, and refuses what it refuses', () => {
    const random = new Random(1);
    const outcome = (decode: () => string): string => {
      try {
        return decode();
      } catch {
        return 'refused';
      }
    };
    const inputs = Array.from({ length: 1000 }, () =>
      Uint8Array.from({ length: random.below(6) }, () => BYTES[random.below(BYTES.length)] as number),
    );
    inputs.push(...TEXTS.map((text) => new TextEncoder().encode(text)));
    for (const encoding of ['utf-8', 'utf-16le']) {
      for (const options of [{}, { fatal: true, ignoreBOM: true }]) {
        const [own, theirs] = [OwnDecoder, TextDecoder].map((Decoder) =>
          inputs.map((bytes) => [[...bytes], outcome(() => new Decoder(encoding, options).decode(bytes))]),
        );
        expect(own).toEqual(theirs);
      }
    }
  });
});
