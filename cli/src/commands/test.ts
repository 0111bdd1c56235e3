import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { watch } from '@wasm-plugin/engine/reload';
import { Command, InvalidArgumentError, Option } from 'commander';
import { buildFolder } from '../build/index.js';
import { AUDIO_CHECKS, MAX_STRICTNESS } from '../audio/index.js';
import {
  addToJunit,
  renderChecks,
  runChecks,
  type CheckResult,
  type FuzzRequest,
  type SoundRequest,
} from '../checks/index.js';
import { CliError } from '../cli-error.js';
import { fileError } from '../component/index.js';
import type { Io } from '../io.js';
import { renderError } from '../render-error.js';
import {
  builtComponent,
  runVitest,
  testResultsFrom,
  type BuiltComponent,
  type SuiteOptions,
  type TestResult,
} from '../suite/index.js';
import { reportBuild } from './build.js';

const NOTES = `
The tests are files such as test/greeter.test.js, for vitest, which is a dependency of the plugin's own: "npm install
--save-dev vitest". Its configuration, vitest.config.js, is the plugin's too. A test gets the plugin from wasm-plugin/test:
it runs in the engine under the limits of its plugin.json, with the permissions that it asks for.

  import { expect, test } from 'vitest';
  import { load } from 'wasm-plugin/test';

  test('greets by name, with little fuel', async () => {
    const { exports, fuelOf } = await load();
    expect(exports.greet('Ada')).toBe('Hello, Ada!');
    expect(fuelOf(() => exports.greet('Ada'))).toBeLessThanOrEqual(2000);
  });

First it checks what needs no code: that the component is as plugin.json says, starts and is healthy, that a state comes
back as it was saved, that an audio plugin describes itself soundly, and that its world is still that of test/world.wit,
which --update writes. A check that does not apply is skipped, with the reason.

With --fuzz it calls every exported function with random values of its types, some calls on an instance. A call fails that
ends the instance: by a trap, a limit, or a result that is not of its type. What fails is made as small as it can be, and
kept in test/fuzz; each later "wasm-plugin test" makes those calls first.

With --audio it checks the sound of an audio effect: that it lags as it says, that a state goes on inaudibly, that parameters do not
click, and more, by strictness from 1, what any host needs, to 10. A check that fails is run alone by its name and seed: ${AUDIO_CHECKS.map(({ name }) => name).join(', ')}.
"audio": { "fuelPerFrame": 200 } in plugin.json is the most fuel that a frame may burn, which each "wasm-plugin test" checks.

Examples:
  $ wasm-plugin test
  $ wasm-plugin test eq --update
  $ wasm-plugin test eq --reload --previous eq-1.2.0
  $ wasm-plugin test eq --fuzz
  $ wasm-plugin test eq --fuzz 100000 --seed 7
  $ wasm-plugin test eq --audio
  $ wasm-plugin test eq --audio 5
  $ wasm-plugin test eq --audio latency --seed 7
  $ wasm-plugin test eq presets --name "keeps its state"
  $ wasm-plugin test eq --watch
  $ wasm-plugin test eq --junit report.xml

Exit codes: 0 all passed, 1 a test or check failed, or the plugin cannot be built or tested, 2 wrong usage.`;

interface Options {
  name?: string;
  watch?: boolean;
  junit?: string;
  update?: boolean;
  reload?: boolean;
  previous?: string;
  fuzz?: number | true;
  seed?: number;
  audio?: SoundWanted | true;
  json?: boolean;
}

/** Strictness or name that --audio asks for. */
type SoundWanted = Pick<SoundRequest, 'strictness' | 'name'>;

/** Calls of --fuzz, if it names no number. */
const FUZZ_CALLS = 1000;

/** `wasm-plugin test [DIR]`: builds a plugin and runs its tests. */
export function testCommand(io: Io): Command {
  return new Command('test')
    .summary('build a plugin and run its tests')
    .description(
      'Builds a plugin where something has changed, and runs its tests in the engine, under its own limits.',
    )
    .argument('[dir]', 'the folder of a plugin: with its plugin.json and its tests', '.')
    .argument('[filters...]', 'parts of the paths of test files: only those are run')
    .option('-t, --name <pattern>', 'run only the tests whose names fit this regular expression')
    .option('--watch', 'build and test again each time that a file changes, until Ctrl+C')
    .option('--update', 'write test/world.wit anew')
    .option('--reload', 'check also that it and the version before are reloaded into it, with the state')
    .option('--previous <path>', 'the folder or packed file of the version before, for --reload')
    .addOption(
      new Option('--fuzz [calls]', `make random calls; ${FUZZ_CALLS} unless said`).argParser(countFrom),
    )
    .addOption(
      new Option(
        '--seed <number>',
        'of the random calls, another each time, unless said; of --audio, else 1',
      ).argParser(countFrom),
    )
    .addOption(
      new Option(
        '--audio [what]',
        `check the sound: strictness 1 to ${MAX_STRICTNESS}, or the name of one check`,
      ).argParser(soundFrom),
    )
    .option('--junit <file>', 'write a report in the form of JUnit')
    .option('--json', 'print one JSON object: { "id", "version", "passed", "checks", "tests" }')
    .addHelpText('after', NOTES)
    .action(async (folder: string, filters: string[], options: Options) => {
      if (options.watch === true && options.json === true)
        throw new CliError('Cannot use --watch with --json: wanted one of them', { exitCode: 2 });
      if (options.previous !== undefined && options.reload !== true)
        throw new CliError('Cannot use --previous: wanted --reload beside it', { exitCode: 2 });
      if (options.seed !== undefined && options.fuzz === undefined && options.audio === undefined)
        throw new CliError('Cannot use --seed: wanted --fuzz or --audio beside it', { exitCode: 2 });
      const passed = await testFolder(folder, { filters, options, io });
      if (!passed) process.exitCode = 1;
    });
}

