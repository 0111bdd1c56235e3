import { describe, expect, it } from 'vitest';
import { HeldBytes } from '../../../engine/src/sandbox/held-bytes.js';
import { PART_BYTES, type RequestMessage } from '../../../engine/src/sandbox/http/request-message.js';
import { ThreadExchange } from '../../../engine/src/sandbox/http/thread-exchange.js';
import type { WireRequest } from '../../../engine/src/sandbox/http/transport.js';

const FIELD_BYTES = 260;
const REQUEST: WireRequest = {
  method: 'POST',
  https: false,
  host: 'example.com',
  port: 80,
  path: '/',
  headers: [],
  body: 'chunks',
  privateAddresses: 'none',
  connectTimeoutMs: undefined,
  firstByteTimeoutMs: undefined,
  betweenBytesTimeoutMs: undefined,
};

function open(request: Partial<WireRequest> = {}, held = new HeldBytes(2 ** 20)) {
  const told: RequestMessage[] = [];
  const options = {
    held,
    collect: () => undefined,
    tell: (message: RequestMessage) => void told.push(message),
  };
  const exchange = ThreadExchange.open(1, { ...REQUEST, ...request }, options);
  if (!(exchange instanceof ThreadExchange)) throw new Error(exchange.reason);
  return { exchange, held, told };
}

describe('a ThreadExchange', () => {
  it('holds a window, and after its end what is not read of it, to the byte', () => {
    const { exchange, held } = open({ body: 'none' });
    expect(held.used).toBe(2 ** 18);
    exchange.receive({ kind: 'head', id: 1, status: 200, headers: [['a', 'bc']] });
    expect(held.used).toBe(2 ** 18 + FIELD_BYTES + 3);
    exchange.receive({ kind: 'part', id: 1, bytes: new Uint8Array(10) });
    exchange.receive({ kind: 'part', id: 1, bytes: new Uint8Array(5) });
    exchange.receive({ kind: 'end', id: 1, trailers: [['d', 'e']] });
    const fields = 2 * FIELD_BYTES + 5;
    expect(held.used).toBe(fields + 15 + 2 * PART_BYTES);
    expect(exchange.read(4)).toHaveLength(4);
    expect(held.used).toBe(fields + 11 + 2 * PART_BYTES);
    expect([exchange.read(100), exchange.read(100)].map((each) => (each as Uint8Array).length)).toEqual([
      6, 5,
    ]);
    expect(held.used).toBe(fields);
    expect(exchange.read(100)).toEqual({ trailers: [['d', 'e']] });
    exchange.cancel();
    expect(held.used).toBe(0);
  });

  it('ends once: later ends change neither what it says nor what is held', () => {
    const { exchange, held } = open({ body: 'none' });
    exchange.receive({ kind: 'part', id: 1, bytes: new Uint8Array(10) });
    exchange.receive({ kind: 'end', id: 1, trailers: [] });
    const before = held.used;
    exchange.finish({ error: { tag: 'connection-terminated' } });
    expect([exchange.read(10), exchange.read(10)]).toEqual([new Uint8Array(10), { trailers: [] }]);
    expect(held.used).toBe(before - 10 - PART_BYTES);
  });

  it('sends no byte after the end of the body, and takes none from the budget for it', () => {
    const { exchange, held, told } = open();
    expect(exchange.send(new Uint8Array(7))).toBe(true);
    expect(held.used).toBe(2 ** 18 + 7 + PART_BYTES);
    exchange.endBody([['x', 'y']]);
    exchange.endBody([]);
    expect(exchange.send(new Uint8Array(7))).toBe(true);
    expect(held.used).toBe(2 ** 18 + 7 + PART_BYTES);
    expect(told.map(({ kind }) => kind)).toEqual(['request', 'part', 'body-end']);
    expect(told.at(-1)).toMatchObject({ trailers: [['x', 'y']] });
    exchange.receive({ kind: 'sent', id: 1, bytes: 7 + PART_BYTES });
    expect(held.used).toBe(2 ** 18);
  });

  it('has a body that failed only where one was still to be sent', () => {
    const failure = { error: { tag: 'connection-terminated' } };
    const sending = open();
    sending.exchange.receive({ kind: 'failed', id: 1, ...failure });
    expect(sending.exchange.sendFailure()).toMatchObject(failure);
    const sent = open({ body: 'none' });
    sent.exchange.receive({ kind: 'failed', id: 1, ...failure });
    expect(sent.exchange.sendFailure()).toBeUndefined();
    expect(sent.exchange.head()).toMatchObject(failure);
  });

  it('asks for more once a quarter of the window, or all that is there, was read', () => {
    const { exchange, told } = open({ body: 'none' });
    const quarter = 2 ** 16;
    for (let part = 0; part < 3; part++)
      exchange.receive({ kind: 'part', id: 1, bytes: new Uint8Array(quarter / 2) });
    exchange.read(quarter);
    expect(told.map(({ kind }) => kind)).toEqual(['request']);
    exchange.read(quarter);
    expect(told.at(-1)).toEqual({ kind: 'credit', id: 1, bytes: quarter + 2 * PART_BYTES });
    exchange.read(10);
    exchange.read(quarter);
    expect(told.at(-1)).toEqual({ kind: 'credit', id: 1, bytes: quarter / 2 + PART_BYTES });
  });

  it('is not opened where the budget has no room for a window', () => {
    expect(() => open({}, new HeldBytes(2 ** 15 - 1))).toThrow('leaves 32767 of 32767 bytes');
    expect(open({}, new HeldBytes(2 ** 15)).held.used).toBe(2 ** 14);
  });
});
