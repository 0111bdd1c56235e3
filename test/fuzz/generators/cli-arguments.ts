import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main, memoryIo } from 'wasm-plugin';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import type { Random } from '../../support/random.js';
import type { Generator } from '../generator.js';

/** A word of a command line; `@name` stands for a file or folder that is there. */
type Words = readonly string[];

const VERBS: readonly Words[] = [
  ['build'],
  ['dev'],
  ['list'],
  ['inspect'],
  ['run'],
  ['state', 'show'],
  ['state', 'export'],
  ['state', 'import'],
  ['types'],
  ['wit', 'build'],
  ['wit'],
  ['state'],
  ['help'],
  [],
];

/** Of all verbs: each meets those of the others too. */
const OPTIONS = (
  '--json --meter --load --no-init --force --debug --all-features --strict-memory --unbounded-heap --help --version ' +
  '--export --args --config --grant --folder --log-level --output -o --world --features --store --call --every --poll ' +
  '--ignore --memory --table-elements --fuel --fuel-total --time --wall --stack-depth --host-calls --host-bytes ' +
  '--handles --instances --state-bytes --log-lines -e -a -c -g -s -w -f -h -V -x --jsn --'
).split(' ');

const VALUES = [
  '@small.wasm',
  '@torn.wasm',
  '@core.wasm',
  '@text.wat',
  '@world.wit',
  '@broken.wit',
  '@wit',
  '@plugin',
  '@missing',
  '@out/made.wasm',
  '@',
  '@note.txt',
  'add',
  'nothing#at-all',
  '[1, 2]',
  '[1',
  '{ "left": "1", "right": 2 }',
  '[{ "toString": 1 }]',
  '@@missing',
  'key=value',
  '=',
  'clock',
  'fs:..',
  'http:*:99999',
  'env:*',
  '64 MiB',
  '-1',
  '1e999',
  'none',
  'NaN',
  'info',
  '',
  '\u001b[2J',
  '\u009b\u202e',
  '__proto__=1',
  'constructor',
  'a\nb',
  '💥',
  'x'.repeat(5000),
];

let folder: string | undefined;

/** The files that command lines speak of. */
async function files(): Promise<string> {
  if (folder !== undefined) return folder;
  const made = mkdtempSync(join(tmpdir(), 'wasm-plugin-fuzz-cli-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  const small = await parse(`(component
    (core module $code
      (func (export "add") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1))))
    (core instance $code (instantiate $code))
    (func (export "add") (param "left" u64) (param "right" u64) (result u64)
      (canon lift (core func $code "add"))))`);
  writeFileSync(join(made, 'small.wasm'), small);
  writeFileSync(join(made, 'torn.wasm'), small.subarray(0, 60));
  writeFileSync(join(made, 'core.wasm'), Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  writeFileSync(join(made, 'text.wat'), '(component)');
  writeFileSync(join(made, 'note.txt'), 'hello');
  writeFileSync(join(made, 'world.wit'), 'package a:b;\nworld w { export f: func(); }\n');
  writeFileSync(join(made, 'broken.wit'), 'package a:b;\nworld w { export f func(); }\n');
  for (const name of ['wit', 'plugin']) mkdirSync(join(made, name));
  writeFileSync(join(made, 'wit/w.wit'), 'package a:b;\nworld one {}\nworld two {}\n');
  const manifest = {
    id: 'acme.small',
    name: 'small',
    version: '1.0.0',
    world: 'a:b/w',
    entry: 'plugin.wasm',
  };
  writeFileSync(join(made, 'plugin/plugin.json'), JSON.stringify(manifest));
  writeFileSync(join(made, 'plugin/plugin.wasm'), small);
  return (folder = made);
}

function make(random: Random): Words {
  const verb = random.pick(VERBS);
  const words = random.many(random.below(6), () =>
    random.chance(0.45) ? random.pick(OPTIONS) : random.pick(VALUES),
  );
  const first = random.chance(0.6) ? [random.pick(VALUES)] : [];
  // `dev` and `--watch` go on until they are told to stop: their folder is none.
  return verb[0] === 'dev' ? ['dev', '@missing', ...words] : [...verb, ...first, ...words];
}

async function check(words: Words): Promise<string> {
  const root = await files();
  const args = words.map((word) => (word.startsWith('@') ? join(root, word.slice(1)) : word));
  const { code, out, err } = await run(args);
  if (code !== 0 && code !== 1 && code !== 2) throw new Error(`the exit code is ${code}`);
  const text = out + err;
  const stack = /^\s+at .*$|^This is a bug.*$/m.exec(err);
  if (stack !== null) throw new Error(`it prints a stack trace: ${err.slice(0, 2000)}`);
  // oxlint-disable-next-line no-control-regex -- finding them is the purpose
  const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.exec(text);
  if (control !== null) throw new Error(`it prints U+${control[0].charCodeAt(0).toString(16)}`);
  const [before] = [args.indexOf('--')].map((at) => (at < 0 ? args : args.slice(0, at)));
  const wantsHelp = before!.some((each) => /^(?:-\w*[hV]|--help|--version|help)$/.test(each));
  if (before!.includes('--json') && !wantsHelp) checkJson(out, code);
  return `${VERBS.some(([verb]) => verb === words[0]) ? words[0] : 'none'} ${code}`;
}

function checkJson(out: string, code: number): void {
  const lines = out.split('\n');
  if (lines.length !== 2 || lines[1] !== '')
    throw new Error(`it prints ${JSON.stringify(out.slice(0, 500))}`);
  const answer = JSON.parse(lines[0] as string) as { error?: { message?: unknown }; problems?: unknown };
  if (typeof answer !== 'object' || answer === null) throw new Error(`it prints ${lines[0]}`);
  const isExplained = typeof answer.error?.message === 'string' || answer.problems !== undefined;
  if (code !== 0 && !isExplained) throw new Error(`it fails, and prints ${lines[0]}`);
}

async function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { io, written } = memoryIo();
  const [before, place] = [process.exitCode, process.cwd()];
  process.exitCode = 0;
  // The files that a command writes go there.
  process.chdir(await files());
  try {
    return { code: await main(args, io), ...written };
  } finally {
    process.exitCode = before;
    process.chdir(place);
  }
}

/** Random command lines: they end with 0, 1 or 2, never with a stack trace, and with `--json` print one JSON object. */
export const generator: Generator<Words> = {
  name: 'cli-arguments',
  testRuns: 60,
  make,
  check,
  *shrink(words) {
    for (let at = words.length - 1; at >= 0; at--) yield words.filter((_, index) => index !== at);
  },
  show: (words) => `${JSON.stringify(words)}\n`,
};
