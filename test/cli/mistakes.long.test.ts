import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();

const MANIFEST = {
  id: 'acme.greeter',
  name: 'Greeter',
  version: '1.0.0',
  entry: 'plugin.wasm',
  world: 'acme:a/greeter',
};
const WIT = 'package acme:a;\n\nworld greeter {\n  export greet: func(name: string) -> string;\n}\n';
const SOURCE = 'export function greet(name: string): string {\n  return name;\n}\n';

interface Mistake {
  manifest?: object | string;
  wit?: string;
  source?: string;
  /** Lines of the command's output, among others. */
  says: string[];
}

/** Mistakes of a plugin's author, by name. */
const MISTAKES: Record<string, Mistake> = {
  'a manifest that is no JSON': {
    manifest: '{ "id": "acme.greeter", }',
    says: ['Cannot read the manifest', 'plugin.json'],
  },
  'a manifest without a version': {
    manifest: { ...MANIFEST, version: undefined },
    says: ['$.version'],
  },
  'a key that a manifest does not have': {
    manifest: { ...MANIFEST, worlds: 'x' },
    says: ['$.worlds', 'world'],
  },
  'a manifest without an entry': {
    manifest: { ...MANIFEST, entry: undefined },
    says: ['entry'],
  },
  'a word of WIT': {
    wit: WIT.replace('func', 'function'),
    says: [
      "w.wit:4:25: expected ';', found '('",
      ' 4 │   export greet: function(name: string) -> string;',
      '   │                         ~',
    ],
  },
  'a type of WIT that there is none of': {
    wit: WIT.replace('-> string', '-> text'),
    says: [
      'w.wit:4:39: name `text` does not exist',
      ' 4 │   export greet: func(name: string) -> text;',
      '   │                                       ~~~~',
    ],
  },
  'a feature that is not supported': {
    wit: WIT.replace('-> string', '-> stream<u8>'),
    says: ['w.wit:4:', '"stream" is not supported', ' 4 │   export greet: func(name: string) -> stream<u8>;'],
  },
  'a world that the WIT has none of': {
    manifest: { ...MANIFEST, world: 'acme:a/greeting' },
    says: ['greeting', 'greeter'],
  },
  'a syntax error in a source': {
    source: SOURCE.replace('return name;', 'return name +;'),
    says: ['Expression expected', ' 2 │ return name +;', 'in index.ts(2,16)'],
  },
  'a name that a source does not know': {
    source: SOURCE.replace('return name', 'return nam'),
    says: ["Cannot find name 'nam'", ' 2 │ return nam;', 'in index.ts(2,10)'],
  },
  'a type that does not fit': {
    source: SOURCE.replace('return name', 'return 7'),
    says: ["Type 'i32' is not assignable to type '~lib/string/String'", 'in index.ts(2,10)'],
  },
  'an error in the library, for what the source gives it': {
    source:
      SOURCE.replace('return name', 'const m = [new A(), new A()];\n  m.sort();\n  return name') +
      'class A {}\n',
    says: ["Operator '>' cannot be applied", 'in ~lib/util/sort.ts('],
  },
  'an export that is missing': {
    source: SOURCE.replace('greet', 'great'),
    says: ["Property 'greet' does not exist", 'guest.greet(arg0)'],
  },
};

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe('wasm-plugin build says what is wrong with', { timeout: 60_000 }, () => {
  it.each(Object.entries(MISTAKES))(
    '%s',
    (name, { manifest = MANIFEST, wit = WIT, source = SOURCE, says }) => {
      const path = join(folder, name.replaceAll(' ', '-'));
      write(join(path, 'plugin.json'), typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
      write(join(path, 'wit/w.wit'), wit);
      write(join(path, 'assembly/index.ts'), source);
      const { code, stdout, stderr } = runCli(['build', path]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      for (const line of says) expect(stderr).toContain(line);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(stderr).not.toContain('This is a bug');
    },
  );
});

describe('wasm-plugin says what is wrong with its flags', () => {
  it.each([
    [['build', '--watched'], "unknown option '--watched'"],
    [['build', 'no-such-folder'], 'no-such-folder'],
    [['new', 'x', '--language', 'cobol'], "argument 'cobol' is invalid"],
    [['test', '.', '--fuzz', '-3'], 'wanted a whole number'],
    [['test', '.', '--name', 'x', '--watch', '--json'], 'Cannot use --watch with --json'],
    [['bild'], 'bild'],
  ])('%j', (args, says) => {
    const { code, stderr } = runCli(args, { cwd: folder });
    expect(code).not.toBe(0);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
