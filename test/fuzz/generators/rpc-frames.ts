import { PassThrough, Writable } from 'node:stream';
import { PluginError } from '@wasm-plugin/abi';
import {
  Connection,
  offersFrom,
  serve,
  streamTransport,
  type InterfaceType,
} from '@wasm-plugin/native-bridge';
import { ECHO, VALUES } from '../../native-bridge/rpc/echo-types.js';
import type { Generator as FuzzGenerator } from '../generator.js';
import { mutate } from '../mutate.js';
import type { Random } from '../../support/random.js';

/** Bytes that one side of a connection gets, and which side that is. */
interface Case {
  to: 'host' | 'plugin';
  bytes: Uint8Array;
}

/** Messages of each side in a conversation without a fault: the line, then frames with their lengths. */
type Recording = Record<Case['to'], readonly Uint8Array[]>;

const CODES = new Set(['WP_GUEST', 'WP_BRIDGE', 'WP_BRIDGE_IN_DOUBT']);

/** Most bytes that a side may send in answer. */
const MOST_ANSWER_BYTES = 32 * 2 ** 20;

/** Frames of remote plugins, changed: each call is answered or failed once, the connection ends once, and nothing escapes. */
export const generator: FuzzGenerator<Case> = {
  name: 'rpc-frames',
  testRuns: 500,
  async make(random) {
    recording ??= record();
    const to = random.pick(['host', 'plugin'] as const);
    return { to, bytes: changed((await recording)[to], random) };
  },
  check: ({ to, bytes }) => (to === 'plugin' ? toPlugin(bytes) : toHost(bytes)),
  show: ({ bytes }) => bytes,
};

let recording: Promise<Recording> | undefined;

const BOX = 'test:echo/boxes#box';
const FILE = 'test:echo/files#file';

/** Functions with resources of the plugin, and of the host. */
const BOXES: InterfaceType = {
  '[constructor]box': { params: [['value', 'u32']], result: { own: BOX } },
  '[method]box.value': { params: [['self', { borrow: BOX }]], result: 'u32' },
  '[static]box.merge': {
    params: [
      ['one', { own: BOX }],
      ['other', { own: BOX }],
    ],
    result: { own: BOX },
  },
  read: { params: [['file', { borrow: FILE, imported: true }]], result: 'u32' },
};
const FILES: InterfaceType = {
  '[method]file.size': { params: [['self', { borrow: FILE }]], result: 'u32' },
};

/** Objects that live: each is disposed of once, or given away. */
class Box {
  readonly number: number;
  isDisposed = false;

  constructor(number: number) {
    this.number = number;
  }

  value(): number {
    if (this.isDisposed) throw new Error('it was called after it was disposed of');
    return this.number;
  }

  static merge(one: Box, other: Box): Box {
    return new Box((one.value() + other.value()) >>> 0);
  }

  [Symbol.dispose](): void {
    if (this.isDisposed) throw new Error('it was disposed of twice');
    this.isDisposed = true;
  }
}

class File {
  size(): number {
    return 7;
  }
}

type Sized = { size(): Promise<number> };

function plugin() {
  const functions = Object.fromEntries(
    Object.keys(ECHO).map((name) => [
      name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      (value: unknown) => value,
    ]),
  );
  const fail = (reason: string): never => {
    throw Object.assign(new Error('refused'), { payload: reason });
  };
  return {
    id: 'test.echo',
    version: '1.0.0',
    types: { 'test:echo/all': ECHO, 'test:echo/boxes': BOXES },
    exports: {
      'test:echo/all': { ...functions, fail, throw: () => fail(''), wait: () => undefined },
      'test:echo/boxes': { Box, read: (file: Sized) => file.size() },
    },
  };
}

/** Changes frames: their bytes, their order, their number, and their lengths. */
function changed(frames: readonly Uint8Array[], random: Random): Uint8Array {
  const kept: Uint8Array[] = frames.map((frame) => frame.slice());
  for (let left = 1 + random.below(3); left > 0; left--) {
    const at = random.chance(0.1) ? 0 : random.below(kept.length);
    const frame = kept[at] as Uint8Array;
    const other = random.pick(kept);
    const way = random.below(6);
    if (way === 0) kept.splice(at, 0, other.slice());
    else if (way === 1 && kept.length > 1) kept.splice(at, 1);
    else if (way === 2) [kept[at], kept[kept.indexOf(other)]] = [other, frame];
    else if (way === 3 && frame.length > 5) {
      // The length stays right: the fault is inside.
      const body = mutate(frame.subarray(4), random, other.subarray(4));
      kept[at] = Buffer.concat([lengthOf(body), body]);
    } else kept[at] = mutate(frame, random, other);
    if (kept.length === 0) break;
  }
  const whole = Buffer.concat(kept);
  return random.chance(0.2) ? whole.subarray(0, random.below(whole.length + 1)) : whole;
}

function lengthOf(body: Uint8Array): Uint8Array {
  const header = new Uint8Array(4);
  new DataView(header.buffer).setUint32(0, body.length, true);
  return header;
}

