import { describe, expect, it } from 'vitest';
import { OpenFiles } from '../../../engine/src/sandbox/filesystem/open-files.node.js';

const BAD = expect.objectContaining({ payload: 'bad-descriptor' });

function held(files = new OpenFiles(2)) {
  const closed: string[] = [];
  const hold = (name: string) =>
    files.hold(
      () => name,
      (each) => closed.push(each),
    );
  return { files, closed, hold };
}

describe('an OpenFile', () => {
  it('stays open until its last holder has released it, and is closed once', () => {
    const { closed, hold } = held();
    const file = hold('a');
    file.hold();
    file.release();
    expect([file.it, closed]).toEqual(['a', []]);
    file.release();
    expect(closed).toEqual(['a']);
    expect(() => file.it).toThrow(BAD);
  });

  it('that is ended is closed for all holders, whatever they release later', () => {
    const { closed, hold } = held();
    const file = hold('a');
    file.hold();
    file.end();
    expect(() => file.it).toThrow(BAD);
    file.release();
    file.release();
    file.end();
    expect(closed).toEqual(['a']);
  });

  it('that is released is not closed again by the end', () => {
    const { closed, hold } = held();
    const file = hold('a');
    file.release();
    file.end();
    expect(closed).toEqual(['a']);
  });
});

describe('OpenFiles', () => {
  it('opens no more than its number, and counts what is closed no longer', () => {
    const { hold } = held();
    hold('a');
    const second = hold('b');
    expect(() => hold('c')).toThrow(expect.objectContaining({ payload: 'quota' }));
    second.release();
    expect(hold('d').it).toBe('d');
  });

  it('closes what is open at its end', () => {
    const { files, closed, hold } = held();
    hold('a').release();
    hold('b').hold();
    files.close();
    files.close();
    expect(closed).toEqual(['a', 'b']);
  });
});
