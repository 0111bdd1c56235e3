import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A server on a thread of its own: a guest that waits blocks this one. */
const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const { createServer } = require('node:' + (workerData.cert ? 'https' : 'http'));
const { pipeline, Readable } = require('node:stream');
const seen = [];
let open = 0;
const routes = {
  echo: (request, response) => { response.flushHeaders(); pipeline(request, response, () => {}); },
  sse: (request, response) => { response.flushHeaders(); response.write('data: 0\\n\\n'); },
  bytes(request, response, [count]) {
    const piece = Buffer.alloc(65536, 7);
    let left = Number(count);
    const source = new Readable({ read() {
      const size = Math.min(left, piece.length);
      left -= size;
      this.push(size === 0 ? null : piece.subarray(0, size));
    } });
    pipeline(source, response, () => {});
  },
  count(request, response) {
    let length = 0;
    request.on('data', (part) => (length += part.length));
    request.on('end', () => response.end(JSON.stringify({
      length, te: request.headers['transfer-encoding'], cl: request.headers['content-length'], trailers: request.trailers,
    })));
  },
  pieces(request, response) {
    const sizes = [];
    request.on('data', (part) => sizes.push(part.length));
    request.on('end', () => response.end(JSON.stringify(sizes)));
  },
  early: (request, response) => response.end('early'),
  first(request, response) {
    response.write('first');
    let length = 0;
    request.on('data', (part) => (length += part.length));
    request.on('end', () => response.end(' last:' + length));
  },
  short(request, response) { response.writeHead(200, { 'Content-Length': 100 }); response.write('x'.repeat(10)); setTimeout(() => response.destroy(), 20); },
  cut(request, response) { response.write('x'.repeat(10)); setTimeout(() => response.destroy(), 20); },
  long(request) { request.socket.end('HTTP/1.1 200 OK\\r\\nContent-Length: 4\\r\\nConnection: close\\r\\n\\r\\n1234567890'); },
  both(request) { request.socket.end('HTTP/1.1 200 OK\\r\\nContent-Length: 4\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n4\\r\\n1234\\r\\n0\\r\\n\\r\\n'); },
  badchunk(request) { request.socket.end('HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n4\\r\\n1234\\r\\nzz\\r\\n'); },
  many(request, response, [count]) {
    request.socket.end('HTTP/1.1 200 OK\\r\\n' + 'a:\\r\\n'.repeat(Number(count)) + 'Content-Length: 2\\r\\n\\r\\nok');
  },
  trailers(request, response) {
    response.writeHead(200, { Trailer: 'x-sum' });
    response.write('body');
    response.addTrailers({ 'X-Sum': '42' });
    response.end();
  },
  drip(request, response, [count]) {
    let left = Number(count);
    const next = () => { if (left-- === 0) response.end(); else { response.write('.'); setImmediate(next); } };
    next();
  },
  never() {},
  reset: (request) => request.socket.destroy(),
  slow(request, response) { request.pause(); setTimeout(() => { routes.count(request, response); request.resume(); }, 50); },
  hello: (request, response) => response.end('hello ' + request.headers.host),
  open: (request, response) => response.end(String(open)),
};
const handle = (request, response) => {
  seen.push(request.url);
  const [, name, ...rest] = request.url.split('/');
  response.on('error', () => {});
  request.on('error', () => {});
  (routes[name] ?? routes.hello)(request, response, rest);
};
const server = createServer(workerData, handle);
server.on('connection', (socket) => { open++; socket.on('close', () => open--); });
server.on('clientError', (error, socket) => socket.destroy());
parentPort.on('message', () => parentPort.postMessage({ seen: seen.splice(0), open }));
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** A running server. */
export interface TestServer {
  port: number;
  /** Returns the requests since the last time, and the number of open connections. */
  seen(): Promise<{ seen: string[]; open: number }>;
  /** Lets the process end while it runs. */
  unref(): void;
  close(): Promise<unknown>;
}

/** Starts a server of HTTP, or of HTTPS with a certificate and its key. */
export async function testServer(options: { cert?: string; key?: string } = {}): Promise<TestServer> {
  const worker = new Worker(SOURCE, { eval: true, workerData: options });
  const [port] = (await once(worker, 'message')) as [number];
  return {
    port,
    async seen() {
      // A thread has no origin.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      worker.postMessage(undefined);
      return ((await once(worker, 'message')) as [{ seen: string[]; open: number }])[0];
    },
    unref: () => worker.unref(),
    close: () => worker.terminate(),
  };
}
