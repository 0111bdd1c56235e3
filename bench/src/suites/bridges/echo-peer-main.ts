import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { serve, serveAt, streamTransport } from '@wasm-plugin/native-bridge';
import { serveGrpc } from '@wasm-plugin/native-bridge/grpc';
import { ECHO_PLUGIN } from './echo-plugin.js';

/** The echo in a process of its own: on its standard streams, or in every other way, with where on a line of JSON. */
const [folder] = process.argv.slice(2);

if (folder === undefined) {
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
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
  process.stdin.resume().once('end', () => process.exit(0));
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
