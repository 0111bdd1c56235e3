import { join } from 'node:path';
import { PACKED_SUFFIX } from '@wasm-plugin/abi/package';
import { sha256Of } from '@wasm-plugin/abi/trust';
import { Command } from 'commander';
import { writeWhole } from '../files/index.js';
import type { Io } from '../io.js';
import { packPlugin } from '../pack/index.js';
import { formatBytes, formatCount } from '../terminal/index.js';

const NOTES = `
Packed are plugin.json, what it runs, licences, the README and what --include names; beside them SHA256SUMS, which lists
each file, and sbom.cdx.json, a bill of materials (CycloneDX 1.6) with the plugins and the packages of Cargo.lock and
package-lock.json that it is made from. The same files give the same bytes, on every machine.

A host runs the archive as it is. Sign it before you give it away: wasm-plugin sign.

Examples:
  $ wasm-plugin pack eq
  $ wasm-plugin pack eq -o dist/eq.plugin.zip --include presets

Exit codes: 0 done, 1 the folder is no plugin or is not built, 2 wrong usage.`;

interface PackOptions {
  output?: string;
  include?: string[];
  json?: boolean;
}

/** `wasm-plugin pack [DIR]`: a folder to an archive. */
export function packCommand(io: Io): Command {
  return new Command('pack')
    .summary('pack a plugin into one file')
    .description('Packs a plugin into one file that a host can run and a registry can hold.')
    .argument('[dir]', 'the folder of a plugin', '.')
    .option('-o, --output <file>', 'where it goes; ID-VERSION.plugin.zip, unless given')
    .option(
      '-i, --include <path>',
      'a file or folder to pack too; may be repeated',
      (value, previous: string[] = []) => [...previous, value],
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (folder: string, { output, include, json = false }: PackOptions) => {
      const { manifest, archive, files, unpackedBytes } = await packPlugin(folder, include);
      const { id, version } = manifest;
      const paths = Object.keys(files).sort();
      const file = output ?? join('.', `${id}-${version}${PACKED_SUFFIX}`);
      writeWhole(file, archive);
      const sha256 = sha256Of(archive);
      if (json)
        io.json({ id, version, file, sha256, sizeBytes: archive.length, unpackedBytes, files: paths });
      else
        io.out(
          `${io.style('green', '✓')} ${id} ${version} in ${file}: ${formatCount(paths.length, 'file')}, ${formatBytes(unpackedBytes)} in ${formatBytes(archive.length)}\n  sha256 ${sha256}\n`,
        );
    });
}
