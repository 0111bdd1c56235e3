import { request } from 'node:http';
import { Connection, dial, serveAt, type RunningServer, type ServedPlugin } from '@wasm-plugin/native-bridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { identity, LOCAL } from '../../support/identity.js';

const SECRET = 'a secret of 16 bytes or more';

const PLUGIN: ServedPlugin = {
  id: 'test.double',
  version: '1.0.0',
  types: { 'test:double/double': { double: { params: [['value', 'u32']], result: 'u32' } } },
  exports: { 'test:double/double': { double: (value: number) => value * 2 } },
};

let plain: RunningServer;

beforeAll(async () => {
  plain = await serveAt('ws://localhost:0', PLUGIN);
});
afterAll(() => plain.close());

describe('a plugin at a WebSocket', () => {
  it('is called, and says its last word before it ends', async () => {
    const host = new Connection(await dial(plain.address), { offers: [] });
    await host.opened;
    const answer = host.call(0, [21]);
    await host.drain();
    expect(await answer).toBe(42);
  });

  it('is reached by TLS with a token', async () => {
    const own = await identity('plugin', LOCAL);
    const server = await serveAt('wss://127.0.0.1:0', PLUGIN, { tls: own, secret: SECRET });
    try {
      const tls = { ca: own.cert };
      const stranger = new Connection(await dial(server.address, { tls }), { offers: [] });
      await expect(stranger.opened).rejects.toThrow('it has no token');
      await expect(dial(server.address)).rejects.toMatchObject({ code: 'WP_BRIDGE' });
    } finally {
      await server.close();
    }
  });

  it('is for no page, and speaks no other HTTP', async () => {
    const page = new WebSocket(plain.address, { origin: 'https://example.com' });
    await expect(new Promise((_, reject) => page.on('error', reject))).rejects.toThrow('401');
    const status = await new Promise((resolve) =>
      request(plain.address.replace('ws:', 'http:'), (response) => resolve(response.statusCode)).end(),
    );
    expect(status).toBe(426);
  });

  it('is not elsewhere without TLS', async () => {
    await expect(dial('ws://example.com:80')).rejects.toMatchObject({ code: 'WP_CARRIER' });
    await expect(serveAt('ws://0.0.0.0:0', PLUGIN)).rejects.toMatchObject({ code: 'WP_CARRIER' });
    await expect(serveAt('wss://0.0.0.0:0', PLUGIN)).rejects.toThrow('"tls.cert"');
  });
});
