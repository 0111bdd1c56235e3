import { existsSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  countsFuel,
  perfettoTrace,
  renderHtml,
  renderText,
  runBench,
  type MeasurementRequest,
  type PluginFile,
} from '../audio-bench/index.js';
import { SOUNDS } from '../audio/index.js';
import { fileError, readComponent, readInput } from '../component/index.js';
import type { Io } from '../io.js';
import { isLibrary, pickPlugin, scanLibrary } from '../native/index.js';
import { repeated } from '../repeated.js';
import { settingsFrom } from '../run/index.js';
import { builtComponent } from '../suite/index.js';
import { StatusLine } from '../terminal/index.js';
import { reportBuild } from './build.js';

const NOTES = `
It measures a block after another: at one setup first, then with each thing varied alone (block size, input, instances, and what
--rate and --channels list). The plugin, the same without limits, --against and a fixed piece of work take turns, so that they meet
the same noise of the machine; several processes measure, and their medians count. Times of a busy machine say little about the
worst block: look at "load" in the last line. Fuel a frame is the same on each machine.

Inputs are ${SOUNDS.map((name) => `"${name}"`).join(', ')}, or WAV files. The first one is that of the rows which vary
something else. "silence" comes after a sound.

A native library (LADSPA, CLAP, wasm_plugin.h) runs in a process of its own, which costs some microseconds a block; with
--unsafe-in-process it runs in the measuring process, and a fault of it ends the measurement.

Examples:
  $ wasm-plugin bench eq.wasm
  $ wasm-plugin bench eq --html report.html
  $ wasm-plugin bench eq --block 32,64,128 --rate 48000,96000 --instances 1,64 --realtime 60
  $ wasm-plugin bench eq.wasm --chain compressor.wasm --input noise,song.wav
  $ wasm-plugin bench eq.wasm --against eq-old.wasm --json > now.json
  $ wasm-plugin bench eq.wasm --baseline now.json
  $ wasm-plugin bench /usr/lib/clap/ZamComp.clap --unsafe-in-process --config threshold=-30

Exit codes: 0 measured, 1 the plugin cannot be measured, 2 wrong usage.`;

interface Options {
  block: number[];
  rate: number[];
  channels?: number[];
  instances: number[];
  input: string[];
  chain?: string[];
  against?: string;
  plugin?: string;
  config?: string[];
  realtime: number;
  blocks: number;
  processes: number;
  seed: number;
  baseline?: string;
  html?: string;
  unsafeInProcess?: boolean;
  json?: boolean;
}

/** `wasm-plugin bench PLUGIN|DIR`: measures an audio plugin. */
export function benchCommand(io: Io): Command {
  return new Command('bench')
    .summary('measure whether an audio plugin makes its deadline')
    .description(
      'Measures an audio plugin: times of its blocks against their deadline, the cost of the sandbox, fuel a frame. Compares it with ' +
        'another build, a native library, or an earlier report.',
    )
    .argument(
      '<plugin>',
      'a component (.wasm), a native library, or the folder of a plugin, which is built first',
    )
    .addOption(numbers('--block <frames>', { from: 1, to: 65_536, by: [16, 32, 64, 128, 256, 512, 1024] }))
    .addOption(numbers('--rate <hz>', { from: 8000, to: 768_000, by: [48_000] }))
    .addOption(
      new Option('--channels <counts>', 'a list; two, or as many as the ports have').argParser(list(1, 64)),
    )
    .addOption(numbers('--instances <counts>', { from: 1, to: 1024, by: [1, 4, 16, 64] }))
    .addOption(
      new Option('--input <names>', 'a list of names and WAV files')
        .argParser(words)
        .default([...SOUNDS], SOUNDS.join(',')),
    )
    .option('--chain <plugin>', 'a plugin behind it; may be repeated', repeated)
    .option(
      '--against <plugin>',
      'another build or a native library, measured beside it; their sounds are compared',
    )
    .option('--plugin <name>', 'the plugin of a library that holds several')
    .option('-c, --config <key=value>', 'a setting, or a parameter by its name; may be repeated', repeated)
    .addOption(
      whole('--realtime <seconds>', {
        to: 3600,
        by: 0,
        what: 'run by a clock also, with the most instances',
      }),
    )
    .addOption(whole('--blocks <count>', { from: 1, to: 1_000_000, by: 3000, what: 'blocks of a row' }))
    .addOption(whole('--processes <count>', { from: 1, to: 99, by: 3, what: 'processes that measure' }))
    .addOption(whole('--seed <number>', { to: 2 ** 31 - 1, by: 1, what: 'of the noise' }))
    .option('--baseline <file>', 'an earlier report of --json to compare with')
    .option(
      '--html <file>',
      'write a report with pictures, a single file; beside it a .cpuprofile, and a .trace.json for Perfetto',
    )
    .option('--unsafe-in-process', 'run native libraries in the measuring process')
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action((path: string, options: Options) => bench(path, options, io));
}