interface Request {
  filters: readonly string[];
  options: Options;
  io: Io;
}

async function testFolder(folder: string, { filters, options, io }: Request): Promise<boolean> {
  // A report of an earlier run is none of this one.
  if (options.junit !== undefined) await rm(options.junit, { force: true });
  const component = await builtComponent(folder, (result) => {
    if (options.json !== true) reportBuild(result, io);
  });
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const { name, watch: watches = false, junit, json = false } = options;
  const suite: SuiteOptions = {
    folder,
    filters,
    name,
    watch: watches,
    reports: junit === undefined ? {} : { junit: resolve(junit) },
    quiet: json,
    colored: io.style('bold', '.') !== '.',
    signal: stop.signal,
  };
  const check = async (): Promise<readonly CheckResult[]> => {
    const { update = false, reload = false, previous } = options;
    const results = await runChecks(folder, {
      component: component.file,
      update,
      reload,
      previous,
      fuzz: fuzzFrom(options),
      sound: soundRequest(options),
    });
    if (!json) io.out(renderChecks(results, io));
    return results;
  };
  const checks = await check();
  const isSound = checks.every(({ status }) => status !== 'failed');
  let rerun = (): void => {};
  const rebuilding = watches
    ? await rebuild(folder, {
        io,
        signal: stop.signal,
        onBuilt: async () => {
          await check();
          rerun();
        },
      })
    : undefined;
  try {
    if (json) return await reportJson({ ...component, checks }, suite, io);
    const passed = await runVitest({ ...suite, onStart: (given) => void (rerun = given) });
    if (passed === undefined) io.err('There are no tests in it.\n');
    return stop.signal.aborted || (isSound && passed !== false);
  } finally {
    await rebuilding?.close();
    if (junit !== undefined) await completeJunit(resolve(junit), checks);
  }
}

function fuzzFrom({ fuzz, seed = randomInt(2 ** 31) }: Options): FuzzRequest | undefined {
  return fuzz === undefined ? undefined : { calls: fuzz === true ? FUZZ_CALLS : fuzz, seed };
}

function soundRequest({ audio, seed = 1 }: Options): SoundRequest | undefined {
  if (audio === undefined) return undefined;
  return { ...(audio === true ? { strictness: MAX_STRICTNESS } : audio), seed };
}

function soundFrom(text: string): SoundWanted {
  if (AUDIO_CHECKS.some(({ name }) => name === text)) return { strictness: MAX_STRICTNESS, name: text };
  const strictness = Number(text);
  if (/^\d+$/.test(text) && strictness >= 1 && strictness <= MAX_STRICTNESS) return { strictness };
  const names = AUDIO_CHECKS.map(({ name }) => name).join(', ');
  throw new InvalidArgumentError(`It is "${text}", wanted 1 to ${MAX_STRICTNESS}, or one of ${names}`);
}

function countFrom(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 0 && /^\d+$/.test(text)) return count;
  throw new InvalidArgumentError(`It is "${text}", wanted a whole number`);
}

async function completeJunit(file: string, checks: readonly CheckResult[]): Promise<void> {
  const ofTests = await readFile(file, 'utf8').catch(() => undefined);
  try {
    await writeFile(file, addToJunit(ofTests, checks));
  } catch (error) {
    throw fileError('write', file, error);
  }
}

async function reportJson(
  { manifest, checks }: BuiltComponent & { checks: readonly CheckResult[] },
  suite: SuiteOptions,
  io: Io,
): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-'));
  try {
    const file = join(folder, 'report.json');
    const ended = await runVitest({ ...suite, reports: { ...suite.reports, json: file } });
    const text = ended === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined && ended === false)
      throw new CliError(`Cannot test "${suite.folder}": vitest ended without a report`);
    const tests: TestResult[] = text === undefined ? [] : testResultsFrom(text, suite.folder);
    const passed = ended !== false && checks.every(({ status }) => status !== 'failed');
    io.json({ id: manifest.id, version: manifest.version, passed, checks, tests });
    return passed;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds the plugin again with each change. */
async function rebuild(
  folder: string,
  { io, signal, onBuilt }: { io: Io; signal: AbortSignal; onBuilt: () => Promise<void> },
): Promise<{ close(): Promise<void> }> {
  let taken = Promise.resolve();
  const take = async (): Promise<void> => {
    try {
      const built = await buildFolder(folder, { signal });
      if (built.unchanged) return;
      reportBuild(built, io);
      await onBuilt();
    } catch (error) {
      if (!signal.aborted) io.err(renderError(error, io));
    }
  };
  return await watch(folder, () => (taken = taken.then(take)), {
    onError: (error) => io.err(renderError(error, io)),
  });
}
