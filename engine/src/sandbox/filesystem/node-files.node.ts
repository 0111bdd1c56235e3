import { mkdirSync, statSync } from 'node:fs';
import { basename, dirname, posix, resolve } from 'node:path';
import { HOST_ONLY } from '../host-only.js';
import type { Descriptor } from './descriptor.js';
import { DirectoryDescriptor } from './directory-descriptor.node.js';
import { DirectoryHandle } from './directory-handle.node.js';
import { FileAccess, type GrantedPath } from './file-access.js';
import type { FileProviderFactory } from './filesystem-imports.js';
import { grantedPaths } from './granted-paths.js';
import { OpenFiles } from './open-files.node.js';

/** Options of `nodeFiles`. */
export interface NodeFilesOptions {
  /** The folder that the host keeps for the plugin: relative paths of capabilities start there. @default none */
  folder?: string | undefined;
  /** Most open files and folders. @default 128 */
  openFiles?: number | undefined;
}

/**
 * Files of the host, below the granted paths. A granted path that does not exist is left out, and so is a file under another
 * path.
 */
export function nodeFiles({ folder, openFiles = 128 }: NodeFilesOptions): FileProviderFactory {
  return ({ gate }) => {
    const files = new OpenFiles(openFiles);
    const descriptor = (granted: GrantedPath, at: string, only?: ReadonlySet<string>): Descriptor => {
      const access = new FileAccess(gate, granted);
      const opened = files.hold(
        () => DirectoryHandle.open(at),
        (handle) => handle.close(),
      );
      return new DirectoryDescriptor(HOST_ONLY, { access, files, folder: opened, only });
    };
    return {
      roots() {
        const roots: [Descriptor, string][] = [];
        const single = new Map<string, { granted: GrantedPath; at: string; names: Set<string> }>();
        const paths = grantedPaths(gate);
        if (folder !== undefined && paths.some(({ hostPath }) => !isAbsolute(hostPath))) makeFolder(folder);
        for (const granted of paths) {
          const { path, hostPath } = granted;
          const at = onHost(hostPath, folder);
          const kind = at === undefined ? undefined : kindOf(at);
          if (at === undefined || kind === undefined) continue;
          if (kind === 'folder') roots.push([descriptor(granted, at), path]);
          else if (path === hostPath) {
            const parent = posix.dirname(path);
            const one = single.get(parent) ?? {
              granted: { path: parent, hostPath: parent },
              at: dirname(at),
              names: new Set(),
            };
            one.names.add(basename(at));
            single.set(parent, one);
          }
        }
        for (const [path, { granted, at, names }] of single) {
          if (!roots.some(([, root]) => root === path)) roots.push([descriptor(granted, at, names), path]);
        }
        return roots;
      },
      close: () => files.close(),
    };
  };
}

function onHost(path: string, folder: string | undefined): string | undefined {
  if (isAbsolute(path)) return path;
  return folder === undefined ? undefined : resolve(folder, path);
}

/** As capabilities write a path. */
function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Z]:)/.test(path);
}

/** A folder that cannot be made is not there, and so left out. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch {
    // As any other granted path that is not there.
  }
}

function kindOf(path: string): 'folder' | 'file' | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() === true ? 'folder' : stat?.isFile() === true ? 'file' : undefined;
}
