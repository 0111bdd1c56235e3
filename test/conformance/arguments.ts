import { parseArgs } from 'node:util';
import type { Suite } from './suite/index.js';
import { isSuite } from './suites.js';

/** The parsed command line. */
export interface Options {
  suite: Suite;
  json: boolean;
  /** Only cases, or scripts of cases, with this in their name run. */
  only: string;
}

/** Parses the command line; `undefined` where it is not understood. */
export function parseArguments(args: string[]): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
    });
    const [suite, ...rest] = positionals;
    if (!isSuite(suite) || rest.length > 0) return undefined;
    return { suite, ...values };
  } catch {
    return undefined;
  }
}
