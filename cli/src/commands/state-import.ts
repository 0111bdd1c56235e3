import { Command } from 'commander';
import { createFileStore } from '@wasm-plugin/engine/reload';
import { fileError } from '../component/index.js';
import type { Io } from '../io.js';
import { DEFAULT_STORE, readState, stateReport, summaryOf } from '../state/index.js';

const NOTES = `
The state becomes the newest one of its plugin; older ones stay as they are. It is written so that it is there as a
whole or not at all, also when the machine stops meanwhile. No host may be using the store at the same time.

Examples:
  $ wasm-plugin state import counter.state
  $ wasm-plugin state import counter.state --store /var/lib/host/state

Exit codes: 0 done, 1 the file is no state, is torn or changed, or the store cannot be written, 2 wrong usage.`;

/** `wasm-plugin state import FILE`: a state in a file to a store. */
export function stateImportCommand(io: Io): Command {
  return new Command('import')
    .summary('put a state from a file into the store of a host')
    .description('Checks a state in a file, and makes it the newest one of its plugin in a store.')
    .argument('<file>', 'a file of "state export"')
    .option('-s, --store <dir>', 'the store of a host', DEFAULT_STORE)
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (file: string, { store, json = false }: { store: string; json?: boolean }) => {
      const state = readState(file);
      await createFileStore(store)
        .save(state)
        .catch((error: unknown) => {
          throw fileError('write to', store, error);
        });
      const report = stateReport(state);
      if (json) io.json({ store, ...report });
      else io.out(`${store}: ${summaryOf(report)}\n`);
    });
}
