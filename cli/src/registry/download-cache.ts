import { createHash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileError } from '../component/index.js';
import { isRunning } from '../files/index.js';
import type { Blob } from './registry.js';
import { registryError } from './registry-error.js';
import { reasonOf, request } from './request.js';

/** Place and size of a cache. */
export interface CacheOptions {
  folder?: string | undefined;
  /** Size limit; least recently used files go first. @default 1 GiB */
  mostBytes?: number | undefined;
}

/** Headers that an address requires, e.g. the sign-in. */
export type HeadersFor = (url: string) => Promise<Record<string, string>>;

const MOST_BYTES = 2 ** 30;
/** A plugin is no larger, as no host takes a larger one. */
const LARGEST_BLOB = 2 ** 28;
const ATTEMPTS = 5;
const WAIT_MS = 100;

/** The folder of the cache if nobody says another. */
export function cacheFolder(): string {
  const { WASM_PLUGIN_CACHE: own, XDG_CACHE_HOME: shared } = process.env;
  return (
    own ?? join(shared === undefined || shared === '' ? join(homedir(), '.cache') : shared, 'wasm-plugin')
  );
}

/** Downloads by their hash: complete ones are not fetched again, and those cut off continue. */
export class DownloadCache {
  readonly #folder: string;
  readonly #mostBytes: number;

  constructor({ folder = cacheFolder(), mostBytes = MOST_BYTES }: CacheOptions = {}) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /**
   * Returns bytes, fetched if they are not there.
   * @param registry names it in messages
   * @throws {PluginError} WP_REGISTRY if they cannot be reached, or are not those that were promised
   */
  async get(registry: string, blob: Blob, headersFor: HeadersFor = async () => ({})): Promise<Uint8Array> {
    if (blob.sizeBytes > LARGEST_BLOB)
      throw registryError(
        registry,
        `"${blob.url}" has ${blob.sizeBytes} bytes; at most ${LARGEST_BLOB} are taken`,
      );
    const path = join(this.#folder, blob.sha256);
    const cached = await readFile(path).catch(() => undefined);
    if (cached !== undefined && hashOf(cached) === blob.sha256) {
      const now = new Date();
      await utimes(path, now, now).catch(() => undefined);
      return cached;
    }
    const partial = `${path}.${process.pid}.part`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await this.#claim(blob.sha256, partial);
      await this.#fetch(registry, blob, { partial, headersFor });
      await rename(partial, path);
      const bytes = await readFile(path);
      await this.#tidy(blob.sha256);
      return bytes;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall !== undefined)
        throw fileError('write to', this.#folder, error);
      throw error;
    }
  }

  /** Takes over a download begun by a process that is gone; two running processes have a file each. */
  async #claim(sha256: string, partial: string): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const [, owner] = new RegExp(`^${sha256}\\.(\\d+)\\.part$`).exec(name) ?? [];
      if (owner === undefined || isRunning(Number(owner))) continue;
      const isTaken = await rename(join(this.#folder, name), partial).then(
        () => true,
        () => false,
      );
      if (isTaken) return;
    }
  }

  /** Fetches into a file until it is whole, going on where it ends. */
  async #fetch(
    registry: string,
    blob: Blob,
    { partial, headersFor }: { partial: string; headersFor: HeadersFor },
  ): Promise<void> {
    let isOfOnePiece = (await sizeOf(partial)) === 0;
    for (let attempt = 1; ; attempt++) {
      const failure = await this.#goOn(registry, blob, { partial, headersFor });
      if (failure === undefined) {
        if ((await hashOfFile(partial)) === blob.sha256) return;
        await rm(partial, { force: true });
        // Pieces from several times may not fit together; a whole one that does not is a lie.
        if (isOfOnePiece)
          throw registryError(registry, `"${blob.url}" is not the file with the SHA-256 ${blob.sha256}`);
        isOfOnePiece = true;
      } else if (attempt >= ATTEMPTS) {
        throw registryError(registry, `"${blob.url}" was cut off ${attempt} times: ${failure}`);
      } else {
        isOfOnePiece = (await sizeOf(partial)) === 0;
        await sleep(WAIT_MS * attempt);
      }
    }
  }

  /** Appends the missing rest. Returns the reason for which it was cut off. */
  async #goOn(
    registry: string,
    { url, sizeBytes }: Blob,
    { partial, headersFor }: { partial: string; headersFor: HeadersFor },
  ): Promise<string | undefined> {
    const there = await sizeOf(partial);
    if (there === sizeBytes) return undefined;
    const begins = there > 0 && there < sizeBytes;
    const headers = { ...(await headersFor(url)), ...(begins && { range: `bytes=${there}-` }) };
    const response = await request(registry, url, { headers, accept: [416] });
    if (response.status === 416) {
      await response.body?.cancel();
      await rm(partial, { force: true });
      return 'it has no such part';
    }
    const file = await open(partial, response.status === 206 && begins ? 'a' : 'w');
    let length = response.status === 206 && begins ? there : 0;
    try {
      for await (const chunk of response.body ?? []) {
        length += chunk.length;
        if (length > sizeBytes) break;
        await file.write(chunk);
      }
    } catch (error) {
      return reasonOf(error);
    } finally {
      await file.close();
    }
    if (length > sizeBytes) {
      await rm(partial, { force: true });
      throw registryError(registry, `"${url}" is longer than the ${sizeBytes} bytes that it should have`);
    }
    return length === sizeBytes ? undefined : `it ended after ${length} of ${sizeBytes} bytes`;
  }

  /** Removes the files unused for longest, until the rest is small enough. */
  async #tidy(keep: string): Promise<void> {
    const entries = await readdir(this.#folder, { withFileTypes: true }).catch((): Dirent[] => []);
    const files = [];
    for (const { name } of entries.filter(
      (each) => each.isFile() && /^[0-9a-f]{64}(?:\.\d+\.part)?$/.test(each.name),
    )) {
      const found = await stat(join(this.#folder, name)).catch(() => undefined);
      if (found !== undefined) files.push({ name, size: found.size, usedAt: found.mtimeMs });
    }
    let total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { name, size } of files.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= this.#mostBytes) return;
      if (name === keep) continue;
      await rm(join(this.#folder, name), { force: true });
      total -= size;
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => ({ size: 0 }))).size;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  if ((await sizeOf(path)) > 0)
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
