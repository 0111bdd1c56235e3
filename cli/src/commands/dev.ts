import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { runDev } from '../dev/index.js';
import type { Io } from '../io.js';
import { grantOption, grantsFrom, limitOptions, limitsFrom, settingsFrom } from '../run/index.js';
import { repeated } from '../repeated.js';

const NOTES = `
What the folder is decides how it is built: "build": { "command": "…" } in its plugin.json, AssemblyScript
(assembly/index.ts), Rust (Cargo.toml); any other is taken as it is. The WIT is in its folder "wit", else that of
wasm-plugin:abi. What is built stays in memory.

When a file changes, the plugin is built again and replaced, its state carried over. While the sources have errors,
and when the new version is refused, the old one goes on. With --call a function is called again and again, through
every reload; its answer is shown when it is another one. On a terminal the last line says what runs, how often it was
reloaded, and what it uses.

A component that exports wasi:cli/run is a program: each version is run from its beginning, with the words after --, and
the one before is ended.

With --json each line is an object with "event":
  watching     what is watched, and how it is built
  building     a build has begun; each 10 s that it still goes on: sinceMs
  built        it was built: durationMs
  ready        the first version runs
  reloaded     another version runs: from, to, state, pauseMs, durationMs
  unchanged    what was built is what runs
  failed       a build, start, reload, save, or the watching failed: what, step, message, hint, running
  confirmed    the new version has passed its time of probation: version, calls
  rolled-back  it has not: from, to, replayed, lost, message
  skipped-state, save-failed   a saved state is of no use, a state was not saved: message
  denied       the plugin was refused something: capability, lacking
  log          a line of its log: level, message
  output       what it wrote: stream, text
  answer       the answer of --call, where it is another one: export, text
  usage        what it uses, after each start and reload: usage, reloads, failures
  exited       a program ended: exitCode
  saved        its state was saved at the end: bytes, store
  ended        the last line

Examples:
  $ wasm-plugin dev eq --grant log
  $ wasm-plugin dev counter --call counter#add --args '[1]' --every 500 --store .wasm-plugin/state

Exit codes: 0 ended by Ctrl+C, 1 the folder is no plugin, 2 wrong usage.`;

interface Options {
  grant?: string[];
  config?: string[];
  store?: string;
  call?: string;
  args: string;
  every: number;
  ignore?: string[];
  poll?: number;
  json?: boolean;
}

/** `wasm-plugin dev DIR`: builds, runs and reloads a plugin while somebody works on it. */
export function devCommand(io: Io): Command {
  const command = new Command('dev')
    .summary('build a plugin, run it, and reload it with its state when its sources change')
    .description('Builds a plugin, runs it, and reloads it with its state each time that its sources change.')
    .argument('<dir>', 'the folder of a plugin: with its plugin.json and its sources')
    .argument('[words...]', 'the arguments of a program, after --')
    .addOption(grantOption('what the plugin may reach'))
    .option(
      '-c, --config <key=value>',
      'a setting for the plugin; its schema says what the text is',
      repeated,
    )
    .option('-s, --store <dir>', 'keep its state here: it is taken up again at the next start')
    .option('--call <name>', 'call this function again and again: "processor#describe"')
    .option('-a, --args <json>', 'the arguments of --call, as JSON', '[]')
    .option('--every <ms>', 'how often --call calls', milliseconds, 1000)
    .option(
      '--ignore <pattern>',
      'a name (*.log) or path (out/cache) that is not watched; may be repeated',
      repeated,
    )
    .option('--poll <ms>', 'look so often, where the file system tells of no changes', milliseconds)
    .option('--json', 'print one JSON object a line for each thing that happens');
  for (const option of limitOptions()) command.addOption(option);
  return command
    .addHelpText('after', NOTES)
    .action(async (folder: string, words: string[], options: Options) => {
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
      const { grant = [], config = [], store, call, args, every, ignore, poll, json = false } = options;
      await runDev(
        resolve(folder),
        {
          grants: grantsFrom(grant),
          settings: settingsFrom(config),
          words,
          limits: limitsFrom({ ...options }),
          store,
          call: call === undefined ? undefined : { export: call, args, everyMs: every },
          stop: stop.signal,
          ignore,
          pollMs: poll,
          json,
        },
        io,
      );
    });
}

function milliseconds(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 10) return value;
  throw new InvalidArgumentError('wanted a number of milliseconds, 10 or more');
}
