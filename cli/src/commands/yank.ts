import { Command } from 'commander';
import type { Io } from '../io.js';
import { markVersion, type MarkOptions } from '../registry/index.js';
import { REGISTRY_NOTES, registryOption } from '../registry/index.js';

const NOTES = `
The reason is shown to those who install it. No file changes, so signatures and lock files stay valid.
${REGISTRY_NOTES}

Examples:
  $ wasm-plugin yank acme.eq@1.2.0 --reason "has a hole in its parser" --registry /srv/plugins
  $ wasm-plugin yank acme.eq@1.2.0 --undo --registry /srv/plugins

Exit codes: 0 done, 1 there is no such version or the registry is at fault, 2 wrong usage.`;

/** `wasm-plugin yank ID@VERSION`. */
export function yankCommand(io: Io): Command {
  return new Command('yank')
    .summary('keep a published version from being installed anew')
    .description(
      'Says of a published version that it should not be installed any more, and why. Who has it keeps it.',
    )
    .argument('<plugin>', 'an id and a version: acme.eq@1.2.0')
    .option('--reason <text>', 'why')
    .option('--undo', 'take it back')
    .addOption(registryOption())
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action((plugin: string, options: MarkOptions) => markVersion(plugin, { mark: 'yanked', options, io }));
}
