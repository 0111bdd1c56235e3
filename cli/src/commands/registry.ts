import type { Command } from 'commander';
import type { Io } from '../io.js';
import { inspectCommand } from './inspect.js';
import { runCommand } from './run.js';
import { witCommand } from './wit.js';

/** Makes a verb of the command line. */
export type CommandFactory = (io: Io) => Command;

/** Every verb, in the order in which help shows them. */
export const COMMANDS: readonly CommandFactory[] = [inspectCommand, runCommand, witCommand];
