import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decodeWorld, encodeWorld, generateBindings, parseWit, readWit, WitError } from '@wasm-plugin/as';
import { encodePackage, lexWit, type WitPackage } from '@wasm-plugin/as/wit';
import type { Random } from '../../support/random.js';
import { RandomWit } from '../../support/random-wit.js';
import type { Generator as FuzzGenerator } from '../generator.js';

interface Case {
  files: Record<string, string>;
  /** The same package as one text, where it is valid and must be encoded. */
  text: string | undefined;
}

const GOOD = 'package a:b;\nworld w { import f: func(); }';

/** Packages of WIT, valid and mutated: each is encoded and bound, or refused with file and line; nothing poisons the process. */
export const generator: FuzzGenerator<Case> = {
  name: 'wit',
  testRuns: 60,
  make(random) {
    const { files, text } = new RandomWit(random).package();
    if (random.chance(0.5)) return { files, text };
    return { files: mutated(files, random), text: undefined };
  },
  async check({ files, text }) {
    const folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-wit-'));
    try {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), content);
      }
      return await outcome(() => readWit(folder), text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  *shrink({ files, text }) {
    if (text !== undefined) return;
    for (const [name, content] of Object.entries(files)) {
      const lines = content.split('\n');
      for (let size = lines.length >> 1; size > 0; size >>= 1) {
        for (let at = 0; at < lines.length; at += size) {
          const left = [...lines.slice(0, at), ...lines.slice(at + size)].join('\n');
          yield { files: { ...files, [name]: left }, text };
        }
      }
    }
  },
  show: ({ files }) =>
    Object.entries(files)
      .map(([name, content]) => `// file ${name}\n${content}\n`)
      .join(''),
};

async function outcome(read: () => WitPackage, text: string | undefined): Promise<string> {
  try {
    const wit = read();
    const { worlds, bytes } = await encodePackage(wit);
    if (text !== undefined) {
      const whole = await encodeWorld({ wit: parseWit(text), world: worlds[0]! });
      if (!Buffer.from(whole).equals(bytes))
        throw new Error('the files are encoded otherwise than the one text');
    }
    if (worlds.length === 0) return 'encoded';
    for (const world of worlds) generateBindings(decodeWorld(await encodeWorld({ wit, world })));
    return 'bound';
  } catch (error) {
    if (!(error instanceof WitError) || text !== undefined) throw error;
    if (!error.message.startsWith('Cannot read WIT') && error.places.length === 0)
      throw new Error(`no file and line: ${error.message}`, { cause: error });
    if (!/breaks off/.test(error.message)) return 'refused';
    await encodeWorld({ wit: GOOD, world: 'w' });
    return 'panic';
  }
}

function mutated(files: Record<string, string>, random: Random): Record<string, string> {
  const names = Object.keys(files);
  const result = { ...files };
  for (let count = random.pick([1, 1, 2, 5]); count > 0; count--) {
    const name = random.pick(names);
    result[name] = mutatedText(
      result[name]!,
      random,
      lexWit(files[random.pick(names)]!).map((token) => token.text),
    );
  }
  return result;
}

const ODD = [
  '\0',
  '\u202e',
  '/*',
  '*/',
  '//',
  '{',
  '}',
  '<',
  '>',
  ';',
  '%',
  '@',
  '%-',
  '9',
  '\ud800',
  'list<',
  'map<u8, ',
  'stream',
  'async',
  'package x:y;',
  'package x:y {',
  'use a:b/c;',
  '@since(version = 1.0.0)',
  '@unstable(feature = x)',
  'include ',
  'borrow<',
];

function mutatedText(text: string, random: Random, words: readonly string[]): string {
  const tokens = lexWit(text);
  if (tokens.length === 0) return random.pick(ODD);
  const token = random.pick(tokens);
  const [before, after] = [text.slice(0, token.start), text.slice(token.end)];
  switch (random.below(7)) {
    case 0:
      return before + after;
    case 1:
      return before + token.text + token.text + after;
    case 2:
      return before + random.pick(words) + after;
    case 3:
      return `${before}${random.pick(ODD)} ${token.text}${after}`;
    case 4:
      return text.slice(0, token.end);
    case 5: {
      const other = random.pick(tokens);
      const [from, to] = [Math.min(token.start, other.start), Math.max(token.end, other.end)];
      return text.slice(0, from) + text.slice(to);
    }
    default:
      return `${before}${random.pick(['list<', 'option<', 'tuple<']).repeat(random.pick([3, 50, 2000]))}${token.text}${after}`;
  }
}
