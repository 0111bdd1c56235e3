import type { Command } from 'commander';
import type { Io } from '../io.js';
import { benchCommand } from './bench.js';
import { buildCommand } from './build.js';
import { devCommand } from './dev.js';
import { doctorCommand } from './doctor.js';
import { explainCommand } from './explain.js';
import { hostCommand } from './host.js';
import { inspectCommand } from './inspect.js';
import { keygenCommand } from './keygen.js';
import { listCommand } from './list.js';
import { newCommand } from './new.js';
import { OPERATE_COMMANDS } from './operate.js';
import { packCommand } from './pack.js';
import { rolloutCommand } from './rollout.js';
import { runCommand } from './run.js';
import { serveCommand } from './serve.js';
import { signCommand } from './sign.js';
import { stateCommand } from './state.js';
import { testCommand } from './test.js';
import { typesCommand } from './types.js';
import { verifyCommand } from './verify.js';
import { deprecateCommand } from './deprecate.js';
import { installCommand } from './install.js';
import { outdatedCommand } from './outdated.js';
import { publishCommand } from './publish.js';
import { searchCommand } from './search.js';
import { uninstallCommand } from './uninstall.js';
import { updateCommand } from './update.js';
import { yankCommand } from './yank.js';
import { completionCommand } from './completion.js';
import { witCommand } from './wit.js';

/** Makes a verb of the command line. */
export type CommandFactory = (io: Io) => Command;

/** Every verb, in the order in which help shows them. */
export const COMMANDS: readonly CommandFactory[] = [
  newCommand,
  buildCommand,
  testCommand,
  benchCommand,
  devCommand,
  listCommand,
  inspectCommand,
  runCommand,
  hostCommand,
  ...OPERATE_COMMANDS,
  serveCommand,
  rolloutCommand,
  packCommand,
  keygenCommand,
  signCommand,
  verifyCommand,
  publishCommand,
  yankCommand,
  deprecateCommand,
  searchCommand,
  installCommand,
  outdatedCommand,
  updateCommand,
  uninstallCommand,
  stateCommand,
  typesCommand,
  witCommand,
  explainCommand,
  completionCommand,
  doctorCommand,
];
