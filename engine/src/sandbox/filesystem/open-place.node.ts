import { GuestError } from '@wasm-plugin/abi';
import { closeSync, constants, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { HOST_ONLY } from '../host-only.js';
import type { DirectoryHandle } from './directory-handle.node.js';
import { attempt } from './error-code.node.js';
import type { FileAccess } from './file-access.js';
import { FileDescriptor } from './file-descriptor.node.js';
import type { DescriptorFlags, OpenFlags } from './filesystem-types.js';
import type { OpenFile, OpenFiles } from './open-files.node.js';
import type { Place } from './walk.node.js';

const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Settings for opening files. */
export interface OpenContext {
  access: FileAccess;
  files: OpenFiles;
}

/** Opens the target of a path: a descriptor of a regular file, or a folder. Nothing else is opened. */
export function openPlace(
  place: Place,
  { openFlags, flags }: { openFlags: OpenFlags; flags: DescriptorFlags },
  { access, files }: OpenContext,
): FileDescriptor | OpenFile<DirectoryHandle> {
  const { folder, name, stat, asFolder } = place;
  const { create = false, exclusive = false, truncate = false, directory = false } = openFlags;
  if (create && asFolder) throw new GuestError('is-directory');
  if (stat === undefined && !create) throw new GuestError('no-entry');
  if (stat !== undefined && create && exclusive) throw new GuestError('exist');
  if (stat?.isDirectory() === true) {
    if (create || truncate || flags.write === true) throw new GuestError('is-directory');
    return files.hold(
      () => folder.open(name),
      (opened) => opened.close(),
    );
  }
  if (stat?.isSymbolicLink() === true) throw new GuestError('loop');
  if (directory) throw new GuestError('not-directory');
  // To open a pipe or a device could block or do something.
  if (stat !== undefined && !stat.isFile()) throw new GuestError('not-permitted');
  const writes = flags.write === true;
  const reads = flags.read === true || !writes;
  const mode = writes || truncate ? (reads ? O_RDWR : O_WRONLY) : O_RDONLY;
  const making = stat === undefined ? O_CREAT | O_EXCL : 0;
  const file = files.hold(
    () => attempt(() => openRegular(folder.at(name), mode | making | O_NOFOLLOW | O_NONBLOCK)),
    (fd) => closeSync(fd),
  );
  if (truncate) attempt(() => ftruncateSync(file.it, 0));
  return new FileDescriptor(HOST_ONLY, { file, access, reads, writes });
}

/** The file may have been replaced since the check. */
function openRegular(path: string, flags: number): number {
  const fd = openSync(path, flags, 0o666);
  if (fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  throw new GuestError('not-permitted');
}
