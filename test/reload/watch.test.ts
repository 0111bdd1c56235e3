import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentHash, watch, type EventSource, type Watch } from '@wasm-plugin/engine/reload';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from './counter.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-watch-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A file in memory, and a watch of it whose events and whose time the test makes. */
async function watched(take: (hash: string) => unknown = () => undefined) {
  const clock = new ManualClock();
  const errors: unknown[] = [];
  const hashes: string[] = [];
  let content = 'one';
  let event = (): void => undefined;
  const source: EventSource = async (_, on) => {
    event = on.event;
    return { close: async () => undefined };
  };
  const watching = await watch(
    'file',
    (hash) => {
      hashes.push(hash);
      return take(hash);
    },
    { clock, source, hash: async () => content, onError: (error) => errors.push(error) },
  );
  const write = (text: string): void => {
    content = text;
    event();
  };
  await clock.pass(100);
  return { watching, hashes, errors, pass: (ms: number) => clock.pass(ms), write };
}

describe('watch()', () => {
  it('tells of a changed file once, when the events are over', async () => {
    const { watching, hashes, pass, write } = await watched();
    write('two');
    await pass(40);
    write('two');
    await pass(40);
    write('two');
    await pass(99);
    expect(hashes).toEqual([]);
    await pass(1);
    expect(hashes).toEqual(['two']);
    await pass(1000);
    expect(hashes).toEqual(['two']);
    await watching.close();
  });

  it('takes no notice of a file that was touched, or written as it was', async () => {
    const { watching, hashes, pass, write } = await watched();
    write('one');
    await pass(150);
    write('two');
    await pass(20);
    write('one');
    await pass(150);
    expect(hashes).toEqual([]);
    await watching.close();
  });

  it('waits for a file that is being written', async () => {
    const { watching, hashes, pass, write } = await watched();
    for (const text of ['h', 'ha', 'hal', 'half', 'whole']) {
      write(text);
      await pass(70);
      expect(hashes).toEqual([]);
    }
    await pass(300);
    expect(hashes).toEqual(['whole']);
    await watching.close();
  });

  it('takes one change at a time, and goes on after one that fails', async () => {
    let running = 0;
    let most = 0;
    const release: (() => void)[] = [];
    const { watching, hashes, errors, pass, write } = await watched(async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => release.push(resolve));
      running--;
      throw new Error('broken');
    });
    for (const text of ['two', 'three', 'four']) {
      write(text);
      await pass(200);
    }
    expect(hashes).toEqual(['two']);
    release[0]?.();
    await pass(300);
    expect(hashes).toEqual(['two', 'four']);
    expect([most, errors.length]).toEqual([1, 1]);
    release[1]?.();
    await pass(50);
    await watching.close();
  });

  it('sees changes through chokidar, also one right after another', async () => {
    const file = join(folder, 'plugin.wasm');
    await writeFile(file, 'one');
    let told = (): void => undefined;
    const watching: Watch = await watch(folder, () => told(), { debounceMs: 1, settleMs: 1 });
    for (const text of ['two', 'three', 'four', 'five']) {
      const done = new Promise<void>((resolve) => (told = resolve));
      await writeFile(file, text);
      await done;
    }
    await watching.close();
  });
});

describe('contentHash()', () => {
  it('changes with the names and contents of files, but not with what is built there', async () => {
    const seen = new Set<string | undefined>();
    /** Says whether a change gives a hash that there was not before. */
    const isNew = async (work: () => Promise<unknown>): Promise<boolean> => {
      await work();
      const { size } = seen;
      return seen.add(await contentHash(folder)).size > size;
    };
    expect(await isNew(() => mkdir(join(folder, 'src')))).toBe(true);
    expect(await isNew(() => writeFile(join(folder, 'src/b.ts'), 'b'))).toBe(true);
    expect(await isNew(() => rename(join(folder, 'src/b.ts'), join(folder, 'src/c.ts')))).toBe(true);
    expect(await isNew(() => writeFile(join(folder, 'src/c.ts'), 'c'))).toBe(true);
    expect(await isNew(() => utimes(join(folder, 'src/c.ts'), 1, 1))).toBe(false);
    expect(await isNew(() => mkdir(join(folder, 'node_modules')))).toBe(false);
    expect(await isNew(() => writeFile(join(folder, 'node_modules/x.js'), 'x'))).toBe(false);
    expect(await contentHash(join(folder, 'nothing'))).toBeUndefined();
  });
});
