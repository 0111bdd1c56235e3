import { Command } from 'commander';
import type { Io } from '../io.js';
import { witBuildCommand } from './wit-build.js';

/** `wasm-plugin wit`: verbs for WIT, the language that worlds are declared in. */
export function witCommand(io: Io): Command {
  return new Command('wit')
    .summary('work with WIT, the language that worlds are declared in')
    .description('Works with WIT, the language that worlds are declared in.')
    .addCommand(witBuildCommand(io));
}
