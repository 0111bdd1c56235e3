import { basename } from 'node:path';
import { PluginError, resolveLimits, type GuestError } from '@wasm-plugin/abi';
import type { Instance } from '@wasm-plugin/engine';
import { LOG_LEVELS, type LogLevel } from '@wasm-plugin/engine/sandbox';
import { Command, Option } from 'commander';
import { CliError } from '../cli-error.js';
import { readComponent, readInput, type ComponentFile } from '../component/index.js';
import type { Io } from '../io.js';
import {
  callExport,
  findExport,
  grantHint,
  grantOption,
  grantsFrom,
  isProgram,
  limitOptions,
  limitsFrom,
  processStdio,
  runProgram,
  settingsFrom,
  withComponent,
  type Setting,
  type Started,
} from '../run/index.js';
import { isLibrary, processWav } from '../native/index.js';
import { formatCount, formatJson } from '../terminal/index.js';
import { argumentsFrom } from '../values/index.js';
import { repeated } from '../repeated.js';

const NOTES = `
Arguments are a JSON array, or an object with one entry a parameter; @FILE reads them from a file:
  bool true, integers and floats 1.5, u64 and s64 also "18446744073709551615", floats also "NaN",
  char and string "text", list [1, 2], list<u8> also { "base64": "AAEC" } or { "text": "abc" },
  record { "sampleRateHz": 48000 }, variant { "tag": "name", "val": 1 }, enum "name",
  flags { "name": true } or ["name"], option null or the value, result { "tag": "ok", "val": 1 }

The result is printed as JSON of the same form. The error case of a WIT result goes to stderr; exit code 1.
Limits are numbers, or texts such as "64 MiB", "50 ms", "1e6" and "none". A guest that hits one is stopped.
If the component exports wasm-plugin:abi/lifecycle, init is called first with the settings of --config.

A component that exports wasi:cli/run is a program: without --export it is run, with the words after -- as its arguments.
It has the standard streams; its exit code is passed on. With --json its output goes to stderr.

Of the machine a component reaches what --grant names, and nothing else. Paths of fs without a "/" are in --folder:
  --grant clock --grant random --grant stdio --grant fs:data --grant fs:/srv/music:ro --grant http:api.example.com
  --grant fs:/srv/music::/music:ro (which the component knows as /music) --grant env:LANG --grant 'env:*'

A native library (LADSPA, CLAP, wasm_plugin.h) runs in a process of its own and processes a sound: --in, --out; its parameters are
settings, by their names.

Examples:
  $ wasm-plugin run math.wasm --export add --args '[1, 2]'
  $ wasm-plugin run compressor.wasm --export processor#describe
  $ wasm-plugin run compressor.wasm --export processor#get-parameter --args '[0]' --config threshold=-30
  $ wasm-plugin run words.wasm --grant fs:.:ro -- notes.txt < input.txt
  $ wasm-plugin run /usr/lib/clap/ZamTube.clap --in song.wav --out warm.wav --config 'Tube Drive=5'
  $ wasm-plugin run primes.wasm --export count --args '[1000000]' --time '200 ms' --memory '16 MiB' --fuel 1e9

Exit codes: 0 done, 1 the plugin failed or cannot run, 2 wrong usage, also of the arguments; of a program its own.`;

interface RunOptions extends Record<string, unknown> {
  export?: string;
  args: string;
  config?: string[];
  grant?: string[];
  folder: string;
  init: boolean;
  logLevel: LogLevel;
  json?: boolean;
  in?: string;
  out?: string;
  plugin?: string;
}

/** `wasm-plugin run FILE`: calls one function of a component, or runs the program that it is. */
export function runCommand(io: Io): Command {
  const command = new Command('run')
    .summary('run a program, or call a function that a component exports')
    .description(
      'Loads a component and runs it: the program that it is, or with --export one function, whose result is printed as ' +
        'JSON. It gets a log (to stderr) and its settings; of the machine it reaches what --grant names.',
    )
    .argument('<file>', 'a WebAssembly component (.wasm), or a native library')
    .argument('[words...]', 'the arguments of a program, after --')
    .option('-e, --export <name>', 'the function: "add", "acme:audio/processor#describe"')
    .option('-a, --args <json>', 'the arguments, as JSON', '[]')
    .option('-c, --config <key=value>', 'a setting for the plugin; may be repeated', repeated)
    .addOption(grantOption())
    .option('--folder <dir>', 'the folder that relative paths of fs are in', '.')
    .addOption(
      new Option('--log-level <level>', 'the least level of log lines to show')
        .choices(LOG_LEVELS)
        .default('info'),
    )
    .option('--in <wav>', 'of a native library: the sound to process, a WAV file')
    .option('--out <wav>', 'where the processed sound goes')
    .option('--plugin <name>', 'the plugin of a library that holds several')
    .option('--no-init', 'do not call init of wasm-plugin:abi/lifecycle first')
    .option(
      '--json',
      'print one JSON object: { "result": … }, { "exitCode": … } of a program, or { "error": … }',
    );
  for (const option of limitOptions()) command.addOption(option);
  return command
    .addHelpText('after', NOTES)
    .action((file: string, words: string[], options: RunOptions) => run(file, { words, options, io }));
}

