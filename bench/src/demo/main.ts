import { PluginError } from '@wasm-plugin/abi';
import { parseArguments, UsageError, USAGE } from './arguments.js';
import { DemoError } from './demo-error.js';
import { runDemo } from './run-demo.js';

/** `npm run demo [file.wav]`. */
async function main(): Promise<number> {
  try {
    const wanted = parseArguments(process.argv.slice(2));
    process.stdout.write(wanted === undefined ? USAGE : await runDemo(wanted));
    return 0;
  } catch (error) {
    if (!(error instanceof DemoError) && !PluginError.is(error)) throw error;
    const hint = error instanceof DemoError && error.hint !== undefined ? ` hint: ${error.hint}\n` : '';
    process.stderr.write(`error: ${error.message}\n${hint}`);
    if (!(error instanceof UsageError)) return 1;
    process.stderr.write(`\n${USAGE}`);
    return 2;
  }
}

process.exitCode = await main();
