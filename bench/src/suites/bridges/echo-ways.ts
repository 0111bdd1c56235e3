import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, dial } from '@wasm-plugin/native-bridge';
import { natsLink } from '@wasm-plugin/native-bridge/nats';
import { byRemote, overTransport, startPeer, withPeer } from './echo-peer.js';
import { BATCH, FRAMES, type OpenWay } from './way.js';

/** The echo by TCP with TLS, with a certificate made for it. */
export async function echoByTls(): Promise<OpenWay | string> {
  if (spawnSync('openssl', ['version']).error !== undefined) return 'there is no openssl';
  const folder = mkdtempSync(join(tmpdir(), 'bench-tls-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  execFileSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost`
      .split(' ')
      .concat('-keyout', key, '-out', cert),
    { stdio: 'ignore' },
  );
  const { address, end } = await startPeer(['tls', cert, key]);
  const transport = await dial(address, { tls: { ca: readFileSync(cert) } });
  return overTransport(transport, () => {
    end();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** The echo by a NATS server of this machine. */
export async function echoByNats(): Promise<OpenWay | string> {
  if (spawnSync('nats-server', ['--version']).error !== undefined) return 'there is no nats-server';
  const port = await freePort();
  const server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((resolve) =>
    server.stderr.on('data', (bytes) => String(bytes).includes('Server is ready') && resolve()),
  );
  const url = `nats://127.0.0.1:${port}`;
  const { end } = await startPeer(['nats', url]);
  return byRemote(
    { links: { nats: natsLink() } },
    {
      entry: url,
      leave() {
        end();
        server.kill('SIGKILL');
      },
    },
  );
}

/** Blocks over a Unix socket that are known together: one call each, or one frame with all. */
export async function echoInBatches(kind: 'one by one' | 'at once' | 'batch'): Promise<OpenWay> {
  const { addresses, leave } = await withPeer();
  const host = new Connection(await dial(addresses.unix), { offers: [] });
  await host.opened;
  const args = [[new Float32Array(FRAMES)]];
  const all = Array.from({ length: BATCH }, () => args);
  const oneByOne = async (): Promise<void> => {
    for (const each of all) await host.call(0, each);
  };
  const batch = {
    'one by one': oneByOne,
    'at once': () => Promise.all(all.map((each) => host.call(0, each))),
    batch: () => host.callBatch(0, all),
  }[kind];
  return {
    block: undefined,
    batch,
    input: undefined,
    output: undefined,
    close() {
      host.close();
      leave();
    },
  };
}

/** Makes so many calls over a Unix socket before the first is answered. Returns bytes that this process and the peer took more. */
export async function memoryInFlight(count: number): Promise<{ host: number; peer: number }> {
  const { addresses, leave, pid } = await withPeer();
  const host = new Connection(await dial(addresses.unix), { offers: [] });
  const control = new Connection(await dial(addresses.unix), { offers: [] });
  try {
    await Promise.all([host.opened, control.opened]);
    const args = [[new Float32Array(FRAMES)]];
    globalThis.gc?.();
    const before = { host: process.memoryUsage.rss(), peer: residentBytes(pid) };
    const most = { ...before };
    const look = (): void => {
      most.host = Math.max(most.host, process.memoryUsage.rss());
      most.peer = Math.max(most.peer, residentBytes(pid));
    };
    const calls = Promise.all(Array.from({ length: count }, () => host.call(2, args)));
    // Each `release` answers those that the peer holds: the others come after them.
    for (let answered = 0; answered < count;) {
      look();
      answered += (await control.call(3, [])) as number;
    }
    await calls;
    return { host: most.host - before.host, peer: most.peer - before.peer };
  } finally {
    host.close();
    control.close();
    leave();
  }
}

/** Returns what a process has in memory; 0 if the system does not say. */
function residentBytes(pid: number): number {
  try {
    const [, kilobytes = '0'] =
      /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