/** The words of a command line, and the destination of the answer. */
interface Request {
  words: readonly string[];
  options: RunOptions;
  io: Io;
}

async function run(path: string, { words, options, io }: Request): Promise<void> {
  if (isLibrary(readInput(path))) {
    await runLibrary(path, options, io);
    return;
  }
  const file = readComponent(path);
  const limits = limitsFrom(options);
  const program = options.export === undefined && isProgram(file.type);
  const given = {
    limits,
    resolved: resolveLimits(limits),
    grants: grantsFrom(program ? [...(options.grant ?? []), 'stdio'] : (options.grant ?? [])),
    settings: settingsFrom(options.config ?? []),
    logLevel: options.logLevel,
    folder: options.folder,
    stdio: processStdio({ outToErr: !program || options.json === true }),
    io,
  };
  if (program) {
    const args = [basename(path), ...words];
    process.exitCode = await withComponent(file, { ...given, args }, (started) =>
      exitCodeOf(started, options, io),
    );
    return;
  }
  if (words.length > 0) throw surplus(words);
  const call = functionCall(file, { ...options, settings: given.settings });
  const { json, isVoid } = await withComponent(file, given, ({ instance }) => call(instance));
  if (options.json === true) io.json({ result: json });
  else if (!isVoid) io.out(`${formatJson(json)}\n`);
}

async function runLibrary(
  ...[path, options, io]: [path: string, options: RunOptions, io: Io]
): Promise<void> {
  const { in: input, out: output, plugin, json = false } = options;
  if (input === undefined || output === undefined) {
    throw new CliError(`Cannot run "${path}": a library processes sound, and no sound is said`, {
      exitCode: 2,
      hint: `wasm-plugin run ${path} --in song.wav --out processed.wav`,
    });
  }
  const settings = settingsFrom(options.config ?? []);
  const done = await processWav(path, { input, output, plugin, settings, io });
  if (json) {
    io.json({ result: { ...done, output } });
    return;
  }
  const seconds = Number((done.frames / done.sampleRateHz).toPrecision(4));
  io.out(`${io.style('green', '✓')} ${seconds} s of ${formatCount(done.channels, 'channel')} in ${output}\n`);
}

function exitCodeOf({ instance, sandbox }: Started, { json }: RunOptions, io: Io): number {
  const exitCode = runProgram(instance);
  const hint = exitCode === 0 ? undefined : grantHint(sandbox.denials);
  if (json === true) io.json({ exitCode, denied: sandbox.denials.map(({ capability }) => capability) });
  if (hint !== undefined) io.err(`${io.styleErr('cyan', 'hint:')} ${hint}\n`);
  return exitCode;
}

function surplus(words: readonly string[]): CliError {
  return new CliError(`Cannot use "${words[0]}": a function has its arguments in --args`, {
    exitCode: 2,
    hint: 'Only a program, a component that exports wasi:cli/run, has arguments after --',
  });
}

/** Reads which function is meant and its arguments, before anything runs. */
function functionCall(
  { path, type }: ComponentFile,
  { export: wanted, args: text, init: wantsInit, settings }: RunOptions & { settings: readonly Setting[] },
): (instance: Instance) => Promise<{ json: unknown; isVoid: boolean }> {
  const found = findExport(type, wanted);
  const args = argumentsFrom(argumentText(text), found.type);
  return async (instance) => {
    if (wantsInit && !/^wasm-plugin:abi\/lifecycle@.*#init$/.test(found.label))
      init(instance, { path, settings });
    const outcome = await callExport(instance, { found, args });
    if (outcome.kind === 'ok') return { json: outcome.json, isVoid: found.type.result === undefined };
    const said = typeof outcome.json === 'string' ? outcome.json : formatJson(outcome.json);
    throw new CliError(`Cannot complete "${found.label}": the plugin says: ${said}`, {
      code: 'WP_GUEST',
      payload: outcome.json,
    });
  };
}

function argumentText(given: string): string {
  return given.startsWith('@') ? new TextDecoder().decode(readInput(given.slice(1))) : given;
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
