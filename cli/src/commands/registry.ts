import type { Command } from 'commander';
import type { Io } from '../io.js';
import { devCommand } from './dev.js';
import { inspectCommand } from './inspect.js';
import { listCommand } from './list.js';
import { runCommand } from './run.js';
import { stateCommand } from './state.js';
import { witCommand } from './wit.js';

/** Makes a verb of the command line. */
export type CommandFactory = (io: Io) => Command;

/** Every verb, in the order in which help shows them. */
export const COMMANDS: readonly CommandFactory[] = [
  devCommand,
  listCommand,
  inspectCommand,
  runCommand,
  stateCommand,
  witCommand,
];
