import { opendirSync } from 'node:fs';
import type { EntrySource } from './directory-entry-stream.js';
import type { DirectoryHandle } from './directory-handle.node.js';
import { attempt } from './error-code.node.js';
import type { OpenFiles } from './open-files.node.js';
import { typeOf } from './stat.node.js';

/** Lists the entries of a folder, or those of `only` that are there. */
export function listFolder(
  folder: DirectoryHandle,
  { files, only }: { files: OpenFiles; only: ReadonlySet<string> | undefined },
): EntrySource {
  const open = files.hold(
    () => attempt(() => opendirSync(folder.at('.'))),
    (entries) => entries.closeSync(),
  );
  return {
    next() {
      for (;;) {
        const entry = attempt(() => open.it.readSync());
        if (entry === null) return undefined;
        if (only === undefined || only.has(entry.name)) return { type: typeOf(entry), name: entry.name };
      }
    },
    close: () => open.release(),
  };
}
