import { Command } from 'commander';
import type { Io } from '../io.js';
import { stateExportCommand } from './state-export.js';
import { stateImportCommand } from './state-import.js';
import { stateShowCommand } from './state-show.js';

/** `wasm-plugin state`: verbs for the states that plugins save. */
export function stateCommand(io: Io): Command {
  return new Command('state')
    .summary('show, export and import the saved states of plugins')
    .description('Works with the states that plugins save: in the store of a host, or in files.')
    .addCommand(stateExportCommand(io))
    .addCommand(stateImportCommand(io))
    .addCommand(stateShowCommand(io));
}
