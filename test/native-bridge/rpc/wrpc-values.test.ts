import { readFileSync } from 'node:fs';
import { ByteReader, ByteWriter, codecFrom } from '@wasm-plugin/native-bridge';
import {
  readHandle,
  readNumber,
  writeHandle,
  writeNumber,
} from '../../../native-bridge/src/rpc/handle-bytes.js';
import { describe, expect, it } from 'vitest';
import { VALUES } from './echo-types.js';

/** Encodings by wRPC's own crates: made by `wrpc-golden/rebuild`. */
const GOLDEN = JSON.parse(readFileSync(new URL('wrpc-values.json', import.meta.url), 'utf8')) as Record<
  string,
  string[]
>;

describe('the encoding of values', () => {
  it('has golden bytes for every type', () => {
    expect(Object.keys(GOLDEN)).toEqual([...VALUES.map(([name]) => name), 'own', 'borrow']);
  });

  it('takes one byte for the case of an option or a result', () => {
    const overlong = Uint8Array.of(0x81, 0x00, 0x07);
    expect(() => codecFrom({ option: 'u8' }).decode(new ByteReader(overlong))).toThrow(
      'there is no case 129',
    );
    expect(() => codecFrom({ result: { ok: 'u8', err: 'u8' } }).decode(new ByteReader(overlong))).toThrow(
      'no case 129',
    );
  });

  it.each(VALUES.map(([name, type, ...values]) => ({ name, type, values })))(
    'is that of wRPC for $name, there and back',
    ({ name, type, values }) => {
      const codec = codecFrom(type);
      const written = values.map((value) => {
        const writer = new ByteWriter();
        codec.encode(writer, value, 'value');
        return Buffer.from(writer.written()).toString('hex');
      });
      expect(written).toEqual(GOLDEN[name]);
      const read = GOLDEN[name]?.map((hex) => {
        const reader = new ByteReader(Buffer.from(hex, 'hex'));
        const value = codec.decode(reader);
        reader.end();
        return value;
      });
      expect(read).toEqual(values);
    },
  );

  it.each(['own', 'borrow'])('is that of wRPC for handles: %s, there and back', (kind) => {
    const numbers = [1, 300, 2 ** 40];
    const golden = (GOLDEN[kind] as string[]).map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
    for (const [index, bytes] of golden.entries()) {
      const writer = new ByteWriter();
      // Of this side, and of the other side, whose bytes go back as they came.
      writeNumber(writer, numbers[index] as number);
      writeHandle(writer, readHandle(new ByteReader(bytes)));
      expect(Buffer.from(writer.written())).toEqual(Buffer.concat([bytes, bytes]));
      expect(readNumber(new ByteReader(bytes))).toBe(numbers[index]);
    }
  });
});
