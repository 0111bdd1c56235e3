import { Command } from 'commander';
import type { Io } from '../io.js';
import { markVersion, type MarkOptions } from './mark-version.js';
import { REGISTRY_NOTES, registryOption } from './open-registry.js';
import type { Mark } from './registry.js';

/** The words of a command that marks a version. */
export interface MarkWords {
  name: string;
  mark: Mark;
  summary: string;
  description: string;
  /** A reason, for the example. */
  reason: string;
}

/** Makes the command that marks a published version, or takes that back. */
export function markCommand(io: Io, { name, mark, summary, description, reason }: MarkWords): Command {
  return new Command(name)
    .summary(summary)
    .description(description)
    .argument('<plugin>', 'an id and a version: acme.eq@1.2.0')
    .option('--reason <text>', 'why')
    .option('--undo', 'take it back')
    .addOption(registryOption())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The reason is shown to those who install it. No file changes, so signatures and lock files stay valid.
${REGISTRY_NOTES}

Examples:
  $ wasm-plugin ${name} acme.eq@1.2.0 --reason "${reason}" --registry /srv/plugins
  $ wasm-plugin ${name} acme.eq@1.2.0 --undo --registry /srv/plugins

Exit codes: 0 done, 1 there is no such version or the registry is at fault, 2 wrong usage.`,
    )
    .action((plugin: string, options: MarkOptions) => markVersion(plugin, { mark, options, io }));
}
