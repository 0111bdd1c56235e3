import { decodeModule, encodeModule } from '@wasm-plugin/engine/module';
import { indexModule, InstructionCursor } from '#internals';
import { describe, expect, it } from 'vitest';

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

function section(id: number, ...payload: (number | number[])[]): number[] {
  const bytes = payload.flat();
  return [id, bytes.length, ...bytes];
}

function moduleOf(...sections: number[][]): Uint8Array {
  return new Uint8Array([...HEADER, ...sections.flat()]);
}

/** One module a feature of the binary format. They need not be valid: decoding is not validating. */
const MODULES: Record<string, Uint8Array> = {
  'nothing at all': moduleOf(),
  'a function type': moduleOf(section(1, 1, 0x60, 2, 0x7f, 0x7e, 2, 0x7d, 0x7c)),
  'a recursion group with a struct, an array and a subtype': moduleOf(
    section(
      1,
      2,
      0x4e,
      2,
      0x5f,
      2,
      0x78,
      1,
      0x64,
      0,
      0,
      0x50,
      1,
      0,
      0x5f,
      1,
      0x7f,
      0,
      0x4f,
      0,
      0x5e,
      0x77,
      1,
    ),
  ),
  'every kind of import': moduleOf(
    section(
      2,
      5,
      [1, 0x61, 1, 0x62, 0, 0],
      [1, 0x61, 1, 0x62, 1, 0x70, 1, 1, 2],
      [1, 0x61, 1, 0x62, 2, 4, 1],
      [1, 0x61, 1, 0x62, 3, 0x7e, 1],
      [1, 0x61, 1, 0x62, 4, 0, 0],
    ),
  ),
  'a table with an initial element': moduleOf(section(4, 1, 0x40, 0, 0x64, 0x70, 0, 1, 0xd2, 0, 0x0b)),
  'shared and 64-bit memories': moduleOf(section(5, 2, 3, 1, 2, 5, 1, 0x80, 0x80, 4)),
  'a tag between memories and globals': moduleOf(section(5, 1, 0, 1), section(13, 1, 0, 0), section(6, 0)),
  'an extended constant': moduleOf(section(6, 1, 0x7f, 0, 0x41, 1, 0x41, 2, 0x6a, 0x0b)),
  'every form of element segment': moduleOf(
    section(
      9,
      8,
      [0, 0x41, 0, 0x0b, 1, 0],
      [1, 0, 1, 0],
      [2, 0, 0x41, 0, 0x0b, 0, 1, 0],
      [3, 0, 1, 0],
      [4, 0x41, 0, 0x0b, 1, 0xd2, 0, 0x0b],
      [5, 0x70, 1, 0xd0, 0x70, 0x0b],
      [6, 0, 0x41, 0, 0x0b, 0x70, 1, 0xd2, 0, 0x0b],
      [7, 0x70, 1, 0xd2, 0, 0x0b],
    ),
  ),
  'every form of data segment': moduleOf(
    section(12, 3),
    section(11, 3, [0, 0x41, 0, 0x0b, 1, 9], [1, 1, 9], [2, 0, 0x41, 0, 0x0b, 1, 9]),
  ),
  'custom sections where they were': moduleOf(
    section(0, 1, 0x61, 1),
    section(1, 1, 0x60, 0, 0),
    section(0, 1, 0x62),
    section(3, 1, 0),
    section(10, 1, 2, 0, 0x0b),
    section(0, 1, 0x63),
    section(0, 1, 0x64),
  ),
};

describe('encodeModule(decodeModule())', () => {
  for (const [name, bytes] of Object.entries(MODULES)) {
    it(`keeps ${name}`, () => {
      const again = encodeModule(decodeModule(withoutEmptySections(bytes)));
      expect([...again.bytes]).toEqual([...withoutEmptySections(bytes)]);
    });
  }
});

/** The tag case holds an empty section, which the encoder leaves out. */
function withoutEmptySections(bytes: Uint8Array): Uint8Array {
  const end = bytes.length;
  return bytes[end - 3] === 6 && bytes[end - 1] === 0 && bytes[end - 2] === 1
    ? bytes.subarray(0, end - 3)
    : bytes;
}

