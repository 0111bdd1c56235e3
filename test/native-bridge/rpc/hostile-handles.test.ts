import { PassThrough } from 'node:stream';
import {
  Connection,
  offersFrom,
  serve,
  streamTransport,
  type InterfaceType,
} from '@wasm-plugin/native-bridge';
import type { PluginError } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';

const GROUP = 'a:b/c';
const BOX = `${GROUP}#box`;
const KEY = `${GROUP}#key`;

/** The functions, by their places in the line. */
const TYPES: InterfaceType = {
  '[constructor]box': { params: [], result: { own: BOX } },
  '[method]box.open': { params: [['self', { borrow: BOX }]] },
  '[method]box.wait': { params: [['self', { borrow: BOX }]] },
  '[constructor]key': { params: [], result: { own: KEY } },
  burn: {
    params: [
      ['one', { own: BOX }],
      ['other', { own: BOX }],
    ],
  },
};
const [MAKE, OPEN, WAIT, , BURN] = [0, 1, 2, 3, 4];

function frame(...bytes: number[]): Buffer {
  return Buffer.from([bytes.length, 0, 0, 0, ...bytes]);
}

function call(id: number, index: number, ...args: number[]): Buffer {
  return frame(1, id, index, 0, ...args);
}

function line(functions: readonly object[] = []): Buffer {
  return Buffer.from(`wasm-plugin-rpc ${JSON.stringify({ versions: [1], functions, calls: 10 })}\n`);
}

/** Sends `lies` to a side that implements the resources. Returns the reason of its end, and the calls that ran. */
async function tell(lies: readonly Buffer[]) {
  const ran: string[] = [];
  class Box {
    constructor() {
      ran.push('box');
    }
    open(): void {
      ran.push('open');
    }
    wait(): Promise<void> {
      ran.push('wait');
      return new Promise(() => undefined);
    }
    [Symbol.dispose](): void {
      ran.push('disposed');
    }
  }
  class Key {
    readonly isKey = true;
  }
  const readable = new PassThrough();
  const writable = new PassThrough().resume();
  const exports = { [GROUP]: { Box, Key, burn: () => ran.push('burn') } };
  const reason = await new Promise<PluginError | undefined>((resolve) => {
    const ends = { readable, writable, destroy: () => void readable.destroy() };
    serve(
      { id: 'a.b', version: '1.0.0', types: { [GROUP]: TYPES }, exports },
      streamTransport('a liar', ends),
      {
        onClose: resolve,
      },
    );
    readable.write(Buffer.concat([line(), ...lies]));
  });
  return { reason: reason?.message, ran };
}

describe('a side that lies about handles of the other one ends the connection, and nothing runs', () => {
  const made = [call(1, MAKE), call(2, MAKE)];
  it.each([
    ['one that was never given', [call(3, OPEN, 1, 9)], 'there is no handle 9', []],
    ['one of no bytes', [call(3, OPEN, 0)], 'there is no handle 0', []],
    ['one of too many bytes', [call(3, OPEN, 65, ...Array(65).fill(1))], 'a handle has 65 bytes', []],
    ['a long name of none', [call(3, OPEN, 8, ...Array(8).fill(255))], 'there is no handle 0', []],
    ['half of one', [call(3, OPEN, 2, 1)], 'elements do not fit into', []],
    ['one that was dropped', [frame(9, 1, 1), call(3, OPEN, 1, 1)], 'there is no handle 1', []],
    ['a drop of what was dropped', [frame(9, 1, 1), frame(9, 1, 1)], 'there is no handle 1', []],
    ['a drop of what was never given', [frame(9, 1, 7)], 'there is no handle 7', []],
    ['a drop with bytes left over', [frame(9, 1, 1, 0)], '1 bytes are left over', []],
    [
      'one of another resource',
      [call(3, 3), call(4, OPEN, 1, 3)],
      'the handle 3 is a "a:b/c#key"; wanted a "a:b/c#box"',
      [],
    ],
    ['one twice in a call', [call(3, BURN, 1, 1, 1, 1)], 'there is no handle 1', []],
    [
      'one that was given back',
      [call(3, BURN, 1, 1, 1, 2), call(4, OPEN, 1, 1)],
      'there is no handle 1',
      ['burn'],
    ],
    ['a drop of what a call has', [call(3, WAIT, 1, 1), frame(9, 1, 1)], 'the handle 1 is lent', ['wait']],
    [
      'what a call has, for good',
      [call(3, WAIT, 1, 1), call(4, BURN, 1, 1, 1, 2)],
      'the handle 1 is lent to a call, and cannot be given away',
      ['wait'],
    ],
  ])('%s', async (_, lies, reason, runs) => {
    const { reason: why, ran } = await tell([...made, ...lies]);
    expect(why).toContain(reason);
    expect(ran.filter((each) => each !== 'disposed')).toEqual(['box', 'box', ...runs]);
    // Each box was disposed of, but for those that `burn` has.
    const burnt = runs.some((run) => run === 'burn') ? 2 : 0;
    expect(ran.filter((each) => each === 'disposed')).toHaveLength(2 - burnt);
  });
});

