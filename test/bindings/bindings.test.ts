import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWit } from '@wasm-plugin/as';
import { describe, expect, it } from 'vitest';
import { NO_DATA, suiteFolder } from '../conformance/suite/index.js';
import { Random } from '../support/random.js';
import { RandomWit, WORDS } from '../support/random-wit.js';
import { checkWorld } from './check-world.js';
import { mirrorWorld } from './mirror-world.js';

/** Files of the conformance data, one for each kind; `npm run conformance -- bindings` runs them all, and 200 random worlds. */
const FILES = [
  'keywords',
  'many-arguments',
  'resources',
  'resource-fallible-constructor',
  'variants',
  'flags',
];
const SEEDS = [1, 2, 3, 4, 5, 6];

const folder = suiteFolder('wit');

describe('a guest in AssemblyScript passes on what it gets', () => {
  it.for(FILES)('for the world of %s.wit', { timeout: 60_000 }, async (name, { skip }) => {
    if (folder === undefined) return skip(NO_DATA);
    const text = readFileSync(join(folder, `${name}.wit`), 'utf8');
    for (const world of parseWit(text).worlds) {
      expect((await checkWorld(text, world, 1)).echoed.length, world).toBeGreaterThan(0);
    }
  });

  it.each(SEEDS)('for the random world %i', { timeout: 60_000 }, async (seed) => {
    const { text, worlds } = new RandomWit(new Random(seed), { proxy: true }).package();
    expect((await checkWorld(text, worlds[0]!, seed)).echoed.length).toBeGreaterThan(0);
  });
});

describe('mirrorWorld()', () => {
  it('imports what is exported, and exports what is imported', () => {
    const text =
      'package a:b; world w { import i; export f: func() -> u8; import k: interface { g: func(); } export i; }';
    const mirrored = mirrorWorld(text, 'w') ?? '';
    expect(mirrored.match(/(?:import|export) (?:i;|f:|k:)/g)?.sort()).toEqual([
      'export f:',
      'export i;',
      'export k:',
      'import f:',
      'import i;',
      'import k:',
    ]);
    expect(mirrorWorld(text, 'x')).toBeUndefined();
  });
});

describe('the names of random worlds', () => {
  /** Strict, reserved and weak keywords of Rust that may be names in WIT. */
  const RUST = (
    'abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl in let ' +
    'loop macro macro-rules match mod move mut override priv pub raw ref return safe self static struct super trait true try ' +
    'type typeof union unsafe unsized use virtual where while yield'
  ).split(' ');

  it('are keywords of Rust, too', () => {
    expect(RUST.filter((word) => !WORDS.includes(word))).toEqual([]);
  });
});