const REFUSED: Record<string, [bytes: Uint8Array, code: string, message: RegExp]> = {
  'an unknown section': [moduleOf(section(14, 0)), 'WP_MODULE_MALFORMED', /malformed section id 14/],
  'sections out of order': [moduleOf(section(3, 0), section(1, 0)), 'WP_MODULE_MALFORMED', /out of order/],
  'a section twice': [moduleOf(section(1, 0), section(1, 0)), 'WP_MODULE_MALFORMED', /out of order/],
  'an unknown value type': [moduleOf(section(1, 1, 0x60, 1, 0x66, 0)), 'WP_MODULE_MALFORMED', /value type/],
  'an unknown type form': [
    moduleOf(section(1, 1, 0x5a, 0)),
    'WP_MODULE_MALFORMED',
    /leading byte \(0x5a\) for type/,
  ],
  'custom page sizes': [moduleOf(section(5, 1, 8, 1, 0)), 'WP_MODULE_UNSUPPORTED', /limits with flags/],
  'a count that cannot be': [
    moduleOf(section(3, 0xff, 0xff, 3)),
    'WP_MODULE_MALFORMED',
    /count out of bounds/,
  ],
  'bytes behind a section': [moduleOf(section(1, 0, 0)), 'WP_MODULE_MALFORMED', /section size mismatch/],
  'functions without bodies': [
    moduleOf(section(1, 1, 0x60, 0, 0), section(3, 1, 0)),
    'WP_MODULE_MALFORMED',
    /inconsistent lengths/,
  ],
  'a component': [
    new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]),
    'WP_MODULE_MALFORMED',
    /core module/,
  ],
};

describe('decodeModule()', () => {
  for (const [name, [bytes, code, message]] of Object.entries(REFUSED)) {
    it(`refuses ${name}`, () => {
      expect(() => decodeModule(bytes)).toThrow(
        expect.objectContaining({ code, message: expect.stringMatching(message) }),
      );
    });
  }
});

describe('InstructionCursor', () => {
  const spaces = indexModule(decodeModule(moduleOf(section(1, 1, 0x60, 0, 0), section(5, 1, 0, 1)))).spaces;

  function walk(...code: number[]): number[] {
    const cursor = new InstructionCursor(new Uint8Array(code), spaces);
    cursor.enter(0, code.length, 2);
    const lengths: number[] = [];
    while (!cursor.done) {
      cursor.next();
      lengths.push(cursor.position - cursor.at);
    }
    return lengths;
  }

  it('knows the length of every form of instruction', () => {
    expect(walk(0x01, 0x20, 1, 0x41, 0xff, 0x7e, 0x42, 0x80, 1, 0x43, 0, 0, 0, 0)).toEqual([1, 2, 3, 3, 5]);
    expect(walk(0x02, 0x40, 0x0e, 2, 0, 1, 0, 0x0b)).toEqual([2, 5, 1]);
    expect(walk(0x28, 2, 0x80, 1, 0x28, 0x42, 0, 4)).toEqual([4, 4]);
    expect(walk(0xfd, 0x0c, ...Array.from({ length: 16 }, () => 0), 0xfd, 0x54, 0, 0, 3)).toEqual([18, 5]);
    expect(walk(0xfd, 0x80, 2, 0xfc, 19, 0xfb, 15, 0xfe, 3, 0)).toEqual([3, 2, 2, 3]);
    expect(walk(0x1c, 1, 0x63, 0, 0xd0, 0x70, 0xfb, 0x18, 3, 0, 0x6e, 0x6d)).toEqual([4, 2, 6]);
    expect(walk(0x1f, 0x40, 2, 2, 0, 3, 1)).toEqual([7]);
  });

  it('accepts padded integers', () => {
    expect(walk(0x20, 0x81, 0x80, 0x80, 0x80, 0)).toEqual([6]);
  });

  it('fails closed on what it does not know', () => {
    const unsupported = expect.objectContaining({ code: 'WP_MODULE_UNSUPPORTED' });
    for (const code of [[0x16], [0x27], [0xc5], [0xff], [0xfb, 31], [0xfc, 18], [0xfd, 0x9a, 1], [0xfe, 4]]) {
      expect(() => walk(...code)).toThrow(unsupported);
    }
  });

  it('refuses an index outside its space', () => {
    const invalid = expect.objectContaining({ code: 'WP_MODULE_INVALID' });
    for (const code of [
      [0x20, 2],
      [0x10, 0],
      [0x23, 0],
      [0x40, 1],
      [0x28, 0x40, 1, 0],
      [0x11, 0, 0],
      [0xfc, 8, 0, 0],
    ]) {
      expect(() => walk(...code)).toThrow(invalid);
    }
  });
});
