import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeEnvelope, encodeEnvelope, type Digest } from './envelope.js';
import type { SkippedState, StateStore } from './store.js';
import { SerialQueue } from '../../runtime/index.js';

/** Options of a store on disk. */
export interface FileStoreOptions {
  /** Number of states of a plugin that are kept: an older one replaces a corrupt one. @default 3 */
  keep?: number;
}

const SUFFIX = '.state';
const TEMPORARY = '.tmp';
const digest: Digest = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * Makes a store in a folder: one folder a plugin, one file a state, numbered upwards. A state is written to a temporary
 * file, flushed, renamed, and the folder flushed; so after a crash at any moment the newest whole file is at least as new
 * as the last save that was acknowledged. One process at a time may save into a folder.
 *
 * `load` passes torn and corrupt files over, and says so.
 */
export function createFileStore(folder: string, { keep = 3 }: FileStoreOptions = {}): StateStore {
  if (!(Number.isInteger(keep) && keep >= 1)) {
    throw new RangeError(`Cannot make a store: "keep" must be a whole number above 0, it is ${keep}`);
  }
  const shelves = new Map<string, Shelf>();
  const shelfOf = (plugin: string): Shelf => {
    let shelf = shelves.get(plugin);
    if (shelf === undefined) shelves.set(plugin, (shelf = new Shelf(folder, plugin, keep)));
    return shelf;
  };
  return {
    save: (state) => shelfOf(state.plugin).save(encodeEnvelope(state, { digest })),
    load: (plugin) => shelfOf(plugin).load(),
    remove: (plugin) => shelfOf(plugin).remove(),
  };
}

/** The files of one plugin. */
class Shelf {
  readonly #plugin: string;
  readonly #folder: string;
  readonly #keep: number;
  #numbers: number[] | undefined;
  readonly #queue = new SerialQueue();

  constructor(parent: string, plugin: string, keep: number) {
    this.#plugin = plugin;
    this.#folder = join(parent, folderName(plugin));
    this.#keep = keep;
  }

  save(envelope: Uint8Array): Promise<void> {
    return this.#queue.run(async () => {
      const numbers = await this.#open();
      const number = (numbers.at(-1) ?? 0) + 1;
      const file = this.#file(number);
      await writeDurably(file + TEMPORARY, envelope);
      await rename(file + TEMPORARY, file);
      await flushFolder(this.#folder);
      numbers.push(number);
      // Only now: the removed ones have been replaced for good.
      for (const old of numbers.splice(0, Math.max(0, numbers.length - this.#keep)))
        await rm(this.#file(old), { force: true });
    });
  }

  load(): ReturnType<StateStore['load']> {
    return this.#queue.run(async () => {
      const skipped: SkippedState[] = [];
      for (const number of (await numbersIn(this.#folder)).toReversed()) {
        const source = this.#file(number);
        try {
          const bytes = new Uint8Array(await readFile(source));
          return {
            state: decodeEnvelope(bytes, { plugin: this.#plugin, source: `"${source}"`, digest }),
            skipped,
          };
        } catch (error) {
          skipped.push({ source, error });
        }
      }
      return { state: undefined, skipped };
    });
  }

  remove(): Promise<void> {
    return this.#queue.run(async () => {
      await rm(this.#folder, { recursive: true, force: true });
      this.#numbers = undefined;
    });
  }

  #file(number: number): string {
    return join(this.#folder, String(number).padStart(12, '0') + SUFFIX);
  }

  /** Makes the folder, and clears away the remains of a crash. */
  async #open(): Promise<number[]> {
    if (this.#numbers !== undefined) return this.#numbers;
    const first = await mkdir(this.#folder, { recursive: true });
    // Each folder that was made is a name in the one above it.
    const above = first === undefined ? this.#folder : dirname(first);
    for (let created = this.#folder; created !== above;) {
      created = dirname(created);
      await flushFolder(created);
    }
    for (const name of await readdir(this.#folder)) {
      if (name.endsWith(TEMPORARY)) await rm(join(this.#folder, name), { force: true });
    }
    return (this.#numbers = await numbersIn(this.#folder));
  }
}

async function numbersIn(folder: string): Promise<number[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const files = names.filter((name) => /^\d+\.state$/.test(name));
  return files.map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b);
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Flushes the names in a folder. Windows cannot, and does not need to. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Ids may contain characters that file names may not, and names that differ only in case must not collide. */
function folderName(plugin: string): string {
  return plugin.replaceAll(/[^a-z0-9._-]|^\./g, (character) =>
    Array.from(new TextEncoder().encode(character), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(
      '',
    ),
  );
}
