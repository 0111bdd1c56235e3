import { describe, expect, it } from 'vitest';
import { Assembler } from '../../../engine/src/meter/append/index.js';
import { pushNoFrames, SET_DEPTH_SLOT, type Frames } from '../../../engine/src/meter/frames/index.js';

const FRAMES: Frames = {
  inner: 5,
  peak: 6,
  limit: 7,
  deeper: 8,
  isOpen: new Uint8Array(),
  shared: undefined,
};
const [CONST, GLOBAL_SET, CALL_INDIRECT, END] = [0x41, 0x24, 0x11, 0x0b];

describe('pushNoFrames()', () => {
  it('sets the depth of the instance to 0', () => {
    expect([...pushNoFrames(new Assembler(), FRAMES).finish()]).toEqual([0, CONST, 0, GLOBAL_SET, 5, END]);
  });

  it('sets the depth that instances share to 0, through the table', () => {
    const shared = { table: 2, setType: 3, getType: 4 };
    const body = pushNoFrames(new Assembler(), { ...FRAMES, shared }).finish();
    expect([...body]).toEqual([0, CONST, 0, CONST, SET_DEPTH_SLOT, CALL_INDIRECT, 3, 2, END]);
  });
});
