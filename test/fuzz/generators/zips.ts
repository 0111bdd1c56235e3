import { PluginError } from '@wasm-plugin/abi';
import { packedFiles, pathProblem } from '@wasm-plugin/abi/package';
import { zipSync } from 'fflate';
import type { Generator as FuzzGenerator } from '../generator.js';
import { mutate } from '../mutate.js';

const NAMES = [
  'plugin.json',
  'a.txt',
  'lib/b.bin',
  'é.txt',
  'eq/plugin.json',
  'eq/a.txt',
  '__MACOSX/x',
  'c/plugin.json',
];
const BOUNDS = { files: 20, totalBytes: 100_000, ratio: 100 };

/** Mutated zips: each is refused by name, or gives the files that it says, within its bounds. */
export const generator: FuzzGenerator<Uint8Array> = {
  name: 'zips',
  testRuns: 100,
  make(random) {
    const files: Record<string, [Uint8Array, { level: 0 | 9 }]> = {};
    for (const name of random.many(1 + random.below(5), () => random.pick(NAMES))) {
      const bytes = Uint8Array.from(
        random.many(random.below(300), () => random.below(random.pick([2, 256]))),
      );
      files[name] = [bytes, { level: random.pick([0, 9] as const) }];
    }
    const zip = zipSync(files, { mtime: new Date(1980, 0, 1) });
    return random.chance(0.1) ? zip : mutate(zip, random, zip);
  },
  async check(zip) {
    try {
      const files = packedFiles(zip, { limits: BOUNDS });
      let total = 0;
      const names = await files.list();
      for (const name of names) {
        if (pathProblem(name) !== undefined) throw new Error(`it lists ${JSON.stringify(name)}`);
        total += (await files.read(name)).length;
      }
      if (names.length > BOUNDS.files || total > BOUNDS.totalBytes)
        throw new Error('it is larger than allowed');
      return 'read';
    } catch (error) {
      if (PluginError.is(error) && error.code === 'WP_PACKAGE') return error.code;
      throw error;
    }
  },
  *shrink(zip) {
    for (let size = zip.length >> 1; size > 0; size >>= 1) yield zip.subarray(size);
  },
  show: (zip) => zip,
};
