import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Connection, dial } from '@wasm-plugin/native-bridge';
import type { PluginError } from '@wasm-plugin/abi';
import { afterEach, describe, expect, it } from 'vitest';

const closers: (() => unknown)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const ECHO = { interface: 'a:b/c', name: 'echo', params: [['value', 'u8']], result: 'u8' };

function line(changes: object = {}): string {
  return `wasm-plugin-rpc ${JSON.stringify({ versions: [1], functions: [ECHO], calls: 10, ...changes })}\n`;
}

function frame(...bytes: number[]): Buffer {
  return Buffer.from([bytes.length, 0, 0, 0, ...bytes]);
}

/** Dials a peer that sends `text` and then the results of `answer` for each frame. */
async function meet(say: string | Buffer, answer?: (frame: Buffer, socket: Socket) => void) {
  let ended: (error: PluginError | undefined) => void = () => undefined;
  const closed = new Promise<PluginError | undefined>((resolve) => (ended = resolve));
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(say);
    let first = true;
    socket.on('data', (bytes) => {
      const at = first ? bytes.indexOf(10) + 1 : 0;
      first = false;
      if (at < bytes.length) answer?.(bytes.subarray(at), socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  const connection = new Connection(await dial(`tcp:127.0.0.1:${(server.address() as AddressInfo).port}`), {
    offers: [],
    onClose: ended,
  });
  closers.push(() => connection.close());
  return { connection, closed };
}

describe('a peer that is no peer', () => {
  it.each([
    ['HTTP/1.1 400 Bad Request\n', 'its first line is "HTTP/1.1 400 Bad Request"'],
    ['wasm-plugin-rpc {\n', 'holds no JSON'],
    ['wasm-plugin-rpc []\n', 'wanted an object'],
    [line({ versions: [7] }), 'it speaks the versions 7 of the protocol; this side speaks 1'],
    [line({ calls: 0 }), '"calls" must be a whole number above 0'],
    [line({ functions: [{ ...ECHO, params: [['value', 'u9']] }] }), '"functions[0]" is no function'],
    [line({ functions: [{ ...ECHO, result: { list: { list: 'x' } } }] }), '"functions[0]" is no function'],
    [`wasm-plugin-rpc ${'x'.repeat(2 ** 20)}`, 'the first line is longer than 1048576 bytes'],
  ])('is refused: %.40s', async (text, reason) => {
    const { connection, closed } = await meet(text);
    await expect(connection.opened).rejects.toMatchObject({
      code: 'WP_BRIDGE',
      message: expect.stringContaining(reason),
    });
    expect((await closed)?.message).toContain(reason);
  });

  it.each([
    ['a frame of 4 GB', Buffer.from([255, 255, 255, 255]), 'a frame of 4294967295 bytes is announced'],
    ['an empty frame', Buffer.from([0, 0, 0, 0]), 'a frame of no bytes'],
    ['an unknown frame', frame(99, 1), 'there is no frame of the kind 99'],
    ['an answer to no call', frame(2, 1, 5), 'an answer to the call 1, which was not made'],
    ['parts of an answer to no call', frame(5, 1, 1, 0), 'an answer to the call 1, which was not made'],
    [
      'a number of more bytes than its bits take',
      frame(2, 0x81, 0x80, 0x80, 0x80, 0x80, 0, 5),
      'a number is above',
    ],
    ['a call of nothing', frame(1, 1, 9, 0), 'there is no function 9'],
    ['half a frame, then its end', frame(2).subarray(0, 3), 'the other side closed the connection'],
  ])('ends the connection by %s', async (_, bytes, reason) => {
    const { connection, closed } = await meet(Buffer.concat([Buffer.from(line()), bytes]), (__, socket) =>
      socket.end(),
    );
    await connection.opened.catch(() => undefined);
    if (reason.startsWith('the other side')) void connection.call(0, [1]).catch(() => undefined);
    expect((await closed)?.message).toContain(reason);
  });

  it('that answers twice is not heard twice', async () => {
    const { connection, closed } = await meet(line(), (_, socket) =>
      socket.write(Buffer.concat([frame(2, 1, 7), frame(2, 1, 8)])),
    );
    await connection.opened;
    expect(await connection.call(0, [1])).toBe(7);
    expect((await closed)?.message).toContain('an answer to the call 1, which was not made');
  });

  it('that answers with what is no value ends the connection, and the call fails', async () => {
    const { connection, closed } = await meet(line(), (_, socket) => socket.write(frame(2, 1, 7, 7)));
    await connection.opened;
    await expect(connection.call(0, [1])).rejects.toMatchObject({ code: 'WP_BRIDGE' });
    expect((await closed)?.message).toContain('1 bytes are left over');
  });
});
