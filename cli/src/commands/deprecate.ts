import { Command } from 'commander';
import type { Io } from '../io.js';
import { markVersion, type MarkOptions } from '../registry/index.js';
import { REGISTRY_NOTES, registryOption } from '../registry/index.js';

const NOTES = `
The reason is shown to those who install it. No file changes, so signatures and lock files stay valid.
${REGISTRY_NOTES}

Examples:
  $ wasm-plugin deprecate acme.eq@1.2.0 --reason "use acme.filter" --registry /srv/plugins
  $ wasm-plugin deprecate acme.eq@1.2.0 --undo --registry /srv/plugins

Exit codes: 0 done, 1 there is no such version or the registry is at fault, 2 wrong usage.`;

/** `wasm-plugin deprecate ID@VERSION`. */
export function deprecateCommand(io: Io): Command {
  return new Command('deprecate')
    .summary('advise against a published version')
    .description(
      'Says of a published version that another one should be used, and why. It is still installed.',
    )
    .argument('<plugin>', 'an id and a version: acme.eq@1.2.0')
    .option('--reason <text>', 'why')
    .option('--undo', 'take it back')
    .addOption(registryOption())
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action((plugin: string, options: MarkOptions) =>
      markVersion(plugin, { mark: 'deprecated', options, io }),
    );
}
