import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentNew, parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { moduleFor } from '../support/wit.js';
import { repoFile, callCli, runCli, temporaryFolder } from './run-cli.js';

const COMPRESSOR = repoFile('plugins-rust/build/compressor.wasm');
const EQ = repoFile('plugins-as/build/eq.wasm');
const TYPES = repoFile('plugins-rust/build/types.wasm');
const folder = temporaryFolder();

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('wasm-plugin inspect', () => {
  it.each([COMPRESSOR, EQ])('shows the world of %s as WIT', async (path) => {
    const { code, stdout, stderr } = await callCli(['inspect', path]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('\n  export wasm-plugin:abi/realtime@0.1.0;\n');
    expect(stdout).toContain('\n  interface realtime {\n    use audio-types.{setup, audio-error};\n');
    expect(stdout).toContain('    prepare: func(setup: setup) -> result<lane, audio-error>;\n');
    expect(stdout).toContain('      %flags: parameter-flags,\n');
    expect(stdout).toMatch(/^Core modules$/m);
    expect(stdout).toMatch(/^Producers$/m);
  });

  it.each([
    ['a world of one package', () => COMPRESSOR],
    ['resources', () => TYPES],
    ['every type', () => repoFile('plugins-rust/build/values.wasm')],
    ['WASI', () => repoFile('test/guests/wasi/build/probe.wasm')],
    [
      'words of WIT, and resources of the world itself',
      async () => file('words.wasm', await wordsComponent()),
    ],
  ])('prints WIT that "wit build" takes: %s', async (name, path) => {
    const wit = async (of: string): Promise<string> =>
      (JSON.parse((await callCli(['inspect', of, '--json'])).stdout) as { wit: string }).wit;
    const first = await wit(await path());
    const encoded = join(folder, 'again.wasm');
    const { code, stderr } = await callCli(['wit', 'build', file('again.wit', first), '-o', encoded]);
    expect({ name, code, stderr }).toEqual({ name, code: 0, stderr: '' });
    const lines = (text: string): string[] => text.split('\n').sort();
    expect(lines(await wit(encoded))).toEqual(lines(first));
  });

  it('shows resources with their members', async () => {
    const { stdout } = await callCli(['inspect', TYPES]);
    expect(stdout).toMatch(/resource counter \{\n\s+constructor\(.*\);\n/);
  });

  it('prints one JSON object with --json', async () => {
    const { code, stdout, stderr } = await callCli(['inspect', COMPRESSOR, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const report = JSON.parse(stdout) as Record<string, never>;
    expect(report).toMatchObject({
      file: COMPRESSOR,
      kind: 'component',
      exports: expect.arrayContaining([
        {
          name: 'wasm-plugin:abi/state@0.1.0',
          kind: 'interface',
          types: [],
          functions: [
            { name: 'schema', type: 'func() -> u32' },
            { name: 'serialize', type: 'func() -> result<list<u8>, string>' },
            {
              name: 'restore',
              type: 'func(state: list<u8>, schema: u32, version: string) -> result<_, string>',
            },
          ],
        },
      ]) as unknown,
      coreModules: expect.arrayContaining([
        expect.objectContaining({
          memories: [{ minimumBytes: expect.any(Number) as unknown, maximumBytes: null, imported: false }],
        }),
      ]) as unknown,
      producers: expect.arrayContaining([
        expect.objectContaining({ field: 'processed-by', name: 'wit-component' }),
      ]) as unknown,
    });
  });

  it('shows the worlds of an encoded WIT package', async () => {
    const wit = file(
      'two.wit',
      'package a:b@1.0.0;\nworld w { import f: func(); }\nworld v { export g: func(); }\n',
    );
    const encoded = join(folder, 'two.wasm');
    await callCli(['wit', 'build', wit, '-o', encoded]);
    const { code, stdout } = await callCli(['inspect', encoded]);
    expect(code).toBe(0);
    expect(stdout).toContain('encoded WIT package');
    expect(stdout).toContain('world w {\n  import f: func();\n}\n\nworld v {\n  export g: func();\n}');
  });

  it('writes no colours unless asked to', () => {
    expect(runCli(['inspect', COMPRESSOR]).stdout).not.toContain('\u001b');
    expect(runCli(['inspect', COMPRESSOR], { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[');
  });
});

describe('wasm-plugin inspect refuses', () => {
  it.each([
    ['a missing file', () => join(folder, 'nope.wasm'), 'there is no such file'],
    ['a folder', () => folder, 'it is a folder'],
    ['an empty file', () => file('empty.wasm', ''), 'the file is empty'],
    ['another file', () => file('note.txt', 'hello'), 'it is not a WebAssembly file'],
    ['WebAssembly text', () => file('a.wat', '(component)'), 'it is WebAssembly text, not a binary'],
    ['WIT text', () => file('b.wit', 'package a:b;'), 'it is WIT text, not a component'],
    ['a torn component', () => file('torn.wasm', torn()), 'unexpected end'],
  ])('%s', async (_, path, reason) => {
    const { code, stdout, stderr } = await callCli(['inspect', path()]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: Cannot (read|load) "/);
    expect(stderr).toContain(reason);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('a core module, and says how to make a component of it', async () => {
    const plain = await callCli([
      'inspect',
      file('core.wasm', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)),
    ]);
    expect(plain.code).toBe(1);
    expect(plain.stderr).toContain('it is a core module, not a component');
    expect(plain.stderr).toContain('hint: Embed a WIT world in it first ("npx @bytecodealliance/jco embed")');
    const preview1 = await callCli(['inspect', file('p1.wasm', await preview1Module())]);
    expect(preview1.stderr).toContain('hint: It is for WASI Preview 1 ("wasi_snapshot_preview1")');
    expect(preview1.stderr).toContain('--target wasm32-wasip2');
    expect(preview1.stderr).toContain('--wasi-command');
    const module = await moduleFor('package a:b;\nworld w { export f: func(); }', 'w');
    expect((await callCli(['inspect', file('embedded.wasm', module)])).stderr).toContain(
      'hint: It says which world it is for, so "npx @bytecodealliance/jco new',
    );
  });

  it('with one JSON object too', async () => {
    const { code, stdout } = await callCli(['inspect', join(folder, 'nope.wasm'), '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'ENOENT' } });
  });
});

function torn(): Uint8Array {
  return Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 7, 20, 1);
}

async function preview1Module(): Promise<Uint8Array> {
  return parse(
    '(module (import "wasi_snapshot_preview1" "proc_exit" (func (param i32))) (func (export "_start")))',
  );
}

const WORDS = 'map list record error-context stream async with package include from static own';

/** A component whose names are words of WIT, and that imports a resource beside its interfaces. */
async function wordsComponent(): Promise<Uint8Array> {
  const functions = WORDS.split(' ').map((word) => `%${word}: func(%${word}: u32);`);
  const wit = `package a:b@1.0.0;
interface %interface { ${functions.join(' ')} record %flags { %enum: u8 } type again = %flags; }
world w {
  import %interface;
  resource options { constructor(name: string); get: func() -> u32; make: static func() -> options; }
  use %interface.{%flags};
  export f: func(x: %flags) -> own<options>;
  export %use: interface { g: func(); }
}`;
  return componentNew(await moduleFor(wit, 'w'));
}
