import { opendirSync, type Dirent } from 'node:fs';
import { decodeName } from './decode-name.node.js';
import type { EntrySource } from './directory-entry-stream.js';
import type { DirectoryHandle } from './directory-handle.node.js';
import { attempt } from './error-code.node.js';
import type { OpenFiles } from './open-files.node.js';
import { typeOf } from './stat.node.js';

/** Lists the entries of a folder, or those of `only` that are there. A name that is not UTF-8 is left out. */
export function listFolder(
  folder: DirectoryHandle,
  { files, only }: { files: OpenFiles; only: ReadonlySet<string> | undefined },
): EntrySource {
  const open = files.hold(
    () => attempt(() => opendirSync(folder.at('.'), { encoding: 'buffer' as BufferEncoding })),
    (entries) => entries.closeSync(),
  );
  return {
    next() {
      for (;;) {
        const entry = attempt(() => open.it.readSync()) as Dirent<Buffer> | null;
        if (entry === null) return undefined;
        const name = decodeName(entry.name);
        if (name !== undefined && (only === undefined || only.has(name)))
          return { type: typeOf(entry), name };
      }
    },
    close: () => open.release(),
  };
}