/** Two ends of a stream; `sent` is called with the data that leaves. */
function ends(sent: (bytes: Uint8Array) => void) {
  const readable = new PassThrough();
  const writable = new Writable({
    write(bytes: Buffer, _, done) {
      sent(new Uint8Array(bytes));
      done();
    },
  });
  return { readable, writable, destroy: () => void readable.destroy() };
}

/** Makes every call of the conversation; the promises are there at once. */
function calls(host: Connection): Promise<unknown>[] {
  const indexes = new Map(Object.keys(ECHO).map((name, index) => [name, index]));
  const call = (name: string, value: unknown): Promise<unknown> =>
    host.call(indexes.get(name) as number, [value]);
  const count = Object.keys(ECHO).length;
  const box = (index: number, args: unknown[]): Promise<unknown> => host.call(count + index, args);
  const pair = Promise.all([box(0, [1]), box(0, [2])]);
  return [
    pair.then(([one]) => box(1, [one])),
    pair.then(([one, other]) => box(2, [one, other])),
    pair.then(([, other]) => box(1, [other])),
    box(0, [3]).then((made) => (made as Disposable)[Symbol.dispose]()),
    box(3, [new File()]),
    host.callBatch(indexes.get('u8') as number, [[1], [2], [3]]),
    ...VALUES.flatMap(([name, , ...values]) => values.map((value) => call(name, value))),
    call('bytes', new Uint8Array(600_000)),
    call('fail', 'no'),
    host.call(indexes.get('throw') as number, []),
  ];
}

function hostOffers() {
  return offersFrom({ types: { 'test:echo/files': FILES }, exports: { 'test:echo/files': { File } } });
}

async function record(): Promise<Recording> {
  const sent: Record<Case['to'], Uint8Array[]> = { host: [], plugin: [] };
  const near = ends((bytes) => {
    sent.plugin.push(bytes);
    far.readable.write(bytes);
  });
  const far = ends((bytes) => {
    sent.host.push(bytes);
    near.readable.write(bytes);
  });
  serve(plugin(), streamTransport('the host', far));
  const host = new Connection(streamTransport('the plugin', near), { offers: hostOffers() });
  await host.opened;
  await Promise.allSettled(calls(host));
  await host.ping();
  host.close();
  return sent;
}

/** Feeds the bytes of a host to a plugin. */
async function toPlugin(bytes: Uint8Array): Promise<string> {
  const stream = ends(counter());
  let ended = 0;
  const reason = await new Promise<PluginError | undefined>((resolve) => {
    const transport = streamTransport('the host', stream);
    const onClose = (error: PluginError | undefined): void => {
      ended++;
      resolve(error);
    };
    serve(plugin(), transport, { onClose });
    stream.readable.end(bytes);
  });
  if (ended !== 1) throw new Error(`it ended ${ended} times`);
  return word(reason);
}

/** Feeds the bytes of a plugin to a host with calls under way. */
async function toHost(bytes: Uint8Array): Promise<string> {
  const stream = ends(counter());
  let end: (error: PluginError | undefined) => void = () => undefined;
  const over = new Promise<PluginError | undefined>((resolve) => (end = resolve));
  let ended = 0;
  const host = new Connection(streamTransport('the plugin', stream), {
    offers: hostOffers(),
    onClose: (error) => {
      ended++;
      end(error);
    },
  });
  // The calls wait until the line is there: those of a host that knows its plugin.
  const line = bytes.indexOf(10) + 1 || bytes.length;
  stream.readable.write(bytes.subarray(0, line));
  if (line === bytes.length) stream.readable.end();
  const opened = await Promise.race([host.opened.then(({ functions }) => functions.length), over]).catch(
    () => undefined,
  );
  const isWhole = opened === Object.keys(ECHO).length + Object.keys(BOXES).length;
  const made = isWhole ? calls(host) : [];
  stream.readable.end(bytes.subarray(line));
  const reason = await over;
  for (const outcome of await Promise.allSettled(made)) {
    if (outcome.status === 'fulfilled' || outcome.reason instanceof TypeError) continue;
    if (PluginError.is(outcome.reason) && CODES.has(outcome.reason.code)) continue;
    throw outcome.reason;
  }
  if (ended !== 1) throw new Error(`it ended ${ended} times`);
  return word(reason);
}

function counter(): (bytes: Uint8Array) => void {
  let all = 0;
  return (bytes) => {
    all += bytes.length;
    if (all > MOST_ANSWER_BYTES) throw new Error(`more than ${MOST_ANSWER_BYTES} bytes were sent`);
  };
}

/** Names the fault in a few words, without the parts that vary. */
function word(error: PluginError | undefined): string {
  if (error === undefined) return 'closed';
  if (error.code !== 'WP_BRIDGE') throw error;
  const [, reason = ''] = /^Cannot [^:]*: (.*)$/s.exec(error.message) ?? [];
  return reason
    .replace(/".*|\d+|\(.*/gs, '…')
    .split(/[:;]/)[0]
    ?.slice(0, 40) as string;
}
