import { cp, mkdir, mkdtemp, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { watch, type EventSource, type FileChange, type Watch } from '@wasm-plugin/engine/reload';
import { contentHash, ignoring, readContent } from '#internals';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../counter.js';

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
    () => {
      const hash = content;
      hashes.push(hash);
      return take(hash);
    },
    { clock, source, read: async () => new Map([['', content]]), onError: (error) => errors.push(error) },
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

/** A watch of files in memory, whose events and whose time the test makes. */
async function watchedFiles(take: (change: FileChange) => unknown) {
  const clock = new ManualClock();
  const files = new Map<string, string>();
  const taken: (readonly string[])[] = [];
  let event = (): void => undefined;
  const source: EventSource = async (_, on) => {
    event = on.event;
    return { close: async () => undefined };
  };
  const watching = await watch(
    'folder',
    (change) => {
      taken.push(change.files);
      return take(change);
    },
    { clock, source, read: async () => new Map(files) },
  );
  await clock.pass(100);
  const write = (name: string): void => {
    files.set(name, `${clock.now()}`);
    event();
  };
  return { clock, files, taken, watching, write };
}

describe('watch() of what does not come to rest', () => {
  it('takes what changes for nothing ever more rarely', async () => {
    const { clock, taken, watching, write } = await watchedFiles(() => false);
    for (let at = 0; at < 4000; at += 300) {
      write('cache.db');
      await clock.pass(300);
    }
    expect(taken).toEqual([['cache.db']]);
    write('src.ts');
    await clock.pass(200);
    expect(taken.length).toBe(2);
    await clock.pass(60_000);
    expect(taken.flat().filter((name) => name === 'cache.db').length).toBeLessThanOrEqual(3);
    await watching.close();
  });

  it('lets a build that writes into it run a few times, and then ever more rarely', async () => {
    const { clock, taken, watching, write } = await watchedFiles(() => write('build.log'));
    write('src.ts');
    await clock.pass(30_000);
    expect(taken.length).toBeLessThanOrEqual(7);
    write('src.ts');
    await clock.pass(1000);
    expect(taken.flat().filter((name) => name === 'src.ts').length).toBe(2);
    await watching.close();
  });

  it('takes at once what is edited each time after a build has ended', async () => {
    let edits = 20;
    const { clock, taken, watching, write } = await watchedFiles(async (change) => {
      await change.built();
      if (edits-- > 0) write('src.ts');
    });
    write('src.ts');
    await clock.pass(4000);
    expect(taken).toHaveLength(21);
    await watching.close();
  });

  it('takes a file beside one that is written without end', async () => {
    const { clock, taken, watching, write } = await watchedFiles(() => undefined);
    write('plugin.wasm');
    for (let at = 0; at < 4000; at += 20) {
      write('debug.log');
      await clock.pass(20);
    }
    expect(taken).toEqual([['plugin.wasm']]);
    await watching.close();
  });

  it('looks again and again where the file system tells nothing', async () => {
    const clock = new ManualClock();
    let text = 'one';
    const taken: string[] = [];
    const read = async (): Promise<Map<string, string>> => new Map([['', text]]);
    const watching = await watch('file', () => taken.push(text), { clock, read, pollMs: 500 });
    await clock.pass(1000);
    text = 'two';
    await clock.pass(1000);
    expect(taken).toEqual(['two']);
    await watching.close();
  });
});

describe('watch() of real files', () => {
  /** Changes something, and waits until a change is told. */
  async function watchedFolder(path: string) {
    let told: (files: readonly string[]) => void = () => undefined;
    const watching = await watch(path, ({ files }) => told(files), { debounceMs: 1, settleMs: 1 });
    const change = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
      const done = new Promise<readonly string[]>((resolve) => (told = resolve));
      await work();
      return await done;
    };
    return { watching, change };
  }

  it('sees what is built into the folder, and passes over what is asked for', async () => {
    for (const name of ['dist', 'src/target', 'out']) await mkdir(join(folder, name), { recursive: true });
    const { watching, change } = await watchedFolder(folder);
    for (const name of ['dist/plugin.wasm', 'src/target/mod.txt'])
      expect(await change(() => writeFile(join(folder, name), 'x'))).toEqual([name]);
    await watching.close();
  });

  it('sees a link that is put in the place of another one, and what it leads to', async () => {
    for (const name of ['v1', 'v2', 'root']) await mkdir(join(folder, name));
    for (const name of ['v1', 'v2']) await writeFile(join(folder, name, 'plugin.wasm'), name);
    const root = join(folder, 'root');
    // As Kubernetes mounts a ConfigMap.
    await symlink('../v1', join(root, '..data'));
    await symlink('..data/plugin.wasm', join(root, 'plugin.wasm'));
    const { watching, change } = await watchedFolder(root);
    const swap = async (): Promise<void> => {
      await symlink('../v2', join(root, 'next'));
      await rename(join(root, 'next'), join(root, '..data'));
    };
    expect(await change(swap)).toContain('plugin.wasm');
    expect(await change(() => writeFile(join(folder, 'v2/plugin.wasm'), 'three'))).toContain('plugin.wasm');
    await watching.close();
  });

  it('goes on when the folder itself is replaced', async () => {
    const root = join(folder, 'root');
    await mkdir(root);
    await writeFile(join(root, 'a'), 'one');
    const { watching, change } = await watchedFolder(root);
    const replace = async (): Promise<void> => {
      await cp(root, join(folder, 'copy'), { recursive: true });
      await rm(root, { recursive: true });
      await writeFile(join(folder, 'copy/a'), 'two');
      await rename(join(folder, 'copy'), root);
    };
    expect(await change(replace)).toEqual(['a']);
    expect(await change(() => writeFile(join(root, 'a'), 'three'))).toEqual(['a']);
    await watching.close();
  });
});

