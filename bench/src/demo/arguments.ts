import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DemoError } from './demo-error.js';

/** The parsed command line of the demo. */
export interface DemoArguments {
  /** The file to process, absolute; without one the demo makes its own music. */
  file: string | undefined;
  /** Length of the demo's own music, in seconds. */
  seconds: number;
  /** Carrier of the compressor. */
  carrier: 'wasm' | 'library';
}

export const USAGE = `Usage: npm run demo [-- [options] file.wav]

Sends sound through two sandboxed plugins, an equalizer (AssemblyScript) and a compressor (Rust), in blocks of
128 frames as a sound card would, and shows what it cost. Half-way through, the equalizer is reloaded: version 2
takes its place with its state, and later a faulty version 3 is refused, without a gap in the sound. The result is written beside the file, as
NAME.processed.wav. Without a file, the demo makes music of its own, and writes it into the folder demo-output.

Options:
  --seconds N   how long its own music is (default: 10)
  --carrier C   what carries the compressor: "wasm", or "library", its native twin in a process of its own; the sound is
                compared then (default: wasm; a library needs Linux and the command rustc)
  -h, --help    print this

Exit codes: 0 done, 1 the file cannot be processed, 2 wrong usage.
`;

/** Thrown for a wrong command line. */
export class UsageError extends DemoError {
  override name = 'UsageError';
}

/**
 * Parses the command line; `undefined` when it asks for help.
 * @throws {UsageError}
 */
export function parseArguments(args: readonly string[]): DemoArguments | undefined {
  const { values, positionals } = parse(args);
  if (values.help === true) return undefined;
  if (positionals.length > 1) throw new UsageError('Cannot process more than one file at a time');
  const [file] = positionals;
  return {
    file: file === undefined ? undefined : resolve(userFolder(), file),
    seconds: secondsFrom(values.seconds),
    carrier: carrierFrom(values.carrier),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seconds: { type: 'string' },
        carrier: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message}`, { cause: error });
  }
}

function secondsFrom(text: string | undefined): number {
  if (text === undefined) return 10;
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0.1 && seconds <= 3600) return seconds;
  throw new UsageError(`Cannot use "--seconds ${text}": wanted a number from 0.1 to 3600`);
}

function carrierFrom(text = 'wasm'): DemoArguments['carrier'] {
  if (text === 'wasm' || text === 'library') return text;
  throw new UsageError(`Cannot use "--carrier ${text}": wanted "wasm" or "library"`);
}

/** Returns the user's folder: `npm run` changes to the folder of the project. */
function userFolder(): string {
  const { npm_lifecycle_event: script, INIT_CWD: start } = process.env;
  return script === 'demo' && start !== undefined ? start : process.cwd();
}
