import { Command } from 'commander';
import { explaining, readComponent, readInput } from '../component/index.js';
import { componentReport, renderReport } from '../inspect/index.js';
import type { Io } from '../io.js';
import { isLibrary, renderLibrary, reportOfLibrary } from '../native/index.js';

const EXAMPLES = `
Examples:
  $ wasm-plugin inspect compressor.wasm
  $ wasm-plugin inspect compressor.wasm --meter
  $ wasm-plugin inspect /usr/lib/clap/ZamComp.clap
  $ wasm-plugin inspect /usr/lib/ladspa/cmt.so --plugin freeverb3
  $ wasm-plugin inspect compressor.wasm --json | jq -r '.exports[].name'

Exit codes: 0 done, 1 the file cannot be read or is no valid component, 2 wrong usage.`;

interface InspectOptions {
  meter?: boolean;
  json?: boolean;
  plugin?: string;
}

/** `wasm-plugin inspect FILE`: shows the imports, exports and parts of a component. */
export function inspectCommand(io: Io): Command {
  return new Command('inspect')
    .summary('show what a component imports, exports and is made of')
    .description(
      'Shows the world of a component (its imports and exports, as WIT), its core modules with their sizes and ' +
        'memories, and the tools that made it. Works on encoded WIT packages too. Runs nothing. Of a native library ' +
        '(LADSPA, CLAP, wasm_plugin.h), opened in a process of its own, it shows the plugins and their parameters.',
    )
    .argument('<file>', 'a WebAssembly component (.wasm), or a native library')
    .option('--plugin <name>', 'the plugin of a library that holds several')
    .option(
      '--meter',
      'show what counting fuel does to each core module: size, hoisted loops, calling convention',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, { meter = false, json = false, plugin }: InspectOptions) => {
      if (isLibrary(readInput(file))) {
        const report = await reportOfLibrary(file, { plugin, io });
        if (json) io.json(report);
        else io.out(renderLibrary(report, io));
        return;
      }
      const component = readComponent(file);
      const report = explaining(file, () => componentReport(component, { meter }));
      if (json) io.json(report);
      else io.out(renderReport(report, io));
    });
}
