import { Argument, Command } from 'commander';
import { bashCompletion, commandTree, fishCompletion, zshCompletion } from '../completion/index.js';
import type { Io } from '../io.js';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

const NOTES = `
What is offered are commands, options and their values; elsewhere files.

Examples:
  $ source <(wasm-plugin completion bash)
  $ source <(wasm-plugin completion zsh)
  $ wasm-plugin completion fish > ~/.config/fish/completions/wasm-plugin.fish

Exit codes: 0 done, 2 wrong usage.`;

/** `wasm-plugin completion SHELL`: prints a shell's script for completing command lines. */
export function completionCommand(io: Io): Command {
  return new Command('completion')
    .summary('print the completion of commands for a shell')
    .description('Prints what a shell needs to complete the commands and options of wasm-plugin.')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(SHELLS)))
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action((shell: keyof typeof SHELLS, { json = false }: { json?: boolean }, command: Command) => {
      const script = SHELLS[shell](commandTree(command.parent as Command));
      if (json) io.json({ shell, script });
      else io.out(script);
    });
}