const FILE = 'd:e/f#file';
const DISK: InterfaceType = {
  '[method]file.read': { params: [['self', { borrow: FILE }]] },
  close: { params: [['file', { own: FILE }]] },
};

/** Sends answers to a side that has handles, which calls `make`, then `use` with an object of its own. */
async function answer(answers: readonly (readonly Buffer[])[]) {
  const ran: string[] = [];
  class File {
    read(): void {
      ran.push('read');
    }
    [Symbol.dispose](): void {
      ran.push('disposed');
    }
  }
  const functions = [
    { interface: 'a:b/c', name: 'make', params: [], result: { own: BOX } },
    { interface: 'a:b/c', name: 'use', params: [['file', { borrow: FILE, imported: true }]] },
  ];
  const readable = new PassThrough();
  let at = -1;
  const writable = new PassThrough().on('data', () => {
    for (const bytes of answers[at] ?? []) readable.write(bytes);
    at++;
  });
  let connection: Connection | undefined;
  const reason = await new Promise<PluginError | undefined>((resolve) => {
    const ends = { readable, writable, destroy: () => void readable.destroy() };
    connection = new Connection(streamTransport('a liar', ends), {
      offers: offersFrom({
        types: { 'd:e/f': DISK },
        exports: { 'd:e/f': { File, close: () => ran.push('close') } },
      }),
      onClose: resolve,
    });
    readable.write(line(functions));
    void connection.opened
      .then(() => connection?.call(0, []))
      .then(() => connection?.call(1, [new File()]))
      .then(() => connection?.call(0, []))
      .catch(() => undefined);
  });
  return { reason: reason?.message, ran };
}

describe('a side that lies about its own handles, or about lent ones, ends the connection', () => {
  const box = frame(2, 1, 1, 5);
  it.each([
    ['gives one twice', [[box], [frame(2, 2)], [frame(2, 3, 1, 5)]], 'a handle is given twice', []],
    ['drops what is lent', [[box], [frame(9, 1, 1)]], 'the handle 1 is lent to a call', []],
    ['gives away what is lent', [[box], [call(1, 1, 1, 1)]], 'the handle 1 is lent to a call', []],
    [
      'uses what was lent after its call',
      [[box], [call(1, 0, 1, 1), frame(2, 2), call(2, 0, 1, 1)]],
      'there is no handle 1',
      ['read'],
    ],
    ['drops what was never given', [[box, frame(9, 1, 1)]], 'there is no handle 1', []],
    ['answers with half a handle', [[frame(2, 1, 3, 5)]], '3 elements do not fit', []],
  ])('%s', async (_, answers, reason, runs) => {
    const { reason: why, ran } = await answer(answers);
    expect(why).toContain(reason);
    expect(ran).toEqual(runs);
  });

  it('offers a function that returns a borrowed handle', async () => {
    const readable = new PassThrough();
    const ends = { readable, writable: new PassThrough().resume(), destroy: () => void readable.destroy() };
    const connection = new Connection(streamTransport('a liar', ends), { offers: [] });
    readable.write(
      line([{ interface: 'a:b/c', name: 'lend', params: [], result: { list: { borrow: BOX } } }]),
    );
    await expect(connection.opened).rejects.toMatchObject({
      code: 'WP_BRIDGE',
      message: expect.stringContaining('Cannot carry "a:b/c#lend": it returns a borrowed "a:b/c#box"'),
    });
  });
});
