import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import koffi from 'koffi';
import { compileBridge } from './compile.js';
import { FRAMES, type OpenWay } from './way.js';

/** Places in the memory of `echo-process.c`. */
const AT = { request: 0, reply: 64, bytes: 128, input: 4096, output: 8192, end: 12_288 } as const;
const FLAGS = { readWrite: 3, shared: 1 } as const;

/** A process in C that copies a block in shared memory: two semaphores, and nothing else. */
export async function rawEcho(): Promise<OpenWay | string> {
  const program = compileBridge('echo-process.c');
  if (typeof program === 'string') return program;
  const libc = koffi.load(null);
  const fd = libc.func('memfd_create', 'int', ['str', 'uint'])('bench', 1) as number;
  libc.func('ftruncate', 'int', ['int', 'int64'])(fd, AT.end);
  const mmap = libc.func('mmap', 'uintptr', ['uintptr', 'size_t', 'int', 'int', 'int', 'int64']);
  const address = mmap(0, AT.end, FLAGS.readWrite, FLAGS.shared, fd, 0) as number;
  const bytes = koffi.view(BigInt(address), AT.end);
  const init = libc.func('sem_init', 'int', ['uintptr', 'int', 'uint']);
  for (const at of [AT.request, AT.reply]) init(address + at, 1, 0);
  const child = await startProgram(program, fd);
  libc.func('close', 'int', ['int'])(fd);
  const post = libc.func('sem_post', 'int', ['uintptr']);
  const wait = libc.func('sem_wait', 'int', ['uintptr']);
  const words = new Uint32Array(bytes, AT.bytes, 1);
  const [request, reply] = [address + AT.request, address + AT.reply];
  const exchange = (size: number): void => {
    words[0] = size;
    post(request);
    while (wait(reply) !== 0);
  };
  return {
    block: () => exchange(FRAMES * 4),
    call: () => exchange(0),
    input: new Float32Array(bytes, AT.input, FRAMES),
    output: new Float32Array(bytes, AT.output, FRAMES),
    async close() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function startProgram(program: Uint8Array, fd: number): Promise<ReturnType<typeof spawn>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-bridges-'));
  const path = join(folder, 'echo-process');
  writeFileSync(path, program, { mode: 0o700 });
  const child = spawn(path, { stdio: ['ignore', 'ignore', 'ignore', fd], env: {} });
  await once(child, 'spawn');
  rmSync(folder, { recursive: true });
  return child;
}
