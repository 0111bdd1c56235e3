import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packedFiles } from '@wasm-plugin/abi/package';
import {
  checkedFiles,
  LOCK_FILE,
  lockText,
  parseLock,
  sha256Of,
  type LockedPlugin,
  type PublicKey,
} from '@wasm-plugin/abi/trust';
import { CliError } from '../cli-error.js';
import { fileError } from '../component/index.js';
import { takeLock, writeWhole } from '../files/index.js';

/** A file that is to lie in a folder of plugins. */
export interface NewFile {
  readonly name: string;
  readonly archive: Uint8Array;
}

/** Lists the files of a change that was cut off; the next change removes them. */
const PENDING_FILE = '.wasm-plugin-pending.json';
const STAGE = '.wasm-plugin-stage';

/**
 * A folder of plugins with a lock file. A change takes effect when it replaces the lock file, in one step: until then, every
 * file named by the old lock file is unchanged; from then on, every file named by the new one is there. The next change removes
 * the remains of one that was cut off.
 */
export class PluginFolder {
  readonly path: string;
  readonly lockFile: string;

  constructor(path: string) {
    this.path = path;
    this.lockFile = join(path, LOCK_FILE);
  }

  /** Returns the installed plugins by id. @throws {PluginError} WP_LOCK */
  read(): Map<string, LockedPlugin> {
    try {
      return parseLock(readFileSync(this.lockFile, 'utf8'), this.lockFile);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
      if ((error as NodeJS.ErrnoException).syscall !== undefined)
        throw fileError('read', this.lockFile, error);
      throw error;
    }
  }

  /** Does something that changes it, while nobody else does. @throws {CliError} somebody else is changing it */
  async change<Result>(work: () => Promise<Result>): Promise<Result> {
    const isNew = !existsSync(this.path);
    try {
      mkdirSync(this.path, { recursive: true });
    } catch (error) {
      throw fileError('write to', this.path, error);
    }
    const release = await takeLock(join(this.path, '.wasm-plugin.lock'), this.path);
    try {
      this.#clean();
      return await work();
    } catch (error) {
      this.#clean();
      throw error;
    } finally {
      release();
      if (isNew && readdirSync(this.path).length === 0) rmdirSync(this.path);
    }
  }

  /**
   * Returns true if the file of a plugin is there, whole and as it was installed.
   * @param keys one of which must have signed it, if they are given
   */
  async isWhole({ file, sha256 }: LockedPlugin, keys: readonly PublicKey[] | undefined): Promise<boolean> {
    try {
      const bytes = new Uint8Array(readFileSync(join(this.path, file)));
      const files = await checkedFiles(packedFiles(bytes, { source: file }), keys);
      if (files.sha256 !== sha256) return false;
      for (const path of await files.list()) await files.read(path);
      return true;
    } catch {
      return false;
    }
  }

  /** Keeps a file until it is put in its place, so that a change that needs many is short. */
  stage({ name, archive }: NewFile): void {
    writeWhole(join(this.path, STAGE, name), archive);
  }

  /**
   * Moves staged files into place, in order, and replaces the lock file; then removes the files that it no longer names.
   * @throws {CliError} a file of other origin is in the way; nothing was changed
   */
  commit(lock: ReadonlyMap<string, LockedPlugin>, staged: readonly string[]): void {
    const old = this.read();
    const ours = new Set([...old.values()].map(({ file }) => file));
    for (const name of staged) this.#refuseForeign(name, ours);
    const created = staged.filter((name) => !ours.has(name));
    if (staged.length > 0) writeWhole(join(this.path, PENDING_FILE), JSON.stringify(created));
    for (const name of staged) renameSync(join(this.path, STAGE, name), join(this.path, name));
    writeWhole(this.lockFile, lockText(lock));
    const kept = new Set([...lock.values()].map(({ file }) => file));
    for (const name of ours) if (!kept.has(name)) rmSync(join(this.path, name), { force: true });
    rmSync(join(this.path, PENDING_FILE), { force: true });
    rmSync(join(this.path, STAGE), { recursive: true, force: true });
  }

  #refuseForeign(name: string, ours: ReadonlySet<string>): void {
    const path = join(this.path, name);
    if (ours.has(name) || !existsSync(path)) return;
    const isSame = sha256Of(readFileSync(path)) === sha256Of(readFileSync(join(this.path, STAGE, name)));
    if (isSame) return;
    rmSync(join(this.path, STAGE), { recursive: true, force: true });
    throw new CliError(`Cannot install: "${path}" is there already, and was not installed`, {
      hint: 'Move it away, then install again',
    });
  }

  /** Removes the remains of a change that was cut off before it took effect. */
  #clean(): void {
    rmSync(join(this.path, STAGE), { recursive: true, force: true });
    for (const name of readdirSync(this.path))
      if (/^\.(?:.*\.plugin\.zip|\.wasm-plugin-[a-z]+\.json)\.[0-9a-f]{12}\.tmp$/.test(name))
        rmSync(join(this.path, name), { force: true });
    const pending = join(this.path, PENDING_FILE);
    if (!existsSync(pending)) return;
    const kept = new Set([...this.read().values()].map(({ file }) => file));
    for (const name of namesIn(pending)) if (!kept.has(name)) rmSync(join(this.path, name), { force: true });
    rmSync(pending, { force: true });
  }
}

function namesIn(path: string): string[] {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return Array.isArray(value)
    ? value.filter((each) => /^[^/\\.][^/\\]*\.plugin\.zip$/.test(String(each)))
    : [];
}
