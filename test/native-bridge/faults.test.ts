import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DEFAULT_LIMITS } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { library } from '@wasm-plugin/native-bridge';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../wast/index.js';
import { compileLibrary, missingCompiler } from './compile-c.js';

const missing = missingCompiler();

/** A host in a process of its own that starts a library, prints the process that runs it, and waits. */
const HOST = `
  import { readFileSync } from 'node:fs';
  import { memoryFiles } from '@wasm-plugin/abi/package';
  import { DEFAULT_LIMITS } from '@wasm-plugin/abi';
  import { library } from '@wasm-plugin/native-bridge';
  const files = memoryFiles({ 'a.so': new Uint8Array(readFileSync(process.argv[2])) });
  const source = { id: 'a', version: '1.0.0', entry: 'a.so', files };
  const plugin = await library().load(source, { limits: DEFAULT_LIMITS });
  const { exports } = await plugin.instantiate({ imports: {} });
  if (process.argv[3] === 'busy') exports.lifecycle.init([{ key: 'mode', value: 'hang' }]);
  console.log('ready');
  if (process.argv[3] === 'busy') exports.lifecycle.health();
  setInterval(() => undefined, 1000);
`;

/** Runs with a compiled library in a folder of its own. */
async function withLibrary(flags: readonly string[], run: (path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  try {
    const path = join(folder, 'probe.so');
    writeFileSync(path, compileLibrary('probe.c', flags));
    await run(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

async function startInstances(count: number, path: string, unsafeInProcess: boolean): Promise<void> {
  const files = memoryFiles({ 'a.so': new Uint8Array(readFileSync(path)) });
  const source = { id: 'a', version: '1.0.0', entry: 'a.so', files };
  const plugin = await library({ unsafeInProcess }).load(source, { limits: DEFAULT_LIMITS });
  for (let round = 0; round < count; round++) {
    const instance = await plugin.instantiate({ imports: {} });
    (instance.exports['lifecycle'] as { health(): void }).health();
    await instance.close();
  }
  await plugin.close();
}

describe.skipIf(missing !== undefined)(
  `faults of native libraries${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    it.each(['idle', 'busy'])(
      'a host that is killed leaves no process and no file, while the library is %s',
      async (state) => {
        await withLibrary([], async (path) => {
          const script = join(fileURLToPath(projectFolder()), 'test', `faults-${process.pid}-${state}.mjs`);
          writeFileSync(script, HOST);
          const host = spawn(process.execPath, [script, path, state], {
            stdio: ['ignore', 'pipe', 'inherit'],
          });
          try {
            await once(host.stdout, 'data');
            const children = childrenOf(host.pid as number);
            expect(children).toHaveLength(1);
            const before = readdirSync('/dev/shm');
            host.kill('SIGKILL');
            await once(host, 'exit');
            // The kernel ends it by the same kill; nothing else tells us when.
            await expect.poll(() => children.filter(runs), { timeout: 30_000 }).toEqual([]);
            expect(readdirSync('/dev/shm').filter((name) => name.includes('wasm-plugin'))).toEqual([]);
            expect(before.filter((name) => name.includes('wasm-plugin'))).toEqual([]);
          } finally {
            host.kill('SIGKILL');
            rmSync(script);
          }
        });
      },
    );

    it('a host with nothing else to do waits until a library that hangs in destroy has ended', async () => {
      await withLibrary(['-DMODE="hang-in-destroy"'], async (path) => {
        const script = fileURLToPath(new URL('fixtures/close-at-once.mjs', import.meta.url));
        expect(execFileSync(process.execPath, [script, path], { encoding: 'utf8' })).toBe('closed\n');
      });
    });

    it('a library with -ffast-math does not change the arithmetic of JavaScript in its process', async () => {
      await withLibrary(['-ffast-math'], async (path) => {
        const tiny = [1e-300, 1e-10];
        const product = (): number => tiny.reduce((left, right) => left * right);
        expect(product()).toBe(1e-310);
        await startInstances(2, path, true);
        expect(product()).toBe(1e-310);
      });
    });

    it('60 instances one after the other in this process are unmapped', async () => {
      await withLibrary([], async (path) => {
        await startInstances(60, path, true);
        expect(readFileSync('/proc/self/maps', 'utf8')).not.toContain('-a.so');
      });
    });

    // In children: `reloads.long.test.ts`.
    it('200 reloads in this process leave no memory, no mapping and no descriptor', async () => {
      await withLibrary([], async (path) => {
        const script = fileURLToPath(new URL('fixtures/reload-often.mjs', import.meta.url));
        const text = execFileSync(process.execPath, ['--expose-gc', script, path, 'in-process', '200'], {
          encoding: 'utf8',
        });
        const { memory, mapped, descriptors } = JSON.parse(text) as Record<string, number> & {
          memory: number[];
        };
        expect(memory.at(-1)).toBeLessThanOrEqual((memory[1] as number) * 1.05);
        expect(mapped).toBe(0);
        expect(descriptors).toBeLessThanOrEqual(30);
      });
    });

    it('5 instances one after the other in children leave no process and no descriptor', async () => {
      await withLibrary([], async (path) => {
        await startInstances(2, path, false);
        const descriptors = readdirSync('/proc/self/fd').length;
        await startInstances(5, path, false);
        expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(descriptors + 2);
        expect(childrenOf(process.pid).filter((pid) => commandOf(pid).includes('child-main'))).toEqual([]);
      });
    });

    it('the compiler links the code that would change it', () => {
      const folder = mkdtempSync(join(tmpdir(), 'faults-'));
      try {
        const path = join(folder, 'probe.so');
        writeFileSync(path, compileLibrary('probe.c', ['-ffast-math']));
        const symbols = execFileSync('objdump', ['-d', path], { encoding: 'utf8', maxBuffer: 2 ** 26 });
        expect(symbols).toMatch(/ldmxcsr|fpcr/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);

/** Returns true if a process exists and is no zombie. */
function runs(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) && !/\) [ZX] /.test(readFileSync(path, 'utf8'));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
