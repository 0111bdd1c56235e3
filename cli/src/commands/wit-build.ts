import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { fileError } from '../component/index.js';
import type { Io } from '../io.js';
import { formatBytes } from '../terminal/index.js';
import { encodeWit, readPackage } from '../wit/index.js';

const NOTES = `
The folder holds the .wit files of one package; packages that it uses lie in its folder "deps", a file or a
folder each. All worlds of the package are encoded, or the one that --world names; of a package without a
world, its interfaces. The result is for createEngine({ world }), and for every tool that reads encoded WIT
packages.

Examples:
  $ wasm-plugin wit build wit -o dist/world.wasm
  $ wasm-plugin wit build wit --world audio-effect -o dist/audio-effect.wasm

Exit codes: 0 done, 1 the WIT is not valid or a file cannot be read or written, 2 wrong usage.`;

interface BuildOptions {
  output: string;
  world?: string;
  json?: boolean;
}

/** `wasm-plugin wit build DIR -o FILE`: WIT text to an encoded package. */
export function witBuildCommand(io: Io): Command {
  return new Command('build')
    .summary('encode the worlds of a WIT package')
    .description('Encodes the worlds of a WIT package, for hosts to declare their ABI with.')
    .argument('<dir>', 'a folder with .wit files, or one .wit file')
    .requiredOption('-o, --output <file>', 'where the encoded package goes')
    .option('-w, --world <name>', 'encode only this world')
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (path: string, { output, world, json = false }: BuildOptions) => {
      const wit = readPackage(path);
      const { worlds, interfaces, bytes } = await encodeWit(wit, world);
      write(output, bytes);
      const report = {
        file: output,
        package: wit.name,
        worlds,
        ...(worlds.length === 0 ? { interfaces } : {}),
        sizeBytes: bytes.length,
      };
      io.out(json ? `${JSON.stringify(report)}\n` : `${renderReport(report)}\n`);
    });
}

function write(path: string, bytes: Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  } catch (error) {
    throw fileError('write', path, error);
  }
}

function renderReport(report: {
  file: string;
  package: string;
  worlds: string[];
  interfaces?: string[];
  sizeBytes: number;
}): string {
  const [kind, names] =
    report.interfaces === undefined ? ['world', report.worlds] : ['interface', report.interfaces];
  const items = `${kind}${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
  return `${report.file}: ${items} of ${report.package}, ${formatBytes(report.sizeBytes)}`;
}
