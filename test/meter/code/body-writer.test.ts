import { describe, expect, it } from 'vitest';
import { BodyWriter, skipInteger } from '../../../engine/src/meter/code/body-writer.js';
import { MovedLocal } from '../../../engine/src/meter/code/moved-local.js';

const [GET, SET, GLOBAL_GET, GLOBAL_SET, CONST64, ADD64, GE64, CALL, IF, END] = [
  0x20, 0x21, 0x23, 0x24, 0x42, 0x7c, 0x59, 0x10, 0x04, 0x0b,
] as const;

/** A writer of a body with the counter in local 2, the guest's moved local in 5, and the global 9. */
function writer(source: number[] = [], moves: number[] = []): BodyWriter {
  const moved = new MovedLocal(16);
  moved.clear();
  for (const at of moves) moved.add(at, true);
  const bytes = new Uint8Array(source);
  const made = new BodyWriter(
    { module: { code: { bytes, ranges: new Uint32Array() } }, counter: 9, refuel: 7 },
    moved,
  );
  made.begin({ counter: 2, locals: 5, runStart: 0 });
  return made;
}

const written = (of: BodyWriter): number[] => [...of.code.view()];

describe('BodyWriter.settle()', () => {
  it('adds what is pending to the counter, and writes nothing where it is off by what is wanted', () => {
    const body = writer();
    body.settle(0);
    body.pending = 3;
    body.settle(3);
    expect(written(body)).toEqual([]);
    body.settle(1);
    expect(written(body)).toEqual([GET, 2, CONST64, 2, ADD64, SET, 2]);
    expect(body.pending).toBe(1);
  });

  it('takes the counter out of the global', () => {
    const body = writer();
    body.reload();
    body.settle(0);
    expect(written(body)).toEqual([GLOBAL_GET, 9, SET, 2]);
    expect(body.inGlobal).toBe(false);
  });
});

describe('BodyWriter.flush()', () => {
  it('puts the exact counter into the global, once', () => {
    const body = writer();
    body.pending = 4;
    body.flush();
    expect(written(body)).toEqual([GET, 2, CONST64, 4, ADD64, GLOBAL_SET, 9]);
    expect(body.pending).toBe(4);
  });

  it('adds what is pending to the global, where the counter is in it', () => {
    const body = writer();
    body.reload();
    body.flush();
    expect(written(body)).toEqual([]);
    body.pending = 4;
    body.flush();
    body.flush();
    expect(written(body)).toEqual([GLOBAL_GET, 9, CONST64, 4, ADD64, GLOBAL_SET, 9]);
  });
});

describe('BodyWriter.check()', () => {
  it('asks for fuel where the counter with what is pending is 0 or above', () => {
    const body = writer();
    body.pending = 5;
    body.check();
    const out = [GET, 2, CONST64, 0x7b, GE64];
    expect(written(body)).toEqual([...out, IF, 0x40, GET, 2, CONST64, 5, CALL, 7, SET, 2, END]);
    expect(body.hints).toEqual([out.length, 0]);
  });

  it('looks ahead by as much as is said', () => {
    const body = writer();
    body.pending = 5;
    body.pushIsOut(60);
    expect(written(body)).toEqual([GET, 2, CONST64, 0xbf, 0x7f, GE64]);
  });
});

describe('BodyWriter.copyTo()', () => {
  it('copies a run, and renames the local that moved', () => {
    const body = writer([GET, 0, GET, 1, GET, 0, END], [1, 5]);
    body.copyTo(4);
    body.op(0x01);
    body.copyTo(7);
    expect(written(body)).toEqual([GET, 5, GET, 1, 0x01, GET, 5, END]);
    expect(body.runStart).toBe(7);
  });

  it('makes room where the new index takes more bytes', () => {
    const body = writer([GET, 0, GET, 1], [1]);
    body.begin({ counter: 0, locals: 200, runStart: 0 });
    body.copyTo(4);
    expect(written(body)).toEqual([GET, 0xc8, 1, GET, 1]);
  });

  it('leaves the run alone in copyUncounted()', () => {
    const body = writer([GET, 0, GET, 1], [1]);
    body.recordsRuns = true;
    body.copyUncounted(2, 4);
    expect([written(body), body.runStart, body.runs]).toEqual([[GET, 1], 0, [2, 0, 4]]);
  });
});

describe('BodyWriter.temporary() and shared()', () => {
  it('number locals behind those of the guest; a slot keeps its own', () => {
    const body = writer();
    expect([body.temporary(), body.shared(3, 0x7f), body.shared(3, 0x7f), body.temporary()]).toEqual([
      6, 7, 7, 8,
    ]);
    expect(body.temporaries).toEqual([0x7e, 0x7f, 0x7e]);
    body.begin({ counter: 2, locals: 5, runStart: 0 });
    expect([body.shared(3, 0x7f), body.temporaries]).toEqual([6, [0x7f]]);
  });
});

describe('skipInteger()', () => {
  it('returns the offset behind an integer', () => {
    expect(skipInteger(new Uint8Array([5, 0x80, 0x80, 1, 9]), 1)).toBe(4);
  });
});