async function bench(...[path, options, io]: [path: string, options: Options, io: Io]): Promise<void> {
  const request = await requestFrom(path, options, io);
  const status = new StatusLine(io);
  const show = (text: string): void => {
    if (options.json !== true) status.show(text);
  };
  const { processes, baseline } = options;
  const { report, profile } = await runBench({ request, processes, baseline, progress: show }).finally(() =>
    show(''),
  );
  if (options.html !== undefined) {
    write(options.html, renderHtml(report, profile));
    const beside = options.html.replace(/\.html?$/i, '');
    if (profile !== undefined) {
      write(`${beside}.cpuprofile`, JSON.stringify(profile.cpuProfile));
      write(`${beside}.trace.json`, JSON.stringify(perfettoTrace(basename(path), profile)));
    }
  }
  if (options.json === true) io.json(report);
  else io.out(renderText(report, io));
}

async function requestFrom(
  ...[path, options, io]: [path: string, options: Options, io: Io]
): Promise<MeasurementRequest> {
  const file = await pluginFile(path, options, io);
  const chain: PluginFile[] = [];
  for (const each of options.chain ?? []) chain.push(await pluginFile(each, {}, io));
  const against = options.against === undefined ? undefined : await pluginFile(options.against, options, io);
  const { block, rate, instances, input, channels = [2] } = options;
  const [sampleRateHz = 48_000] = rate;
  const [count = 2] = channels;
  return {
    file,
    chain,
    against,
    settings: settingsFrom(options.config ?? []),
    inProcess: options.unsafeInProcess === true,
    setup: { sampleRateHz, maxFrames: block.includes(128) ? 128 : (block[0] ?? 128), channels: count },
    frames: block,
    ratesHz: rate,
    channels,
    inputs: input,
    instances,
    blocks: options.blocks,
    realtimeSeconds: options.realtime,
    seed: options.seed,
    profile: options.html !== undefined && countsFuel(file, { chain }),
  };
}

/** Finds the file of a plugin: a folder's is built first. */
async function pluginFile(
  ...[path, { plugin, json }, io]: [path: string, options: Pick<Options, 'plugin' | 'json'>, io: Io]
): Promise<PluginFile> {
  if (existsSync(path) && statSync(path).isDirectory()) {
    const { file } = await builtComponent(path, (result) => {
      if (json !== true) reportBuild(result, io);
    });
    return { path: file };
  }
  if (isLibrary(readInput(path))) return { path, plugin: pickPlugin(path, await scanLibrary(path), plugin) };
  readComponent(path);
  return { path };
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw fileError('write', file, error);
  }
}

function words(text: string): string[] {
  const found = text.split(',').filter((word) => word !== '');
  if (found.length === 0) throw new InvalidArgumentError('Wanted at least one');
  return found;
}

function list(from: number, to: number): (text: string) => number[] {
  return (text) => [...new Set(words(text).map((word) => wholeFrom(word, from, to)))];
}

function wholeFrom(...[text, from, to]: [text: string, from: number, to: number]): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= from && count <= to) return count;
  throw new InvalidArgumentError(`It has "${text}", wanted whole numbers from ${from} to ${to}`);
}

function numbers(flags: string, { from, to, by }: { from: number; to: number; by: number[] }): Option {
  return new Option(flags, 'a list').argParser(list(from, to)).default(by, by.join(','));
}

function whole(
  flags: string,
  { from = 0, to, by, what }: { from?: number; to: number; by: number; what: string },
): Option {
  return new Option(flags, what).argParser((text) => wholeFrom(text, from, to)).default(by);
}
