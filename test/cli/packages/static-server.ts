import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** One request, and its answer. */
export interface Served {
  request: IncomingMessage;
  response: ServerResponse;
  bytes: Buffer;
}

/** Answers a request in place of the server, or leaves it to that by `false`. */
export type Fault = (served: Served) => boolean | Promise<boolean>;

/** A web server of files on loopback, with parts, and with faults where they are wanted. */
export async function staticServer(folder: string) {
  const asked: { path: string; range: string | undefined }[] = [];
  const state: { fault: Fault } = { fault: () => false };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(request.url ?? '/');
    const { range } = request.headers;
    asked.push({ path, range });
    const file = join(folder, path);
    const bytes = existsSync(file) && statSync(file).isFile() ? readFileSync(file) : undefined;
    if (bytes === undefined) return void response.writeHead(404).end('none');
    if (await state.fault({ request, response, bytes })) return;
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? Number.NaN);
    if (Number.isNaN(from)) return void response.writeHead(200).end(bytes);
    response.writeHead(206, { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` });
    response.end(bytes.subarray(from));
  }

  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    set fault(fault: Fault) {
      state.fault = fault;
    },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
