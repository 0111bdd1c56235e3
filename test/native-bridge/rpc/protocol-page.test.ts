import { readFileSync } from 'node:fs';
import { serve, type Transport } from '@wasm-plugin/native-bridge';
import { describe, expect, it } from 'vitest';

const PAGE = readFileSync(new URL('../../../native-bridge/PROTOCOL.md', import.meta.url), 'utf8');

/** The session in bytes on the page: rows of sender and bytes. */
const SESSION = [...PAGE.matchAll(/^\| (host|plugin) \| `([0-9a-f ]+)` \|/gm)].map(
  ([, sender, bytes = '']) => ({
    sender,
    bytes,
  }),
);

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replaceAll(/(..)(?!$)/g, '$1 ');

/** Returns a frame as the page writes it: with its length. */
function onStream(frame: Uint8Array): string {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, frame.length, true);
  return hex(Buffer.concat([length, frame]));
}

describe('PROTOCOL.md', () => {
  it('has a session whose bytes are those of a plugin and its host', () => {
    const sent: string[] = [];
    let receiver: Parameters<Transport['start']>[0] | undefined;
    const transport: Transport = {
      name: 'the page',
      pendingBytes: 0,
      sendLine: () => undefined,
      send: (frame) => void sent.push(onStream(frame)),
      start: (given) => void (receiver = given),
      close: () => undefined,
    };
    const answers = [undefined, 'no file'];
    const health = (): void => {
      const payload = answers.shift();
      if (payload !== undefined) throw Object.assign(new Error(payload), { payload });
    };
    const result = { result: { err: 'string' } } as const;
    serve(
      {
        id: 'acme.page',
        version: '1.0.0',
        types: {
          'wasm-plugin:abi/lifecycle@0.1.0': { init: { params: [], result }, health: { params: [], result } },
        },
        exports: { 'wasm-plugin:abi/lifecycle@0.1.0': { health } },
      },
      transport,
    );
    receiver?.onLine('wasm-plugin-rpc {"versions":[1],"functions":[],"calls":1}');
    for (const { sender, bytes } of SESSION) {
      const whole = Uint8Array.from(bytes.split(' '), (byte) => Number.parseInt(byte, 16));
      if (sender === 'host') receiver?.onFrame(whole.slice(4));
    }
    expect(sent).toEqual(SESSION.filter(({ sender }) => sender === 'plugin').map(({ bytes }) => bytes));
    expect(sent).toHaveLength(2);
  });
});
