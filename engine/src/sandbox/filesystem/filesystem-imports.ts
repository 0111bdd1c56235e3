import type { Gate } from '../gate.js';
import { HOST_ONLY } from '../host-only.js';
import { IoError, ioErrorCodes } from '../io/index.js';
import { DeniedDescriptor } from './denied-descriptor.js';
import { Descriptor } from './descriptor.js';
import { DirectoryEntryStream } from './directory-entry-stream.js';

/** Opens the granted folders of a plugin, if the host has a file system. */
export interface FileProvider {
  /** The granted folders with the paths that the guest knows them by. New objects at each call. */
  roots(): [Descriptor, string][];
  /** Closes everything still open. */
  close(): void;
}

/** Makes a provider for a sandbox. */
export type FileProviderFactory = (context: { gate: Gate }) => FileProvider;

/** The interfaces of `wasi:filesystem`. Without a grant each path is refused with the error code `access`. */
export function filesystemImports(gate: Gate, provider: FileProvider | undefined): Record<string, unknown> {
  return {
    'wasi:filesystem/types@0.2.0': {
      Descriptor,
      DirectoryEntryStream,
      filesystemErrorCode: (error: unknown) =>
        error instanceof IoError ? ioErrorCodes(error).filesystem : undefined,
    },
    'wasi:filesystem/preopens@0.2.0': {
      getDirectories(): [Descriptor, string][] {
        const roots = provider?.roots() ?? [];
        if (roots.some(([, path]) => path === '/')) return roots;
        // Before ".", since a guest's library takes both for the same name, and of the same names the last.
        const named = roots.filter(([, path]) => path !== '.');
        const own = roots.filter(([, path]) => path === '.');
        return [...named, [new DeniedDescriptor(HOST_ONLY, gate), '/'], ...own];
      },
    },
  };
}
