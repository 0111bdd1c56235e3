import { GuestError } from '@wasm-plugin/abi';
import {
  fstatSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  type BigIntStats,
} from 'node:fs';
import { textArgument } from '../argument.js';
import { HOST_ONLY } from '../host-only.js';
import { Descriptor } from './descriptor.js';
import { DirectoryEntryStream } from './directory-entry-stream.js';
import type { DirectoryHandle } from './directory-handle.node.js';
import { attempt } from './error-code.node.js';
import type { FileAccess } from './file-access.js';
import type {
  DescriptorFlags,
  DescriptorStat,
  DescriptorType,
  MetadataHash,
  NewTimestamp,
  OpenFlags,
  PathFlags,
} from './filesystem-types.js';
import { listFolder } from './list-folder.node.js';
import { OpenDescriptor } from './open-descriptor.node.js';
import type { OpenFile } from './open-files.node.js';
import { openPlace, type OpenContext } from './open-place.node.js';
import { descriptorStat, metadataHash, timesFrom } from './stat.node.js';
import { isAbsolute, walk, type Place } from './walk.node.js';

/** What a `DirectoryDescriptor` is made with. */
export interface DirectoryDescriptorOptions extends OpenContext {
  folder: OpenFile<DirectoryHandle>;
  /** The files in it that may be reached, where it is only there for them. */
  only?: ReadonlySet<string> | undefined;
}

/** A descriptor of a folder: nothing outside of it can be reached through it. */
export class DirectoryDescriptor extends OpenDescriptor {
  readonly #options: DirectoryDescriptorOptions;

  constructor(key: typeof HOST_ONLY, options: DirectoryDescriptorOptions) {
    super(key, () => this.#stat());
    this.#options = options;
  }

  override getType(): DescriptorType {
    return 'directory';
  }

  override getFlags(): DescriptorFlags {
    return { read: true, mutateDirectory: this.#options.access.canWrite };
  }

  override readDirectory(): DirectoryEntryStream {
    const { folder, access, files, only } = this.#options;
    if (only === undefined) access.demandRead();
    return new DirectoryEntryStream(HOST_ONLY, listFolder(folder.it, { files, only }));
  }

  override statAt(flags: PathFlags, path: string): DescriptorStat {
    return this.#read(path, flags, (place) => descriptorStat(present(place)));
  }

  override metadataHashAt(flags: PathFlags, path: string): MetadataHash {
    return this.#read(path, flags, (place) => metadataHash(present(place)));
  }

  override readlinkAt(path: string): string {
    return this.#read(path, {}, (place) => {
      if (!present(place).isSymbolicLink()) throw new GuestError('invalid');
      const target = attempt(() => readlinkSync(place.folder.at(place.name)));
      if (isAbsolute(target)) throw this.#options.access.escape(target);
      return target;
    });
  }

  override openAt(
    pathFlags: PathFlags,
    path: string,
    openFlags: OpenFlags,
    flags: DescriptorFlags,
  ): Descriptor {
    return this.#read(path, pathFlags, (place, access) => {
      if (openFlags.create === true || openFlags.truncate === true || flags.write === true)
        access.demandWrite();
      const opened = openPlace(place, { openFlags, flags }, { ...this.#options, access });
      if (opened instanceof Descriptor) return opened;
      return new DirectoryDescriptor(HOST_ONLY, { ...this.#options, access, folder: opened });
    });
  }

  override createDirectoryAt(path: string): void {
    this.#change(path, (place) => attempt(() => mkdirSync(place.folder.at(place.name))), { makes: true });
  }

  override removeDirectoryAt(path: string): void {
    this.#change(path, (place) => attempt(() => rmdirSync(place.folder.at(place.name))));
  }

  override unlinkFileAt(path: string): void {
    this.#change(path, (place) => {
      if (present(place).isDirectory()) throw new GuestError('is-directory');
      attempt(() => unlinkSync(place.folder.at(place.name)));
    });
  }

  override setTimesAt(flags: PathFlags, path: string, accessed: NewTimestamp, modified: NewTimestamp): void {
    this.#read(path, flags, (place, access) => {
      access.demandWrite();
      const [atime, mtime] = timesFrom(present(place), { accessed, modified });
      attempt(() => lutimesSync(place.folder.at(place.name), atime, mtime));
    });
  }

  /** A link has the rights of both its names, so both folders have to be writable. */
  override linkAt(flags: PathFlags, oldPath: string, to: Descriptor, newPath: string): void {
    if (flags.symlinkFollow === true) throw new GuestError('invalid');
    this.#changeBoth(oldPath, { to, newPath }, (from, at) => {
      if (!present(from).isFile()) throw new GuestError('not-permitted');
      attempt(() => linkSync(from.folder.at(from.name), at.folder.at(at.name)));
    });
  }

  override renameAt(oldPath: string, to: Descriptor, newPath: string): void {
    this.#changeBoth(oldPath, { to, newPath }, (from, at) =>
      attempt(() => renameSync(from.folder.at(from.name), at.folder.at(at.name))),
    );
  }

  /** A link that leads out could not be followed by the plugin, but by another program: it is not made. */
  override symlinkAt(target: string, path: string): void {
    textArgument(target, 'target');
    if (target === '' || target.includes('\0')) throw new GuestError('invalid');
    this.#change(
      path,
      (place) => {
        const depth = path.split('/').filter((name) => name !== '' && name !== '.').length - 1;
        if (isAbsolute(target) || climbs(target) > (path.includes('..') ? 0 : depth)) {
          throw this.#options.access.escape(target);
        }
        attempt(() => symlinkSync(target, place.folder.at(place.name)));
      },
      { makes: true },
    );
  }

  [Symbol.dispose](): void {
    this.#options.folder.release();
  }

  #stat(): BigIntStats {
    const { only, access, folder } = this.#options;
    if (only === undefined) access.demandRead();
    return attempt(() => fstatSync(folder.it.fd, { bigint: true }));
  }

  #read<T>(path: string, flags: PathFlags, use: (place: Place, access: FileAccess) => T): T {
    const { folder, only } = this.#options;
    let { access } = this.#options;
    let follow = flags.symlinkFollow === true;
    const name = only === undefined ? '' : path.replace(/^(?:\.\/)+/, '');
    if (only !== undefined && name !== '.') {
      if (!only.has(name)) throw access.escape(path, 'access');
      access = access.of(name);
      follow = false;
    }
    if (name !== '.') access.demandRead();
    return walk(path, { folder: folder.it, access, follow }, (place) => use(place, access));
  }

  #change(path: string, use: (place: Place) => void, { makes = false } = {}): void {
    this.#read(path, {}, (place, access) => {
      access.demandWrite();
      if (place.name === '.') throw new GuestError(makes ? 'exist' : 'invalid');
      use(place);
    });
  }

  #changeBoth(
    oldPath: string,
    { to, newPath }: { to: Descriptor; newPath: string },
    use: (from: Place, at: Place) => void,
  ): void {
    if (!(to instanceof DirectoryDescriptor)) throw new GuestError('not-directory');
    this.#change(oldPath, (from) => to.#change(newPath, (at) => use(from, at)));
  }
}

function present(place: Place): BigIntStats {
  if (place.stat === undefined) throw new GuestError('no-entry');
  return place.stat;
}

/** How many folders a relative path goes up at most. */
function climbs(path: string): number {
  let depth = 0;
  let lowest = 0;
  for (const segment of path.split('/')) {
    if (segment === '..') lowest = Math.min(lowest, --depth);
    else if (segment !== '' && segment !== '.') depth++;
  }
  return -lowest;
}
