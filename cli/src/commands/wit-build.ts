import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { fileError } from '../component/index.js';
import type { Io } from '../io.js';
import { formatBytes } from '../terminal/index.js';
import { encodeWit, featuresOf, readPackage, refuseUnknown } from '../wit/index.js';

const NOTES = `
The folder holds the .wit files of one package; packages that it uses lie in its folder "deps", a file or a
folder each. All worlds of the package are encoded, or the one that --world names; of a package without a
world, its interfaces. The result is for createEngine({ world }), and for every tool that reads encoded WIT
packages.

Items with @unstable(feature = name) are left out, and it is said, unless --features or --all-features takes them in.

Examples:
  $ wasm-plugin wit build wit -o dist/world.wasm
  $ wasm-plugin wit build wit --world audio-effect -o dist/audio-effect.wasm
  $ wasm-plugin wit build wit --features streaming -o dist/world.wasm

Exit codes: 0 done, 1 the WIT is not valid or a file cannot be read or written, 2 wrong usage.`;

interface BuildOptions {
  output: string;
  world?: string;
  features?: string[];
  allFeatures?: boolean;
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
    .option(
      '-f, --features <names>',
      'take in what these features gate; may be repeated, or comma-separated',
      names,
    )
    .option('--all-features', 'take in everything that is gated')
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action((path: string, options: BuildOptions) => build(path, options, io));
}

function names(value: string, previous: string[] = []): string[] {
  return [...previous, ...value.split(',').map((each) => each.trim())].filter((each) => each !== '');
}

async function build(path: string, options: BuildOptions, io: Io): Promise<void> {
  const { output, world, allFeatures = false, json = false } = options;
  const wit = readPackage(path);
  const known = featuresOf(wit.files);
  const features = allFeatures ? 'all' : (options.features ?? []);
  refuseUnknown(features, known);
  const { worlds, interfaces, bytes } = await encodeWit(wit, { world, features });
  write(output, bytes);
  const leftOut = features === 'all' ? [] : known.filter((each) => !features.includes(each));
  const report = {
    file: output,
    package: wit.name,
    worlds,
    ...(worlds.length === 0 ? { interfaces } : {}),
    sizeBytes: bytes.length,
    featuresLeftOut: leftOut,
  };
  if (json) io.json(report);
  else io.out(`${renderReport(report)}\n`);
  if (leftOut.length > 0) io.err(`${io.styleErr('yellow', 'left out:')} ${leftOutText(leftOut)}\n`);
}

function leftOutText(features: readonly string[]): string {
  const named = features.map((each) => `"${each}"`).join(', ');
  const noun = features.length === 1 ? 'feature' : 'features';
  return `what the ${noun} ${named} ${features.length === 1 ? 'gates' : 'gate'}; --features ${features.join(',')} takes it in`;
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
