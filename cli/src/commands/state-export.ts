import { Command } from 'commander';
import { encodeEnvelope } from '@wasm-plugin/engine/reload';
import type { Io } from '../io.js';
import { DEFAULT_STORE, loadState, stateReport, summaryOf, writeState } from '../state/index.js';

const NOTES = `
The file holds the newest whole state, in the envelope that the store has it in: with the plugin's id and version,
its schema and a checksum. It is what to add to a bug report.

Examples:
  $ wasm-plugin state export acme.counter -o counter.state
  $ wasm-plugin state export acme.counter --store /var/lib/host/state -o counter.state

Exit codes: 0 done, 1 there is no such state or the file cannot be written, 2 wrong usage.`;

interface ExportOptions {
  store: string;
  output: string;
  json?: boolean;
}

/** `wasm-plugin state export ID -o FILE`: a state of a store to a file. */
export function stateExportCommand(io: Io): Command {
  return new Command('export')
    .summary('write the newest state of a plugin to a file')
    .description('Writes the newest whole state of a plugin to a file.')
    .argument('<id>', 'the id of a plugin')
    .requiredOption('-o, --output <file>', 'where the state goes')
    .option('-s, --store <dir>', 'the store of a host', DEFAULT_STORE)
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (id: string, { store, output, json = false }: ExportOptions) => {
      const state = await loadState(store, id, io);
      writeState(output, encodeEnvelope(state));
      const report = stateReport(state);
      if (json) io.json({ file: output, ...report });
      else io.out(`${output}: ${summaryOf(report)}\n`);
    });
}
