import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from './run-cli.js';

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
  'an entry outside of the plugin': {
    manifest: { ...MANIFEST, entry: '../plugin.wasm' },
    says: ['$.entry', '"../plugin.wasm"'],
  },
  'an id that is none': {
    manifest: { ...MANIFEST, id: 'Acme Greeter' },
    says: ['$.id', '"Acme Greeter"'],
  },
  'a version that is none': {
    manifest: { ...MANIFEST, version: '1.0' },
    says: ['$.version', '"1.0"'],
  },
  'a limit that there is none of': {
    manifest: { ...MANIFEST, limits: { memory: '1 MiB' } },
    says: ['$.limits.memory', 'memoryBytes'],
  },
  'a limit of an unknown unit': {
    manifest: { ...MANIFEST, limits: { timeMs: '5 hours' } },
    says: ['$.limits.timeMs', '"5 hours"'],
  },
  'a permission that there is none of': {
    manifest: { ...MANIFEST, permissions: [{ capability: 'network', reason: 'to play' }] },
    says: ['$.permissions[0].capability', '"network"'],
  },
  'a permission without a reason': {
    manifest: { ...MANIFEST, permissions: [{ capability: 'log' }] },
    says: ['$.permissions[0].reason', 'is missing'],
  },
  'a setting whose default is of another type': {
    manifest: {
      ...MANIFEST,
      config: { schema: { type: 'object', properties: { gain: { type: 'number', default: 'loud' } } } },
    },
    says: ['$.config.schema.properties.gain.default', 'does not fit its own schema'],
  },
  'a range of versions that is none': {
    manifest: { ...MANIFEST, dependencies: { 'acme.base': 'latest' } },
    says: ['$.dependencies', 'must be a range of versions'],
  },
  'WIT that names no package': {
    wit: WIT.replace('package acme:a;', ''),
    says: ['no file names a package', 'package acme:audio@1.0.0;'],
  },
  'a name that WIT has twice': {
    wit: WIT.replace('}', '  export greet: func();\n}'),
    says: ['w.wit:5:', 'greet', ' 5 │   export greet: func();'],
  },
  'an interface of a package that is not in "deps"': {
    wit: WIT.replace('export', 'import other:b/c@1.0.0;\n  export'),
    says: ['w.wit:4:', 'other:b', ' 4 │   import other:b/c@1.0.0;'],
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
  'a function of the world with the name of the memory': {
    wit: WIT.replace('greet:', 'memory:'),
    source: SOURCE.replace('greet', 'memory_'),
    says: ['duplicate export name `memory`', 'hint: A core module exports its memory as "memory"'],
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
    async (name, { manifest = MANIFEST, wit = WIT, source = SOURCE, says }) => {
      const path = join(folder, name.replaceAll(' ', '-'));
      write(join(path, 'plugin.json'), typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
      write(join(path, 'wit/w.wit'), wit);
      write(join(path, 'assembly/index.ts'), source);
      const { code, stdout, stderr } = await callCli(['build', path]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      for (const line of says) expect(stderr).toContain(line);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(stderr).not.toContain('This is a bug');
    },
  );
});
