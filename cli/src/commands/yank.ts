import type { Command } from 'commander';
import type { Io } from '../io.js';
import { markCommand } from '../registry/index.js';

/** `wasm-plugin yank ID@VERSION`. */
export function yankCommand(io: Io): Command {
  return markCommand(io, {
    name: 'yank',
    mark: 'yanked',
    summary: 'keep a published version from being installed anew',
    description:
      'Says of a published version that it should not be installed any more, and why. Who has it keeps it.',
    reason: 'has a hole in its parser',
  });
}
