import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readWit, WitError } from '@wasm-plugin/as';
import {
  describeError,
  failed,
  PASSED,
  skipped,
  suiteFolder,
  type CaseOutcome,
  type CaseResult,
} from '../conformance/suite/index.js';
import { Random } from '../support/random.js';
import { RandomWit } from '../support/random-wit.js';
import { checkWorld } from './check-world.js';
import { runScenarios } from './scenarios/index.js';

/** Random worlds of the suite. */
const RANDOM_WORLDS = 200;

/**
 * Runs the suite of the bindings of AssemblyScript: the scenarios, every world of the WIT files of the conformance data, and
 * random worlds. A plugin that passes on what it gets is built for each world, and called with random values.
 */
export async function runBindings(selects: (name: string) => boolean): Promise<CaseResult[]> {
  return [
    ...(await runScenarios(selects)),
    ...(await runFiles(selects)),
    ...(await runRandomWorlds(selects, RANDOM_WORLDS)),
  ];
}

async function runFiles(selects: (name: string) => boolean): Promise<CaseResult[]> {
  const folder = suiteFolder('wit');
  if (folder === undefined) return [];
  const results: CaseResult[] = [];
  for (const entry of (await readdir(folder)).sort()) {
    if (!selects(`wit/${entry}`)) continue;
    const nested = join(folder, entry, 'wit');
    const path = existsSync(nested) ? nested : join(folder, entry);
    results.push(...(await worldsOf(path, entry)));
  }
  return results;
}

async function worldsOf(path: string, entry: string): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const wit = readWit(path);
  for (const world of wit.worlds) {
    const outcome = await outcomeOf(() => checkWorld(wit.text.text, world, 1));
    results.push({ folder: 'wit', case: `wit/${entry}#${world}`, ...outcome });
  }
  return results;
}

/** Runs random worlds, each of a seed of its own: its number. */
export async function runRandomWorlds(
  selects: (name: string) => boolean,
  count: number,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const name = `random/${seed}`;
    if (!selects(name)) continue;
    const { text, worlds } = new RandomWit(new Random(seed), { proxy: true }).package();
    results.push({
      folder: 'random',
      case: name,
      ...(await outcomeOf(() => checkWorld(text, worlds[0]!, seed))),
    });
  }
  return results;
}

async function outcomeOf(check: () => Promise<unknown>): Promise<CaseOutcome> {
  try {
    await check();
    return PASSED;
  } catch (error) {
    const { message } = error as Error;
    const feature = /: ("[\w-]+"|a list of fixed length) is not supported$/.exec(message)?.[1];
    // The module's memory has the name already.
    if (/duplicate export name `memory`/.test(message))
      return skipped('not supported: a function of the world itself named memory');
    if (error instanceof WitError && feature !== undefined)
      return skipped(`not supported: ${feature.replaceAll('"', '')}`);
    return failed(describeError(error));
  }
}
