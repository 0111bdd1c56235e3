import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileStore, type SavedState } from '@wasm-plugin/engine/reload';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-store-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function stateOf(number: number, plugin = 'acme.eq'): SavedState {
  const payload = new Uint8Array(100).fill(number);
  return { plugin, version: '1.0.0', schema: 1, abi: '0.1.0', savedAt: number, payload };
}

const files = async (plugin = 'acme.eq'): Promise<string[]> =>
  (await readdir(join(folder, plugin))).toSorted().map((name) => join(folder, plugin, name));

describe('createFileStore()', () => {
  it('gives the newest state back, also to another store', async () => {
    const store = createFileStore(join(folder, 'deep/deeper'));
    expect(await store.load('acme.eq')).toEqual({ state: undefined, skipped: [] });
    for (const number of [1, 2, 3]) await store.save(stateOf(number));
    expect((await store.load('acme.eq')).state).toEqual(stateOf(3));
    const other = createFileStore(join(folder, 'deep/deeper'));
    expect((await other.load('acme.eq')).state).toEqual(stateOf(3));
    await other.save(stateOf(4));
    expect((await other.load('acme.eq')).state).toEqual(stateOf(4));
  });

  it('knows the order of its files by their numbers, also above ten', async () => {
    const store = createFileStore(folder, { keep: 50 });
    for (let number = 1; number <= 25; number++) await store.save(stateOf(number));
    const other = createFileStore(folder, { keep: 2 });
    expect((await other.load('acme.eq')).state).toEqual(stateOf(25));
    await other.save(stateOf(26));
    const kept = await Promise.all((await files()).map((file) => readFile(file)));
    expect(kept.map((bytes) => bytes.at(-1))).toEqual([25, 26]);
  });

  it('keeps the last few files', async () => {
    const store = createFileStore(folder, { keep: 2 });
    for (const number of [1, 2, 3, 4, 5]) await store.save(stateOf(number));
    expect(await files()).toHaveLength(2);
  });

  it('makes concurrent saves one after the other, in their order', async () => {
    const store = createFileStore(folder, { keep: 50 });
    const saves = Array.from({ length: 20 }, (_, index) => store.save(stateOf(index + 1)));
    await saves[6];
    expect((await store.load('acme.eq')).state?.savedAt).toBe(20);
    await Promise.all(saves);
    const kept = await Promise.all((await files()).map((file) => readFile(file)));
    expect(kept.map((bytes) => bytes.at(-1))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('passes torn and corrupt files over, and says so', async () => {
    const store = createFileStore(folder);
    for (const number of [1, 2, 3]) await store.save(stateOf(number));
    const [, second, third] = (await files()) as [string, string, string];
    await truncate(third, 60);
    const bytes = await readFile(second);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(second, bytes);
    const { state, skipped } = await store.load('acme.eq');
    expect(state).toEqual(stateOf(1));
    expect(skipped.map(({ source }) => source)).toEqual([third, second]);
    expect(String(skipped[0]?.error)).toContain('it is torn');
    expect(String(skipped[1]?.error)).toContain('its checksum is wrong');
    await store.save(stateOf(4));
    expect((await store.load('acme.eq')).state).toEqual(stateOf(4));
  });

  it('clears away what a crash left', async () => {
    const store = createFileStore(folder);
    await store.save(stateOf(1));
    await writeFile(join(folder, 'acme.eq/000000000002.state.tmp'), 'half');
    const other = createFileStore(folder);
    expect((await other.load('acme.eq')).state).toEqual(stateOf(1));
    await other.save(stateOf(2));
    expect((await files()).every((file) => file.endsWith('.state'))).toBe(true);
  });

  it('keeps plugins apart, whatever their names are', async () => {
    const store = createFileStore(folder);
    const names = ['..', 'a/b', 'A', 'a', 'a@1.0.0', '.hidden', 'ü'];
    for (const [index, name] of names.entries()) await store.save(stateOf(index, name));
    for (const [index, name] of names.entries())
      expect((await store.load(name)).state).toEqual(stateOf(index, name));
    expect(await readdir(folder)).toHaveLength(names.length);
    await store.remove('A');
    expect((await store.load('A')).state).toBeUndefined();
    expect((await store.load('a')).state).toBeDefined();
  });
});
