import { LOG_LEVELS, type LogLevel } from '@wasm-plugin/engine/sandbox';
import { PluginError, resolveLimits, type GuestError, type Limits } from '@wasm-plugin/abi';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import { Command, Option } from 'commander';
import { CliError } from '../cli-error.js';
import { loadError, readComponent, readInput, type ComponentFile } from '../component/index.js';
import type { Io } from '../io.js';
import {
  callExport,
  findExport,
  hostImports,
  limitOptions,
  limitsFrom,
  settingsFrom,
  type Setting,
} from '../run/index.js';
import { formatJson } from '../terminal/index.js';
import { argumentsFrom } from '../values/index.js';

const NOTES = `
Arguments are a JSON array, or an object with one entry a parameter; @FILE reads them from a file:
  bool true, integers and floats 1.5, u64 and s64 also "18446744073709551615", floats also "NaN",
  char and string "text", list [1, 2], list<u8> also { "base64": "AAEC" } or { "text": "abc" },
  record { "sampleRateHz": 48000 }, variant { "tag": "name", "val": 1 }, enum "name",
  flags { "name": true } or ["name"], option null or the value, result { "tag": "ok", "val": 1 }

The result is printed as JSON of the same form. The error case of a WIT result goes to stderr; exit code 1.
Limits are numbers, or texts such as "64 MiB", "50 ms", "1e6" and "none". A guest that hits one is stopped.
If the component exports wasm-plugin:abi/lifecycle, init is called first with the settings of --config.

Examples:
  $ wasm-plugin run math.wasm --export add --args '[1, 2]'
  $ wasm-plugin run compressor.wasm --export processor#describe
  $ wasm-plugin run compressor.wasm --export processor#get-parameter --args '[0]' --config threshold=-30
  $ wasm-plugin run primes.wasm --export count --args '[1000000]' --time '200 ms' --memory '16 MiB' --fuel 1e9

Exit codes: 0 done, 1 the plugin failed or cannot run, 2 wrong usage, also of the arguments.`;

interface RunOptions extends Record<string, unknown> {
  export?: string;
  args: string;
  config?: string[];
  init: boolean;
  logLevel: LogLevel;
  json?: boolean;
}

/** `wasm-plugin run FILE --export NAME`: calls one function of a component. */
export function runCommand(io: Io): Command {
  const command = new Command('run')
    .summary('call a function that a component exports')
    .description(
      'Loads a component, calls one exported function and prints its result as JSON. The component gets a log ' +
        '(to stderr) and its settings, nothing else of the machine.',
    )
    .argument('<file>', 'a WebAssembly component (.wasm)')
    .option('-e, --export <name>', 'the function: "add", "acme:audio/processor#describe"')
    .option('-a, --args <json>', 'the arguments, as JSON', '[]')
    .option('-c, --config <key=value>', 'a setting for the plugin; may be repeated', collect)
    .addOption(
      new Option('--log-level <level>', 'the least level of log lines to show')
        .choices(LOG_LEVELS)
        .default('info'),
    )
    .option('--no-init', 'do not call init of wasm-plugin:abi/lifecycle first')
    .option('--json', 'print one JSON object: { "result": … }, or { "error": … }');
  for (const option of limitOptions()) command.addOption(option);
  return command
    .addHelpText('after', NOTES)
    .action((file: string, options: RunOptions) => run(file, options, io));
}

function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

async function run(path: string, options: RunOptions, io: Io): Promise<void> {
  const file = readComponent(path);
  const found = findExport(file.type, options.export);
  const args = argumentsFrom(argumentText(options.args), found.type);
  const settings = settingsFrom(options.config ?? []);
  const limits = limitsFrom(options);
  const instance = await start(file, { settings, limits, logLevel: options.logLevel, io });
  if (options.init && !/^wasm-plugin:abi\/lifecycle@.*#init$/.test(found.label))
    init(instance, { path, settings });
  const outcome = callExport(instance, { found, args });
  if (outcome.kind === 'err') {
    const text = typeof outcome.json === 'string' ? outcome.json : formatJson(outcome.json);
    throw new CliError(`Cannot complete "${found.label}": the plugin says: ${text}`, {
      code: 'WP_GUEST',
      payload: outcome.json,
    });
  }
  if (options.json === true) io.out(`${JSON.stringify({ result: outcome.json })}\n`);
  else if (found.type.result !== undefined) io.out(`${formatJson(outcome.json)}\n`);
}

function argumentText(given: string): string {
  return given.startsWith('@') ? new TextDecoder().decode(readInput(given.slice(1))) : given;
}

async function start(
  file: ComponentFile,
  { limits, ...rest }: { settings: readonly Setting[]; limits: Limits; logLevel: LogLevel; io: Io },
): Promise<Instance> {
  const { logLinesPerSecond } = resolveLimits(limits);
  const imports = hostImports(file.type, { path: file.path, logLinesPerSecond, ...rest });
  const engine = createEngine({ imports, limits });
  try {
    return (await engine.load(file.bytes, { name: file.path })).instantiate();
  } catch (error) {
    throw PluginError.is(error) && error.code.startsWith('WP_MODULE') ? loadError(file.path, error) : error;
  }
}

/** Makes a plugin ready, as every host does before anything else. */
function init(instance: Instance, { path, settings }: { path: string; settings: readonly Setting[] }): void {
  const name = Object.keys(instance.exports).find((key) => key.startsWith('wasm-plugin:abi/lifecycle@'));
  if (name === undefined) return;
  try {
    (instance.exports[name] as { init(settings: readonly Setting[]): void }).init(settings);
  } catch (error) {
    if (!PluginError.is(error) || error.code !== 'WP_GUEST') throw error;
    throw new CliError(`Cannot start "${path}": the plugin says: ${String((error as GuestError).payload)}`, {
      code: 'WP_GUEST',
      payload: (error as GuestError).payload,
    });
  }
}
