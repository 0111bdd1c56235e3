import type { Command } from 'commander';

/** A word of the command line, and the words that may come after it. */
export interface CompletionNode {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CompletionNode[];
  readonly options: readonly CompletionOption[];
}

/** An option that may come after a command. */
export interface CompletionOption {
  /** `--json`. */
  readonly long: string;
  /** `-j`. */
  readonly short: string | undefined;
  readonly summary: string;
  /** True if a value comes after it. */
  readonly takesValue: boolean;
  /** The values that it may have; empty: any, and files are offered. */
  readonly choices: readonly string[];
}

/** Reads the possible command lines from the table of commands. */
export function commandTree(command: Command): CompletionNode {
  const options = command.createHelp().visibleOptions(command);
  return {
    name: command.name(),
    summary: command.summary() || firstSentence(command.description()),
    commands: command.commands.map(commandTree),
    options: options.flatMap(({ long, short, description, required, optional, argChoices }) =>
      long == null
        ? []
        : [
            {
              long,
              short: short ?? undefined,
              summary: firstSentence(description),
              takesValue: required || optional,
              choices: argChoices ?? [],
            },
          ],
    ),
  };
}

/** All commands with the words that lead to them; the program itself has none. */
export function* walk(
  node: CompletionNode,
  path: readonly string[] = [],
): Generator<{ node: CompletionNode; path: readonly string[] }> {
  yield { node, path };
  for (const command of node.commands) yield* walk(command, [...path, command.name]);
}

function firstSentence(text: string): string {
  return text.split(/[\n:;,.]/)[0] ?? '';
}
