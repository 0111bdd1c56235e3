import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../engine/src/binary/index.js';
import { readLocals, writeLocals } from '../../../engine/src/meter/code/locals.js';
import { InstructionCursor } from '../../../engine/src/module/index.js';

const SPACES = new Uint32Array(10).fill(1);
const [I32, I64] = [0x7f, 0x7e];

function read(bytes: number[], params = 0) {
  const source = new Uint8Array([...bytes, 0x0b]);
  const cursor = new InstructionCursor(source, SPACES);
  cursor.enter(0, source.length, 100);
  return { source, locals: readLocals(cursor, source, params), position: cursor.position };
}

/** Writes the locals that were read, with so many of ours behind them. */
function written(bytes: number[], { passes = false, temporaries = [] as number[] } = {}): number[] {
  const { source, locals } = read(bytes);
  const out = new ByteWriter(64);
  writeLocals(out, source, { locals, passes, temporaries });
  return [...out.view()];
}

describe('readLocals()', () => {
  it('counts runs of one type, also of types that take more than a byte', () => {
    expect(read([3, 2, I32, 0, I64, 1, 0x63, 0x00])).toMatchObject({
      locals: { total: 3, groups: [2, 2, 3, 1, 6, 8] },
      position: 8,
    });
  });

  it('refuses more locals than leave room for ours', () => {
    expect(() => read([1, 0xc0, 0x86, 3, I32])).not.toThrow();
    expect(() => read([1, 0xc0, 0x86, 3, I32], 1)).toThrow(
      expect.objectContaining({ code: 'WP_MODULE_LIMIT' }),
    );
  });
});

describe('writeLocals()', () => {
  it.each([
    ['nothing but the counter', [0], {}, [1, 1, I64]],
    ['nothing where the counter is a parameter', [0], { passes: true }, [0]],
    [
      'the first of the guest behind the others',
      [2, 2, I32, 1, I64],
      {},
      [4, 1, I64, 1, I32, 1, I64, 1, I32],
    ],
    ['one local behind the counter', [1, 1, I32], {}, [2, 1, I64, 1, I32]],
    ['ours last', [1, 1, I32], { passes: true, temporaries: [I64, I32] }, [3, 1, I32, 1, I64, 1, I32]],
  ])('writes %s', (_, bytes, options, expected) => {
    expect(written(bytes, options)).toEqual(expected);
  });
});
