import { parseArgs } from 'node:util';
import { SUITES, type Suite } from './suites/index.js';

/** The parsed command line of the bench. */
export interface Arguments {
  /** `undefined` for every suite. */
  suite: Suite | undefined;
  json: boolean;
  quick: boolean;
  only: string;
  /** `undefined` for as many as the suite has by default. */
  rounds: number | undefined;
}

/**
 * Parses the command line; `undefined` when it asks for help.
 * @throws {RangeError} with a text for the user
 */
export function parseArguments(args: readonly string[]): Arguments | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      rounds: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [name, ...rest] = positionals;
  if (values.help) return undefined;
  if (rest.length > 0)
    throw new RangeError(`Cannot run more than one suite at a time: "${rest.join('", "')}"`);
  const suite = SUITES.find((each) => each.name === name);
  if (name !== undefined && suite === undefined) {
    const names = SUITES.map((each) => `"${each.name}"`).join(', ');
    throw new RangeError(`Cannot find the suite "${name}": there are ${names}`);
  }
  const { quick, json, only } = values;
  return { suite, json, quick, only, rounds: roundsFrom(values.rounds) };
}

function roundsFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= 1) return rounds;
  throw new RangeError(`Cannot use "--rounds ${text}": wanted a whole number from 1`);
}

/** Explains the command. */
export function helpText(): string {
  const width = Math.max(...SUITES.map(({ name }) => name.length));
  const suites = SUITES.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: npm run -s bench -- [SUITE] [options]

Without SUITE it runs every one and writes bench/report/index.html.

Suites:
${suites.join('\n')}

Options:
  --json      print one JSON object instead of a table
  --rounds N  how many rounds to measure; more are steadier
  --only TEXT measure only the rows with TEXT in their names
  --quick     measure as little as can be: numbers mean nothing
  -h, --help  show this text

Every round measures every variant once, in random order; ratios are medians of the ratios within a round.
The exit code is 0 when the suite ran, whatever the verdict, 1 when it failed, and 2 for a wrong argument.
`;
}
