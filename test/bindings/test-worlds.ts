import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWit } from '@wasm-plugin/as';
import { expect, it } from 'vitest';
import { NO_DATA, suiteFolder } from '../conformance/suite/index.js';
import { Random } from '../support/random.js';
import { RandomWit } from '../support/random-wit.js';
import { checkWorld } from './check-world.js';

/** Adds tests of the worlds in files of the conformance data; `npm run conformance -- bindings` runs all files. */
export function testFiles(files: readonly string[]): void {
  const folder = suiteFolder('wit');
  it.for(files)('for the world of %s.wit', async (name, { skip }) => {
    if (folder === undefined) return skip(NO_DATA);
    const text = readFileSync(join(folder, `${name}.wit`), 'utf8');
    for (const world of parseWit(text).worlds) {
      expect((await checkWorld(text, world, 1)).echoed.length, world).toBeGreaterThan(0);
    }
  });
}

/** Adds tests of random worlds; `npm run conformance -- bindings` runs 200. */
export function testSeeds(seeds: readonly number[]): void {
  it.each(seeds)('for the random world %i', async (seed) => {
    const { text, worlds } = new RandomWit(new Random(seed), { proxy: true }).package();
    expect((await checkWorld(text, worlds[0]!, seed)).echoed.length).toBeGreaterThan(0);
  });
}
