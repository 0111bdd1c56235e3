import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { serve, serveAt, streamTransport } from '@wasm-plugin/native-bridge';
import { serveGrpc } from '@wasm-plugin/native-bridge/grpc';
import { connectNats, serveNats } from '@wasm-plugin/native-bridge/nats';
import { ECHO_PLUGIN } from './echo-plugin.js';

/** The echo in a process of its own: on its standard streams, in one way, or in several, with where on a line of JSON. */
const [folder, ...more] = process.argv.slice(2);

const say = (places: object): void => {
  process.stdout.write(`${JSON.stringify(places)}\n`);
  process.stdin.resume().once('end', () => process.exit(0));
};

if (folder === 'tls') {
  const [cert, key] = more.map((path) => readFileSync(path)) as [Buffer, Buffer];
  const secure = await serveAt('tls:localhost:0', ECHO_PLUGIN, { tls: { cert, key } });
  say({ address: secure.address });
} else if (folder === 'nats') {
  const [url = ''] = more;
  await serveNats(await connectNats(url), ECHO_PLUGIN);
  say({ address: url });
} else if (folder === undefined) {
  const ends = { readable: process.stdin, writable: process.stdout, destroy: () => process.exit(0) };
  serve(ECHO_PLUGIN, streamTransport('the bench', ends));
} else {
  const raw = join(folder, 'raw');
  await new Promise<void>((resolve) => createServer(echoFrames).listen(raw, resolve));
  const unix = await serveAt(`unix:${join(folder, 'unix')}`, ECHO_PLUGIN);
  const tcp = await serveAt('tcp:localhost:0', ECHO_PLUGIN);
  const ws = await serveAt('ws://localhost:0', ECHO_PLUGIN);
  const grpc = await serveGrpc('grpc://localhost:0', ECHO_PLUGIN);
  const addresses = { raw, unix: unix.address, tcp: tcp.address, ws: ws.address, grpc: grpc.address };
  say(addresses);
}

/** Sends each frame back as it is: a length of four bytes, and as many bytes. The least that a transport of frames does. */
function echoFrames(socket: Socket): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('data', (bytes: Buffer) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    while (rest.length >= 4) {
      const end = 4 + rest.readUInt32LE(0);
      if (rest.length < end) return;
      socket.write(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  });
  socket.on('error', () => undefined);
}
