import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_LIMITS } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import {
  codecFrom,
  Connection,
  dial,
  ByteReader,
  ByteWriter,
  rpc,
  startProcess,
  type RpcOptions,
  type Transport,
} from '@wasm-plugin/native-bridge';
import { grpcDialer, grpcLink } from '@wasm-plugin/native-bridge/grpc';
import { FRAMES, type OpenWay } from './way.js';

type Addresses = Record<'raw' | 'unix' | 'tcp' | 'ws' | 'grpc', string>;

const MAIN = fileURLToPath(new URL('echo-peer-main.js', import.meta.url));

/** The process with the echo: one for all ways, ended with the last of them. */
let peer: { child: ChildProcess; folder: string; addresses: Promise<Addresses>; users: number } | undefined;

/** Starts the process with the echo, or joins those who use it. */
export async function withPeer(): Promise<{ addresses: Addresses; pid: number; leave(): void }> {
  if (peer === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-peer-'));
    const child = spawn(process.execPath, [MAIN, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    const addresses = once(child.stdout as NonNullable<typeof child.stdout>, 'data').then(
      ([line]) => JSON.parse(String(line)) as Addresses,
    );
    peer = { child, folder, addresses, users: 0 };
  }
  const own = peer;
  own.users++;
  return {
    addresses: await own.addresses,
    pid: own.child.pid as number,
    leave() {
      if (--own.users > 0) return;
      own.child.kill('SIGKILL');
      rmSync(own.folder, { recursive: true, force: true });
      peer = undefined;
    },
  };
}

/** Starts a process with the echo in one way. */
export async function startPeer(args: readonly string[]): Promise<{ address: string; end(): void }> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { address } = JSON.parse(String(line)) as { address: string };
  return { address, end: () => void child.kill('SIGKILL') };
}

/** The echo by one connection of the protocol. */
export async function overTransport(transport: Transport, leave: () => void): Promise<OpenWay> {
  const host = new Connection(transport, { offers: [] });
  await host.opened;
  const [input, output] = [new Float32Array(FRAMES), new Float32Array(FRAMES)];
  const args = [[input]];
  return {
    async block() {
      const [samples] = (await host.call(0, args)) as [Float32Array];
      output.set(samples);
    },
    call: () => host.call(1, []),
    input,
    output,
    close() {
      host.close();
      leave();
    },
  };
}

/** The echo as a remote plugin. */
export async function byRemote(
  ways: RpcOptions,
  { entry, leave }: { entry: string; leave: () => void },
): Promise<OpenWay> {
  const source = { id: 'bench.echo', version: '1.0.0', entry, files: memoryFiles({}) };
  const plugin = await rpc(ways).load(source, { limits: DEFAULT_LIMITS });
  const instance = await plugin.instantiate({ imports: {} });
  const { block, nothing } = instance.exports['echo'] as {
    block(samples: Float32Array[]): Promise<[Float32Array]>;
    nothing(): Promise<void>;
  };
  const [input, output] = [new Float32Array(FRAMES), new Float32Array(FRAMES)];
  return {
    block: async () => void output.set((await block([input]))[0]),
    call: nothing,
    input,
    output,
    async close() {
      await instance.close();
      leave();
    },
  };
}

/** The echo at an address. */
export async function echoAt(place: 'unix' | 'tcp' | 'ws'): Promise<OpenWay> {
  const { addresses, leave } = await withPeer();
  return overTransport(await dial(addresses[place]), leave);
}

/** The echo on the standard streams of a process. */
export async function echoOnStdio(): Promise<OpenWay> {
  return overTransport(startProcess(process.execPath, { args: [MAIN] }), () => undefined);
}

/** The echo by gRPC: each call a unary one, or all in one stream. */
export async function echoByGrpc(kind: 'unary' | 'stream'): Promise<OpenWay> {
  const { addresses, leave } = await withPeer();
  const ways: RpcOptions =
    kind === 'unary' ? { links: { grpc: grpcLink() } } : { dialers: { grpc: grpcDialer() } };
  return byRemote(ways, { entry: addresses.grpc, leave });
}

/** A frame there and back over a Unix socket, and nothing else. */
export async function rawSocketEcho(): Promise<OpenWay> {
  const { addresses, leave } = await withPeer();
  const socket = connect(addresses.raw);
  await once(socket, 'connect');
  const waiting: ((frame: Buffer) => void)[] = [];
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32LE(0)) {
      const end = 4 + rest.readUInt32LE(0);
      waiting.shift()?.(rest.subarray(4, end));
      rest = rest.subarray(end);
    }
  });
  const exchange = (body: Uint8Array): Promise<Buffer> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      const frame = Buffer.allocUnsafe(4 + body.length);
      frame.writeUInt32LE(body.length, 0);
      frame.set(body, 4);
      socket.write(frame);
    });
  const [input, output] = [new Float32Array(FRAMES), new Float32Array(FRAMES)];
  const [inBytes, outBytes] = [new Uint8Array(input.buffer), new Uint8Array(output.buffer)];
  const nothing = new Uint8Array(4);
  return {
    block: async () => void outBytes.set(await exchange(inBytes)),
    call: () => exchange(nothing),
    input,
    output,
    close() {
      socket.destroy();
      leave();
    },
  };
}

/** Cost of encoding and decoding the values of a block, without a transport. */
export async function encodedValues(): Promise<OpenWay> {
  const codec = codecFrom({ list: 'f32' });
  const writer = new ByteWriter();
  const [input, output] = [new Float32Array(FRAMES), new Float32Array(FRAMES)];
  return {
    block() {
      writer.reset();
      codec.encode(writer, input, 'input');
      output.set(codec.decode(new ByteReader(writer.written())) as Float32Array);
    },
    call: () => undefined,
    input,
    output,
    close: () => undefined,
  };
}
