import { ERROR_CODES, type ErrorCode } from '@wasm-plugin/abi';
import { ERROR_HELP } from '@wasm-plugin/abi/error-help';
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { Io } from '../io.js';
import { fill, nearest, renderTable } from '../terminal/index.js';

const NOTES = `
A code is what a program finds in "code" of an error, and what --json prints. It never changes. The documentation has a page
for each, with the same text.

Examples:
  $ wasm-plugin explain WP_RESOLVE
  $ wasm-plugin explain

Exit codes: 0 done, 2 wrong usage, also where there is no such code.`;

/** `wasm-plugin explain [CODE]`: prints the meaning of an error, its cause and its remedy. */
export function explainCommand(io: Io): Command {
  return new Command('explain')
    .summary('say what an error code means, and what to do about it')
    .description('Prints the meaning, the cause and the cure of an error code; without one, all codes.')
    .argument('[code]', 'e.g. WP_CAPABILITY')
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action((given: string | undefined, { json = false }: { json?: boolean }) => {
      if (given === undefined) return listCodes(io, json);
      const code = given.toUpperCase();
      if (!isCode(code)) throw noSuchCode(given, code);
      const { cause, cure } = ERROR_HELP[code];
      if (json) io.json({ code, meaning: ERROR_CODES[code], cause, cure });
      else
        io.out(
          fill(
            `${io.style('bold', code)}: ${ERROR_CODES[code]}\n\n${io.style('bold', 'Cause:')} ${cause}\n\n${io.style('bold', 'Cure:')} ${cure}\n`,
            io.columns,
          ),
        );
    });
}

function listCodes(io: Io, json: boolean): void {
  if (json) return io.json({ codes: ERROR_CODES });
  io.out(`${renderTable(['CODE', 'MEANING'], { rows: Object.entries(ERROR_CODES), columns: io.columns })}\n`);
}

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CODES, text);
}

function noSuchCode(given: string, code: string): CliError {
  const [closest] = nearest(code, Object.keys(ERROR_CODES), 1);
  return new CliError(`Cannot explain "${given}": there is no such code`, {
    exitCode: 2,
    hint: closest === undefined ? 'wasm-plugin explain shows all codes' : `Is "${closest}" meant?`,
  });
}
