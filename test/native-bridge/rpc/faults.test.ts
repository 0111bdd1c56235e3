import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { PluginError } from '@wasm-plugin/abi';
import { Connection, dial, serve, streamTransport, type InterfaceType } from '@wasm-plugin/native-bridge';
import { afterEach, describe, expect, it } from 'vitest';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function serverOf(onSocket: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    closers.push(() => socket.destroy());
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return `tcp:127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const TYPES: InterfaceType = {
  'add-one': { params: [['number', 'u32']], result: 'u32' },
  bytes: { params: [['bytes', { list: 'u8' }]], result: { list: 'u8' } },
};

function plugin(ran: Map<number, number>) {
  const addOne = async (number: number): Promise<number> => {
    ran.set(number, (ran.get(number) ?? 0) + 1);
    if (number % 3 === 0) await new Promise(setImmediate);
    return number + 1;
  };
  const functions = { addOne, bytes: (bytes: Uint8Array) => bytes };
  return { id: 'a', version: '1.0.0', types: { 'a:b/c': TYPES }, exports: { 'a:b/c': functions } };
}

function overSocket(socket: Socket) {
  return streamTransport('the host', { readable: socket, writable: socket, destroy: () => socket.destroy() });
}

describe('a peer that is killed under calls', () => {
  it('50 times: each call is answered once, or fails once and says whether it may have run', async () => {
    const ran = new Map<number, number>();
    const sockets: Socket[] = [];
    const address = await serverOf((socket) => {
      sockets.push(socket);
      serve(plugin(ran), overSocket(socket));
    });
    const tally = { answered: 0, 'not run': 0, 'in doubt': 0 };
    let number = 0;
    for (let life = 0; life < 50; life++) {
      const host = new Connection(await dial(address), { offers: [] });
      await host.opened;
      const outcomes = Array.from({ length: 200 }, async () => {
        const own = number++;
        try {
          expect(await host.call(0, [own])).toBe(own + 1);
          tally.answered++;
          expect(ran.get(own)).toBe(1);
        } catch (error) {
          const { code } = error as PluginError;
          expect(['WP_BRIDGE', 'WP_BRIDGE_IN_DOUBT']).toContain(code);
          if (code === 'WP_BRIDGE') expect(ran.has(own)).toBe(false);
          tally[code === 'WP_BRIDGE' ? 'not run' : 'in doubt']++;
        }
      });
      // Cut at another place each time: after so many bytes of answers.
      const socket = sockets.at(-1) as Socket;
      socket.on('data', () => socket.bytesRead > 40 * life && socket.resetAndDestroy());
      await Promise.all(outcomes);
      await expect(host.call(0, [0])).rejects.toMatchObject({ code: 'WP_BRIDGE' });
      host.close();
    }
    expect(tally.answered + tally['not run'] + tally['in doubt']).toBe(10_000);
    expect(tally['in doubt']).toBeGreaterThan(0);
    expect([...ran.values()].every((times) => times === 1)).toBe(true);
  });

  it('fails calls that wait for a place as not run, and does not leave them waiting', async () => {
    const address = await serverOf((socket) => {
      socket.write('wasm-plugin-rpc {"versions":[1],"functions":[');
      socket.write(
        '{"interface":"a:b/c","name":"add-one","params":[["number","u32"]],"result":"u32"}],"calls":1}\n',
      );
      socket.on('data', (bytes) => bytes.at(-1) === 1 && setImmediate(() => socket.destroy()));
    });
    const host = new Connection(await dial(address), { offers: [] });
    await host.opened;
    const [sent, waiting] = await Promise.allSettled([host.call(0, [1]), host.call(0, [2])]);
    expect(sent).toMatchObject({ reason: { code: 'WP_BRIDGE_IN_DOUBT' } });
    expect(waiting).toMatchObject({ reason: { code: 'WP_BRIDGE' } });
  });
});

describe('a peer that never reads', () => {
  const LINE = `wasm-plugin-rpc ${JSON.stringify({
    versions: [1],
    functions: [{ interface: 'a:b/c', name: 'bytes', params: [['bytes', { list: 'u8' }]] }],
    calls: 1_000_000,
  })}\n`;

  it('gets no further calls while much waits for it', async () => {
    const address = await serverOf((socket) => void socket.pause().write(LINE));
    const host = new Connection(await dial(address), { offers: [] });
    await host.opened;
    const megabyte = new Uint8Array(2 ** 20);
    const calls = Array.from({ length: 300 }, () => host.call(0, [megabyte]));
    expect(host.pendingBytes).toBeLessThan(40 * 2 ** 20);
    host.close();
    const codes = (await Promise.allSettled(calls)).map(
      (outcome) => outcome.status === 'rejected' && (outcome.reason as PluginError).code,
    );
    expect(codes.filter((code) => code === 'WP_BRIDGE').length).toBeGreaterThan(200);
    expect(new Set(codes)).toEqual(new Set(['WP_BRIDGE', 'WP_BRIDGE_IN_DOUBT']));
  });

  it('is cut off beyond a bound', async () => {
    const address = await serverOf((socket) => void socket.pause().write(LINE));
    const error = await new Promise<PluginError | undefined>((resolve, reject) => {
      dial(address).then((transport) => {
        const host = new Connection(transport, { offers: [], onClose: resolve, pendingBytes: 2 ** 20 });
        void host.opened.then(() => host.call(0, [new Uint8Array(30 * 2 ** 20)])).catch(() => undefined);
      }, reject);
    });
    expect(error?.message).toContain('it leaves more than 1048576 bytes unread');
  });

  it('and asks for much has its calls run only as it reads', async () => {
    let ran = 0;
    const address = await serverOf((socket) => {
      const served = plugin(new Map());
      serve(
        {
          ...served,
          exports: {
            'a:b/c': { bytes: (bytes: Uint8Array) => (ran++, new Uint8Array(bytes.length * 2 ** 20)) },
          },
        },
        overSocket(socket),
      );
    });
    const host = new Connection(await dial(address), { offers: [] });
    await host.opened;
    const calls = Array.from({ length: 100 }, () => host.call(1, [Uint8Array.of(1)]));
    const [first] = await Promise.all(calls.slice(0, 1));
    expect((first as Uint8Array).length).toBe(2 ** 20);
    expect(ran).toBeLessThan(100);
    expect(await Promise.all(calls)).toHaveLength(100);
  });
});

describe('values that are small on the wire and large in memory', () => {
  it('end the connection before they are', async () => {
    const type = { list: { list: 'u8' } } as const;
    const address = await serverOf((socket) => {
      socket.write(
        `wasm-plugin-rpc ${JSON.stringify({
          versions: [1],
          functions: [{ interface: 'a:b/c', name: 'lists', params: [], result: type }],
          calls: 1,
        })}\n`,
      );
      // 4,000,000 empty lists, a byte each.
      const body = Buffer.alloc(2 + 4 + 4_000_000);
      body.set([2, 1, 0x80, 0x92, 0xf4, 0x01]);
      const header = Buffer.alloc(4);
      header.writeUInt32LE(body.length);
      socket.on('data', () => socket.write(Buffer.concat([header, body])));
    });
    const host = new Connection(await dial(address), { offers: [] });
    await host.opened;
    await expect(host.call(0, [])).rejects.toMatchObject({
      code: 'WP_BRIDGE',
      message: expect.stringContaining('the values take more than'),
    });
  });
});
