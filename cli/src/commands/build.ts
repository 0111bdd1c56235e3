import { once } from 'node:events';
import { relative, resolve } from 'node:path';
import { watch } from '@wasm-plugin/engine/reload';
import { Command } from 'commander';
import { buildFolder, type BuildResult } from '../build/index.js';
import type { Io } from '../io.js';
import { errorReport, renderError } from '../render-error.js';
import { formatBytes, formatMs, StatusLine } from '../terminal/index.js';

const NOTES = `
What the folder holds decides how it is built: "build": { "command": "…" } in its plugin.json, AssemblyScript
(assembly/index.ts), Rust (Cargo.toml), JavaScript (src/index.js; needs componentize-qjs), TypeScript (src/index.ts; needs
esbuild too), Python (app.py; needs componentize-py), C (src/plugin.c; needs clang and wit-bindgen). The WIT is in its
folder "wit", else that of wasm-plugin:abi. The component becomes the "entry" of plugin.json.

Where no file in the folder has changed since the last build, nothing is built: its folder .wasm-plugin notes what was.
Commands, and crates that are parts of a workspace or have others beside them, are asked each time. --force builds all
the same.

Examples:
  $ wasm-plugin build eq
  $ wasm-plugin build eq --watch
  $ wasm-plugin build eq -o dist/eq.wasm --debug

Exit codes: 0 done, 1 the sources have errors or the folder is no plugin, 2 wrong usage.`;

interface Options {
  output?: string;
  debug?: boolean;
  force?: boolean;
  watch?: boolean;
  json?: boolean;
}

const PROGRESS_MS = 250;

/** `wasm-plugin build [DIR]`: sources to a component. */
export function buildCommand(io: Io): Command {
  return new Command('build')
    .summary('build a plugin from its sources')
    .description(
      'Builds the component of a plugin from its sources, in AssemblyScript, Rust, C, JavaScript, TypeScript, Python, or by a command.',
    )
    .argument('[dir]', 'the folder of a plugin: with its plugin.json and its sources', '.')
    .option('-o, --output <file>', 'where the component goes; the "entry" of plugin.json, unless given')
    .option('--debug', 'put the names of functions and a source map into it, where the compiler can')
    .option('--force', 'build also where nothing has changed')
    .option('--watch', 'build again each time that a file changes, until Ctrl+C')
    .option('--json', 'print one JSON object; with --watch, one a line for each build')
    .addHelpText('after', NOTES)
    .action(async (folder: string, options: Options) => {
      if (options.watch === true) await buildForEver(folder, options, io);
      else report(await buildOnce(folder, options, io), options, io);
    });
}

async function buildOnce(
  folder: string,
  options: Options,
  io: Io,
  signal?: AbortSignal,
): Promise<BuildResult> {
  const { output, debug, force } = options;
  const line = new StatusLine(io);
  let timer: NodeJS.Timeout | undefined;
  const onBegin = (builder: string): void => {
    const began = performance.now();
    const show = (): void => line.show(` building (${builder}), ${formatMs(performance.now() - began)} `);
    timer = options.json === true ? undefined : setInterval(show, PROGRESS_MS);
  };
  try {
    return await buildFolder(folder, { output, debug, force, signal, onBegin });
  } finally {
    clearInterval(timer);
    line.show('');
  }
}

async function buildForEver(folder: string, options: Options, io: Io): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const take = async (): Promise<void> => {
    try {
      const result = await buildOnce(folder, options, io, stop.signal);
      // The output of a build is a change too, and builds nothing.
      if (!result.unchanged || isFirst) report(result, options, io);
    } catch (error) {
      if (stop.signal.aborted) return;
      if (options.json === true) io.json(errorReport(error));
      io.err(renderError(error, io));
    }
    isFirst = false;
  };
  let isFirst = true;
  let taken = Promise.resolve();
  const next = (): Promise<void> => (taken = taken.then(take));
  const watched = await watch(folder, next, { onError: (error) => io.err(renderError(error, io)) });
  const alive = setInterval(() => {}, 60_000);
  try {
    const stopped = once(stop.signal, 'abort');
    await Promise.race([next(), stopped]);
    await stopped;
  } finally {
    clearInterval(alive);
    await watched.close();
  }
}

function report(result: BuildResult, { json }: Options, io: Io): void {
  if (json !== true) return reportBuild(result, io);
  const { manifest, builder, file, sizeBytes, sizeBeforeBytes = null, unchanged, durationMs } = result;
  const { id, version } = manifest;
  io.json({ id, version, builder, file, sizeBytes, sizeBeforeBytes, unchanged, durationMs });
}

/** Reports the result of a build in one line. */
export function reportBuild(result: BuildResult, io: Io): void {
  const { manifest, builder, file, sizeBytes, sizeBeforeBytes, unchanged, durationMs } = result;
  const { id, version } = manifest;
  const place = relative('.', resolve(file));
  const was =
    unchanged || sizeBeforeBytes === undefined || sizeBeforeBytes === sizeBytes
      ? ''
      : ` (was ${formatBytes(sizeBeforeBytes)})`;
  const how = unchanged ? 'nothing has changed' : `${builder}, ${formatMs(durationMs)}`;
  io.out(`${io.style('green', '✓')} ${place}: ${id} ${version}, ${formatBytes(sizeBytes)}${was}; ${how}\n`);
}
