import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DEFAULT_LIMITS } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import {
  library,
  scanLibraries,
  type LibraryInstance,
  type LibraryVerdict,
} from '@wasm-plugin/native-bridge';
import { describeError, failed, PASSED, skipped, type CaseOutcome, type CaseResult } from '../suite/index.js';

const FOLDERS = ['ladspa', 'clap'] as const;
const NO_PLUGINS =
  'no such plugins: install the packages ladspa-sdk, swh-plugins, cmt, tap-plugins, zam-plugins';

const BLOCKS = 375;
const FRAMES = 128;
const MOST_CHANNELS = 64;

interface Described {
  ports: { direction: string; channels: number }[];
  parameters: { id: number; default: number; flags: { readOnly: boolean } }[];
}

/**
 * Runs each plugin of each library of other people's formats on this machine, in a child process: describes it, gives its
 * controls their defaults, and processes a second of noise.
 */
export async function runFormats(selects: (name: string) => boolean): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const folder of FOLDERS) {
    const path = `/usr/lib/${folder}`;
    if (process.platform !== 'linux' || !existsSync(path)) {
      results.push({ folder, case: folder, ...skipped(NO_PLUGINS) });
      continue;
    }
    const files = readdirSync(path).filter((name) => name.endsWith('.so') || name.endsWith('.clap'));
    for (const file of files) {
      for (const [name, run] of await casesOf(`${path}/${file}`))
        if (selects(name)) results.push({ folder, case: name, ...(await judge(run)) });
    }
  }
  return results;
}

async function casesOf(path: string): Promise<[name: string, run: () => Promise<void>][]> {
  const verdict = (await scanLibraries([path])).get(path) as LibraryVerdict;
  if ('error' in verdict) return [[path, () => Promise.reject(new Error(verdict.error))]];
  return verdict.plugins.map((label) => [`${path}#${label}`, () => runPlugin(path, label)]);
}

async function judge(run: () => Promise<void>): Promise<CaseOutcome> {
  try {
    await run();
    return PASSED;
  } catch (error) {
    return failed(describeError(error));
  }
}

async function runPlugin(path: string, label: string): Promise<void> {
  const files = memoryFiles({ 'plugin.so': await readFile(path) });
  const plugin = await library().load(
    { id: label, version: '1.0.0', entry: `plugin.so#${label}`, files },
    { limits: DEFAULT_LIMITS },
  );
  const instance = (await plugin.instantiate({ imports: {} })) as LibraryInstance;
  try {
    useInstance(instance);
  } finally {
    await instance.close();
  }
}

function useInstance(instance: LibraryInstance): void {
  const processor = instance.exports['processor'] as {
    describe(): Described;
    setParameter(id: number, value: number): void;
  };
  const { ports, parameters } = processor.describe();
  const sum = (wanted: string): number =>
    ports.filter(({ direction }) => direction === wanted).reduce((all, port) => all + port.channels, 0);
  const channels = Math.min(MOST_CHANNELS, Math.max(1, sum('input'), sum('output')));
  const lane = instance.openLane({ sampleRateHz: 48_000, maxFrames: FRAMES, channels });
  for (const { id, default: value, flags } of parameters)
    if (!flags.readOnly) processor.setParameter(id, value);
  let seed = 1;
  for (let block = 0; block < BLOCKS; block++) {
    for (const input of lane.inputs) {
      for (let at = 0; at < FRAMES; at++) {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
        input[at] = seed / 2 ** 33;
      }
    }
    lane.process(FRAMES);
    for (const output of lane.outputs)
      assert.ok(output.every(Number.isFinite), `block ${block} is not finite`);
  }
  assert.equal(instance.state, 'ready');
}
