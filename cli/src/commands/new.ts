import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Io } from '../io.js';
import { askWhatToMake, LANGUAGE_NAMES, makePlugin, WORLDS, type Said, type Wanted } from '../new/index.js';
import { CliError } from '../cli-error.js';
import { wrapLibrary } from '../native/index.js';

const NOTES = `
It asks for what no option says where it runs in a terminal; elsewhere the language has to be said. What it makes has a
plugin.json, the sources, a test that passes, and a README that says how to go on.

Worlds:
  own            a WIT file of its own, with one function: for a host that you write too
  plugin         that of wasm-plugin:abi: settings, health, and a state that survives reloads
  audio-effect   that, and audio in blocks, with and without copies; in AssemblyScript, Rust, C

Examples:
  $ wasm-plugin new
  $ wasm-plugin new greeter --language assemblyscript
  $ wasm-plugin new reverb --wrap /usr/lib/clap/ZamVerb.clap
  $ wasm-plugin new counter --language rust --world plugin --id com.example.counter
  $ wasm-plugin new reverb --language c --world audio-effect

Exit codes: 0 done, 1 the folder holds files already or cannot be written, 2 wrong usage.`;

interface NewOptions {
  language?: Wanted['language'];
  world?: Wanted['world'];
  id?: string;
  json?: boolean;
  wrap?: string;
  plugin?: string;
}

/** `wasm-plugin new [DIR]`: the beginning of a plugin. */
export function newCommand(io: Io): Command {
  return new Command('new')
    .summary('make the beginning of a plugin')
    .description('Makes a folder with the sources of a small plugin, that builds and has a test that passes.')
    .argument('[dir]', 'the folder to make; its name is that of the plugin')
    .addOption(new Option('-l, --language <name>', 'what it is written in').choices(LANGUAGE_NAMES))
    .addOption(new Option('-w, --world <name>', 'what its host may call').choices(WORLDS))
    .option('--id <id>', 'its id, as com.example.name')
    .option(
      '--wrap <library>',
      'make it of a native library (LADSPA, CLAP, wasm_plugin.h): a copy and a plugin.json',
    )
    .option('--plugin <name>', 'the plugin of a library that holds several')
    .option('--json', 'print one JSON object; nothing is asked')
    .addHelpText('after', NOTES)
    .action(async (folder: string | undefined, { json = false, wrap, plugin, ...options }: NewOptions) => {
      if (wrap !== undefined) {
        const made = await wrapLibrary(wrap, { folder, plugin, id: options.id, io });
        if (json) io.json({ ...made, folder: resolve(made.folder) });
        else io.out(`${io.style('green', '✓')} ${made.id} in ${made.folder}\n`);
        return;
      }
      const isAsked = !json && io.terminal !== undefined && process.stdin.isTTY === true;
      const wanted = isAsked ? await askWhatToMake({ folder, ...options }) : complete({ folder, ...options });
      const made = makePlugin(wanted);
      if (json) io.json({ folder: resolve(wanted.folder), id: made.id, files: made.files });
      else io.out(`${io.style('green', '✓')} ${made.id} in ${wanted.folder}\n\n${made.next}\n`);
    });
}

function complete({ folder, language, world = 'own', id }: Said): Wanted {
  if (folder === undefined || language === undefined) {
    const missing = folder === undefined ? 'the folder' : '--language';
    throw new CliError(`Cannot make a plugin: ${missing} is not said`, {
      exitCode: 2,
      hint: `wasm-plugin new my-plugin --language ${LANGUAGE_NAMES.join('|')}`,
    });
  }
  return { folder, language, world, id };
}
