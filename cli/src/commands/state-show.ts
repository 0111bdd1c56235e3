import { Command } from 'commander';
import type { Io } from '../io.js';
import { loadState, readState, renderState, stateReport } from '../state/index.js';

const NOTES = `
The hash is the SHA-256 of the plugin's own bytes. They are shown as JSON or text where they are that, else as hex.

Examples:
  $ wasm-plugin state show counter.state
  $ wasm-plugin state show acme.counter --store .wasm-plugin/state

Exit codes: 0 done, 1 there is no such state or it is torn or changed, 2 wrong usage.`;

/** `wasm-plugin state show`: describes a saved state. */
export function stateShowCommand(io: Io): Command {
  return new Command('show')
    .summary('show what a saved state is')
    .description('Shows whose state it is, its version, schema, length and hash, and the beginning of it.')
    .argument('<state>', 'a file of "state export"; with --store the id of a plugin')
    .option('-s, --store <dir>', 'the store of a host: the newest whole state of the plugin is shown')
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (name: string, { store, json = false }: { store?: string; json?: boolean }) => {
      const state = store === undefined ? readState(name) : await loadState(store, name, io);
      const report = stateReport(state);
      if (json) io.json(report);
      else io.out(renderState(report, io));
    });
}
