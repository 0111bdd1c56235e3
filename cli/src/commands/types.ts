import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { Command } from 'commander';
import { fileError, readComponent } from '../component/index.js';
import type { Io } from '../io.js';
import { formatCount } from '../terminal/index.js';
import { generateDeclarations, generateProtos, type Source } from '../types/index.js';
import { readPackage } from '../wit/index.js';

const NOTES = `
The declarations are those that jco writes: the engine maps values in the same way. WIT comments are carried over;
a component has none. "host.d.ts" has the types of instance.exports and of imports, by full names:

  import type { Exports } from './types/host.js';
  const plugin = await engine.load<Exports>(bytes);

Examples:
  $ wasm-plugin types wit --world audio-effect -o types
  $ wasm-plugin types compressor.wasm -o types
  $ wasm-plugin types compressor.wasm --proto -o proto     for clients of wasm-plugin serve --grpc

Exit codes: 0 done, 1 the file is no component or no valid WIT, or cannot be read or written, 2 wrong usage.`;

interface TypesOptions {
  output: string;
  world?: string;
  proto?: boolean;
  json?: boolean;
}

/** `wasm-plugin types WIT|FILE -o DIR`: TypeScript declarations for hosts. */
export function typesCommand(io: Io): Command {
  return new Command('types')
    .summary('write the TypeScript declarations of a world or component')
    .description(
      'Writes TypeScript declarations of what a world or a component exports and imports, for hosts.',
    )
    .argument('<source>', 'a component (.wasm), a .wit file, or a folder with .wit files')
    .requiredOption('-o, --output <dir>', 'where the declarations go')
    .option('-w, --world <name>', 'the world, where a WIT package has several')
    .option('--proto', 'write .proto files of what it exports, in place of declarations')
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (path: string, { output, world, proto = false, json = false }: TypesOptions) => {
      const source = readSource(path, world);
      if (proto) return await writeProtos(io, { source, name: nameOf(path, world), output, json });
      const files = await generateDeclarations(nameOf(path, world), source);
      for (const [name, text] of files) write(join(output, name), text);
      const report = { folder: output, files: [...files.keys()] };
      if (json) io.json(report);
      else
        io.out(
          `${output}: ${formatCount(files.size, 'file')}, host.d.ts has the types of exports and imports\n`,
        );
    });
}

interface WritingProtos {
  source: Source;
  name: string;
  output: string;
  json: boolean;
}

async function writeProtos(io: Io, { source, name, output, json }: WritingProtos): Promise<void> {
  const { files, leftOut } = await generateProtos(name, source);
  for (const [file, text] of files) write(join(output, file), text);
  if (json) return io.json({ folder: output, files: [...files.keys()], leftOut });
  for (const reason of leftOut) io.err(`not in the files: ${reason}\n`);
  io.out(`${output}: ${formatCount(files.size, 'file')}\n`);
}

function readSource(path: string, world: string | undefined): Source {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder && extname(path) !== '.wit') return { kind: 'component', bytes: readComponent(path).bytes };
  return { kind: 'wit', text: readPackage(path).text.text, world };
}

/** The file of the world is called as the world, or as the file that it comes from. */
function nameOf(path: string, world: string | undefined): string {
  const name = world?.replace(/^.*\//, '').replace(/@.*$/, '') ?? basename(path, extname(path));
  return /^[\w.-]+$/.test(name) && name !== 'host' ? name : 'world';
}

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw fileError('write', path, error);
  }
}
