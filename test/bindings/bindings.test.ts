import { describe, expect, it } from 'vitest';
import { WORDS } from '../support/random-wit.js';
import { mirrorWorld } from './mirror-world.js';
import { testFiles, testSeeds } from './test-worlds.js';

describe('a guest in AssemblyScript passes on what it gets', () => {
  // More: `bindings.long.test.ts`.
  testFiles(['keywords', 'resources', 'variants']);
  testSeeds([1, 2]);
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
