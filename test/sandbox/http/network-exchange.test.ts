import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { NetworkExchange } from '../../../engine/src/sandbox/http/network-exchange.node.js';
import type { ResponseMessage } from '../../../engine/src/sandbox/http/request-message.js';
import type { WireFields, WireRequest } from '../../../engine/src/sandbox/http/transport.js';

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Sends a body with trailers to a server that answers its end; returns the request as it came and the answer's messages. */
async function send(body: WireRequest['body'], trailers: WireFields) {
  let came: IncomingMessage | undefined;
  const server = createServer((request, response) => {
    came = request;
    request.resume().on('end', () => response.end('ok'));
  });
  closers.push(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const messages: ResponseMessage[] = [];
  await new Promise<void>((resolve) => {
    const exchange = new NetworkExchange({
      id: 1,
      request: {
        method: 'POST',
        https: false,
        host: '127.0.0.1',
        port: (server.address() as AddressInfo).port,
        path: '/',
        headers: [['host', 'a'], ...(body === 'chunks' ? [['trailer', 'x-end'] as const] : [])],
        body,
        privateAddresses: 'all',
        connectTimeoutMs: undefined,
        firstByteTimeoutMs: undefined,
        betweenBytesTimeoutMs: undefined,
      },
      windowBytes: 2 ** 16,
      rules: {
        bell: new Int32Array(1),
        mostBytes: 1000,
        hosts: {},
        authorities: [],
        privateNetworks: [],
        proxy: undefined,
        connectMs: undefined,
        firstByteMs: undefined,
        betweenBytesMs: undefined,
        responseMs: 60_000,
      },
      post: (message) => void messages.push(message),
      onOver: resolve,
    });
    void exchange.start();
    exchange.take({ kind: 'part', id: 1, bytes: new TextEncoder().encode('body') });
    exchange.take({ kind: 'body-end', id: 1, trailers });
  });
  return { came: came as IncomingMessage, messages };
}

describe('a NetworkExchange', () => {
  it('sends the trailers behind a body in chunks', async () => {
    const { came, messages } = await send('chunks', [['x-end', 'yes']]);
    expect(came.rawTrailers).toEqual(['x-end', 'yes']);
    expect(messages.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sent', 'head', 'part', 'end']));
  });

  it('sends a body of a known length without trailers', async () => {
    const { came, messages } = await send(4, []);
    expect([came.rawTrailers, came.headers['content-length']]).toEqual([[], '4']);
    expect(messages.at(-1)).toMatchObject({ kind: 'end' });
  });
});
