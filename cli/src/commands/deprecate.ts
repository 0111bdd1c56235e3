import type { Command } from 'commander';
import type { Io } from '../io.js';
import { markCommand } from '../registry/index.js';

/** `wasm-plugin deprecate ID@VERSION`. */
export function deprecateCommand(io: Io): Command {
  return markCommand(io, {
    name: 'deprecate',
    mark: 'deprecated',
    summary: 'advise against a published version',
    description:
      'Says of a published version that another one should be used, and why. It is still installed.',
    reason: 'use acme.filter',
  });
}
