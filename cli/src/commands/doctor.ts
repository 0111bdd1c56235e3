import { Command } from 'commander';
import type { Io } from '../io.js';
import { machineReport, renderMachine } from '../native/index.js';

const NOTES = `
What a machine cannot carry, a manifest can leave to another of its entries: see docs/carriers.md.

Exit codes: 0 done, whatever is missing; 2 wrong usage.`;

/** `wasm-plugin doctor`: lists the carriers that this machine can run, and the reasons for the others. */
export function doctorCommand(io: Io): Command {
  return new Command('doctor')
    .summary('say what this machine can run, and why not')
    .description(
      'Looks at Node.js and at the system: which carriers run here, and how libraries can be confined.',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(({ json = false }: { json?: boolean }) => {
      const report = machineReport();
      if (json) io.json(report);
      else io.out(renderMachine(report, io));
    });
}
