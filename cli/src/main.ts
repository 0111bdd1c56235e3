import { ENGINE_VERSION } from '@wasm-plugin/engine/host';
import { Command, CommanderError } from 'commander';
import { CliError } from './cli-error.js';
import { COMMANDS } from './commands/index.js';
import { processIo, type Io } from './io.js';
import { errorReport, exitCodeOf, renderError } from './render-error.js';
import { fill, printable, wrap } from './terminal/index.js';

const HELP = `
Exit codes:
  0  done
  1  the operation failed: the file, the plugin or the WIT is at fault
  2  the command line is wrong
A program that "run" runs has exit codes of its own, which are passed on.

Results go to stdout, everything else to stderr. With --json, stdout holds exactly one JSON object,
{ "error": … } if the command failed; of "dev", one a line.`;

/**
 * Runs the command line. Never throws.
 * @param args - without the program
 * @returns the exit code
 */
export async function main(args: readonly string[], io: Io = processIo()): Promise<number> {
  try {
    await createProgram(io).parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return report(error, { io, json: wantsJson(args) });
  }
}

/**
 * Returns true if the answer is to be JSON, even for a command line that cannot be parsed. Words after `--` belong to the
 * program.
 */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? undefined : end).includes('--json');
}

function report(error: unknown, { io, json }: { io: Io; json: boolean }): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (json) io.json(errorReport(usageError(error)));
    return 2;
  }
  io.err(renderError(error, io));
  if (json) io.json(errorReport(error));
  return exitCodeOf(error);
}

function usageError(error: CommanderError): CliError {
  return new CliError(error.message.replace(/^error: /, ''), { exitCode: 2, code: error.code });
}

function createProgram(io: Io): Command {
  const program = new Command('wasm-plugin')
    .description('Builds, runs and inspects WebAssembly plugins.')
    .version(ENGINE_VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', HELP)
    .showHelpAfterError('See "wasm-plugin --help".')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(fill(text, io.columns)),
      writeErr: (text) => io.err(wrap(text, io.columnsErr)),
      outputError: (text, write) => write(printable(text).replace(/^error:/, io.styleErr('red', 'error:'))),
    })
    .configureHelp({ styleTitle: (text) => io.style('bold', text) });
  for (const command of COMMANDS) inherit(command(io), program);
  return program;
}

/** The words that lead to a command: `wasm-plugin wit`. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** Passes the program's settings to a command and its subcommands. */
function inherit(command: Command, parent: Command): void {
  if (command.parent === null) parent.addCommand(command);
  command.copyInheritedSettings(parent).showHelpAfterError(`See "${pathOf(command)} --help".`);
  for (const inner of command.commands) inherit(inner, command);
}