describe('readContent()', () => {
  it('notes what it cannot read, and reads the others', async () => {
    await symlink('loop', join(folder, 'loop'));
    await symlink('nowhere', join(folder, 'dangling'));
    await symlink('.', join(folder, 'self'));
    // The first page of a process is never there.
    await symlink('/proc/self/mem', join(folder, 'memory'));
    await writeFile(join(folder, 'huge'), '');
    await truncate(join(folder, 'huge'), 3 * 2 ** 30);
    await writeFile(join(folder, 'a'), 'a');
    const content = await readContent(folder);
    expect([...(content?.keys() ?? [])]).toEqual(['a', 'dangling', 'huge', 'loop', 'memory', 'self']);
    expect(content?.get('dangling')).toBe('link to nowhere: ENOENT');
    expect(content?.get('loop')).toBe('link to loop: ELOOP');
    expect(content?.get('memory')).toMatch(/^link to \/proc\/self\/mem: (?:EIO|ENOENT)$/);
    expect(content?.get('huge')).toMatch(/^3221225472 /);
  });

  it('walks folders that links lead to many times only once', async () => {
    for (let level = 0; level < 30; level++) {
      await mkdir(join(folder, `d${level}`));
      for (const name of ['a', 'b']) await symlink(`../d${level + 1}`, join(folder, `d${level}`, name));
    }
    await mkdir(join(folder, 'd30'));
    expect((await readContent(folder))?.size).toBe(60);
  });

  it('passes over what cargo builds, but for what is to be kept', async () => {
    const entry = 'target/release/plugin.wasm';
    await mkdir(join(folder, 'target/release/deps'), { recursive: true });
    for (const name of ['Cargo.toml', entry, 'target/release/deps/x.o', 'a.log', 'lib/a.log'])
      await mkdir(dirname(join(folder, name)), { recursive: true }).then(() =>
        writeFile(join(folder, name), 'x'),
      );
    const names = async (options: object): Promise<string[]> => [
      ...((await readContent(folder, ignoring(folder, options)))?.keys() ?? []),
    ];
    expect(await names({ ignore: ['*.log'] })).toEqual(['Cargo.toml']);
    expect(await names({ ignore: ['lib/*.log'], keep: [entry] })).toEqual(['Cargo.toml', 'a.log', entry]);
  });
});

describe('contentHash()', () => {
  it('changes with the names and contents of files, but not with what is built there', async () => {
    const seen = new Set<string | undefined>();
    /** Returns true if a change gives a new hash. */
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
