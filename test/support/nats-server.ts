import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Returns the reason for which there is no NATS server on this machine; `undefined` if there is one. */
export function missingNats(): string | undefined {
  if (spawnSync('nats-server', ['--version']).error === undefined) return undefined;
  return 'nats-server is not installed (Debian: nats-server)';
}

/** Place of a server that is not that of this process. */
export interface NatsPlace {
  /** The address that it listens at. @default '127.0.0.1' */
  host?: string;
  /** Starts the program there. @default as a child of this process */
  spawn?(program: string, args: readonly string[], options: SpawnOptions): ChildProcess;
}

/** A NATS server with JetStream, of this test alone. */
export class NatsServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'nats-'));
  readonly port: number;
  #child: ChildProcess | undefined;

  readonly #place: NatsPlace;

  private constructor(port: number, place: NatsPlace) {
    this.port = port;
    this.#place = place;
  }

  static async start(place: NatsPlace = {}): Promise<NatsServer> {
    const server = new NatsServer(await freePort(), place);
    await server.start();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const { host = '127.0.0.1', spawn: start = spawn } = this.#place;
    const args = ['-js', '-a', host, '-p', String(this.port), '-sd', this.#folder];
    const child = start('nats-server', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.stderr?.on('data', (bytes) => {
        said += String(bytes);
        if (said.includes('Server is ready')) resolve();
      });
      child.once('exit', () => reject(new Error(`nats-server ended: ${said}`)));
    });
  }

  /** Ends the server; the data of JetStream stays. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A way to a port of this machine that can be cut: bytes are lost without a word, as when a network is. */
export class CutableWay {
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  port = 0;

  static async to(port: number): Promise<CutableWay> {
    const way = new CutableWay();
    const server = createServer((near) => {
      const far = createConnection(port, '127.0.0.1');
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        way.#sockets.add(from);
        from.on('data', (bytes) => void (way.#isCut || to.write(bytes)));
        from.on('error', () => undefined);
        from.on('close', () => {
          way.#sockets.delete(from);
          if (!way.#isCut) to.destroy();
        });
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    way.port = (server.address() as AddressInfo).port;
    way.close = () => {
      for (const socket of way.#sockets) socket.destroy();
      server.close();
    };
    return way;
  }

  cut(): void {
    this.#isCut = true;
  }

  /** Restores the connection's way. Data on it is lost, and so are the connections. */
  mend(): void {
    this.#isCut = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  close: () => void = () => undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
