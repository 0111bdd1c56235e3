import { Command } from 'commander';
import { explaining, readComponent } from '../component/index.js';
import { componentReport, renderReport } from '../inspect/index.js';
import type { Io } from '../io.js';

const EXAMPLES = `
Examples:
  $ wasm-plugin inspect compressor.wasm
  $ wasm-plugin inspect compressor.wasm --meter
  $ wasm-plugin inspect compressor.wasm --json | jq -r '.exports[].name'

Exit codes: 0 done, 1 the file cannot be read or is no valid component, 2 wrong usage.`;

/** `wasm-plugin inspect FILE`: what a component imports, exports and is made of. */
export function inspectCommand(io: Io): Command {
  return new Command('inspect')
    .summary('show what a component imports, exports and is made of')
    .description(
      'Shows the world of a component (its imports and exports, as WIT), its core modules with their sizes and ' +
        'memories, and the tools that made it. Works on encoded WIT packages too. Runs nothing.',
    )
    .argument('<file>', 'a WebAssembly component (.wasm)')
    .option(
      '--meter',
      'show what counting fuel does to each core module: size, hoisted loops, calling convention',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLES)
    .action((file: string, { meter = false, json = false }: { meter?: boolean; json?: boolean }) => {
      const component = readComponent(file);
      const report = explaining(file, () => componentReport(component, { meter }));
      if (json) io.json(report);
      else io.out(renderReport(report, io));
    });
}
