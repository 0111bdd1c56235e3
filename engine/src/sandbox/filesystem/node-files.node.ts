import { statSync } from 'node:fs';
import { basename, dirname, posix, resolve } from 'node:path';
import { HOST_ONLY } from '../host-only.js';
import type { Descriptor } from './descriptor.js';
import { DirectoryDescriptor } from './directory-descriptor.node.js';
import { DirectoryHandle } from './directory-handle.node.js';
import { FileAccess } from './file-access.js';
import type { FileProviderFactory } from './filesystem-imports.js';
import { grantedPaths } from './granted-paths.js';
import { OpenFiles } from './open-files.node.js';

/** What `nodeFiles` is given. */
export interface NodeFilesOptions {
  /** The folder that the host keeps for the plugin: what relative paths of capabilities are in. @default there is none */
  folder?: string | undefined;
  /** How many files and folders it may hold open. @default 128 */
  openFiles?: number | undefined;
}

/** Files of the host's, below what is granted. A granted path that is not there is left out. */
export function nodeFiles({ folder, openFiles = 128 }: NodeFilesOptions): FileProviderFactory {
  return ({ gate }) => {
    const files = new OpenFiles(openFiles);
    const descriptor = (path: string, hostPath: string, only?: ReadonlySet<string>): Descriptor => {
      const access = new FileAccess(gate, path);
      const opened = files.hold(
        () => DirectoryHandle.open(hostPath),
        (handle) => handle.close(),
      );
      return new DirectoryDescriptor(HOST_ONLY, { access, files, folder: opened, only });
    };
    return {
      roots() {
        const roots: [Descriptor, string][] = [];
        const single = new Map<string, Map<string, string>>();
        for (const path of grantedPaths(gate)) {
          const hostPath = onHost(path, folder);
          const kind = hostPath === undefined ? undefined : kindOf(hostPath);
          if (hostPath === undefined || kind === undefined) continue;
          if (kind === 'folder') roots.push([descriptor(path, hostPath), path]);
          else {
            const parent = posix.dirname(path);
            const names = single.get(parent) ?? new Map<string, string>();
            single.set(parent, names.set(basename(hostPath), dirname(hostPath)));
          }
        }
        for (const [path, names] of single) {
          if (roots.some(([, root]) => root === path)) continue;
          const [hostPath] = names.values();
          roots.push([descriptor(path, hostPath as string, new Set(names.keys())), path]);
        }
        return roots;
      },
      close: () => files.close(),
    };
  };
}

function onHost(path: string, folder: string | undefined): string | undefined {
  if (/^(?:\/|[A-Z]:)/.test(path)) return path;
  return folder === undefined ? undefined : resolve(folder, path);
}

function kindOf(path: string): 'folder' | 'file' | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() === true ? 'folder' : stat?.isFile() === true ? 'file' : undefined;
}
