import { GuestError } from '@wasm-plugin/abi';
import {
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  futimesSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  type BigIntStats,
} from 'node:fs';
import { textArgument } from '../argument.js';
import { HOST_ONLY } from '../host-only.js';
import { readTarget } from './decode-name.node.js';
import { DeniedDescriptor } from './denied-descriptor.js';
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
import { present, refuseMovedLink, type PresentPlace } from './present-place.node.js';
import { descriptorStat, metadataHash, timesFrom } from './stat.node.js';
import { climbs, isAbsolute, walk, type Place } from './walk.node.js';

/** Options of a `DirectoryDescriptor`. */
export interface DirectoryDescriptorOptions extends OpenContext {
  folder: OpenFile<DirectoryHandle>;
  /** The files in it that may be reached, if it is only there for them. */
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

  override sync(): void {
    attempt(() => fsyncSync(this.#options.folder.it.fd));
  }

  override syncData(): void {
    attempt(() => fdatasyncSync(this.#options.folder.it.fd));
  }

  override setTimes(accessed: NewTimestamp, modified: NewTimestamp): void {
    this.#options.access.demandWrite();
    const [atime, mtime] = timesFrom(this.#stat(), { accessed, modified });
    attempt(() => futimesSync(this.#options.folder.it.fd, atime, mtime));
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
      const target = readTarget(place.folder.at(place.name));
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
    const { create = false, exclusive = false, truncate = false, directory = false } = openFlags;
    if (directory && (create || exclusive || truncate)) throw new GuestError('invalid');
    const isNew = create && exclusive;
    return this.#read(path, isNew ? {} : pathFlags, (place, access) => {
      if (create || truncate || flags.write === true) access.demandWrite();
      const opened = openPlace(place, { openFlags, flags }, { ...this.#options, access });
      if (opened instanceof Descriptor) return opened;
      return new DirectoryDescriptor(HOST_ONLY, { ...this.#options, access, folder: opened });
    });
  }

  override createDirectoryAt(path: string): void {
    this.#change(path, (place) => attempt(() => mkdirSync(place.folder.at(place.name))), 'exist');
  }

  override removeDirectoryAt(path: string): void {
    this.#change(path, (place) => attempt(() => rmdirSync(place.folder.at(place.name))), 'invalid');
  }

  override unlinkFileAt(path: string): void {
    const unlink = (place: Place): void => {
      if (present(place).isDirectory()) throw new GuestError('is-directory');
      if (place.asFolder) throw new GuestError('not-directory');
      attempt(() => unlinkSync(place.folder.at(place.name)));
    };
    this.#change(path, unlink, 'is-directory');
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
    const link = (from: PresentPlace, at: Place): void => {
      if (at.stat !== undefined) throw new GuestError('exist');
      if (at.asFolder) throw new GuestError('no-entry');
      if (!from.stat.isFile() && !from.stat.isSymbolicLink()) throw new GuestError('not-permitted');
      attempt(() => linkSync(from.folder.at(from.name), at.folder.at(at.name)));
    };
    this.#changeBoth(oldPath, { to, newPath }, { use: link, whole: ['not-permitted', 'exist'] });
  }

  override renameAt(oldPath: string, to: Descriptor, newPath: string): void {
    const rename = (from: PresentPlace, at: Place): void => {
      if (at.asFolder && !from.stat.isDirectory()) throw new GuestError('not-directory');
      attempt(() => renameSync(from.folder.at(from.name), at.folder.at(at.name)));
    };
    this.#changeBoth(oldPath, { to, newPath }, { use: rename, whole: ['busy', 'busy'] });
  }

  /**
   * A link that leads out could not be followed by the plugin, but by another program: it is not made. One without `..` leads
   * nowhere else, wherever it or its folder is moved to.
   */
  override symlinkAt(target: string, path: string): void {
    textArgument(target, 'target');
    if (target === '') throw new GuestError('no-entry');
    if (target.includes('\0')) throw new GuestError('invalid');
    this.#change(
      path,
      (place) => {
        if (isAbsolute(target) || climbs(target)) throw this.#options.access.escape(target);
        if (place.stat !== undefined) throw new GuestError('exist');
        if (place.asFolder) throw new GuestError('no-entry');
        attempt(() => symlinkSync(target, place.folder.at(place.name)));
      },
      'exist',
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

  #read<T>(path: string, flags: PathFlags | 'never', use: (place: Place, access: FileAccess) => T): T {
    const { folder, only } = this.#options;
    let { access } = this.#options;
    let follow = flags === 'never' ? flags : flags.symlinkFollow === true;
    const name = only === undefined ? '' : path.replace(/^(?:\.\/)+/, '');
    if (only !== undefined && name !== '.') {
      if (!only.has(name)) throw access.escape(path, 'access');
      access = access.of(name);
      if (follow === true) follow = false;
    }
    if (name !== '.') access.demandRead();
    return walk(path, { folder: folder.it, access, follow }, (place) => use(place, access));
  }

  /** Changes an entry; if the path leads to a folder itself, by a dot, the error code is `whole`. */
  #change(path: string, use: (place: Place, access: FileAccess) => void, whole: string): void {
    this.#read(path, 'never', (place, access) => {
      access.demandWrite();
      if (place.name === '.') throw new GuestError(whole);
      use(place, access);
    });
  }

  #changeBoth(
    oldPath: string,
    { to, newPath }: { to: Descriptor; newPath: string },
    { use, whole }: { use: (from: PresentPlace, at: Place) => void; whole: [old: string, new: string] },
  ): void {
    if (to instanceof DeniedDescriptor) throw to.refuseTarget(newPath);
    if (!(to instanceof DirectoryDescriptor)) throw new GuestError('not-directory');
    const change = (place: Place, access: FileAccess): void => {
      const from = { ...place, stat: present(place) };
      if (from.asFolder && !from.stat.isDirectory()) throw new GuestError('not-directory');
      const changeTo = (at: Place): void => {
        refuseMovedLink(from, at, access);
        use(from, at);
      };
      to.#change(newPath, changeTo, whole[1]);
    };
    this.#change(oldPath, change, whole[0]);
  }
}
