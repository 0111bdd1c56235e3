import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AUDIO_EFFECT_WORLD } from '@wasm-plugin/abi';
import { createEngine, decodeWorld } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { callCli, repoFile, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();

/** Writes files of WIT into a folder of that name. */
function witFolder(name: string, files: Record<string, string>): string {
  const root = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function build(path: string, ...more: string[]) {
  return callCli(['wit', 'build', path, '-o', join(folder, 'out.wasm'), ...more]);
}

function built(): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, 'out.wasm')));
}

describe('wasm-plugin wit build', () => {
  it('encodes every world of a package', async () => {
    const { code, stdout } = await build(repoFile('abi/wit'));
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(
      /out\.wasm: worlds plugin, audio-effect, codec, music-source, player, ui-extension of wasm-plugin:abi@0\.1\.0, /,
    );
    const world = decodeWorld(built(), 'audio-effect');
    expect(decodeWorld(built(), 'plugin').name).toBe('wasm-plugin:abi/plugin@0.1.0');
    const compressor = readFileSync(repoFile('plugins-rust/build/compressor.wasm'));
    expect((await createEngine({ world }).load(compressor)).size).toBe(compressor.length);
  });

  it('encodes one world, as the build of this project does', async () => {
    const { stdout } = await build(repoFile('abi/wit'), '--world', 'audio-effect', '--json');
    expect(JSON.parse(stdout)).toEqual({
      file: join(folder, 'out.wasm'),
      package: 'wasm-plugin:abi@0.1.0',
      featuresLeftOut: [],
      worlds: ['audio-effect'],
      sizeBytes: AUDIO_EFFECT_WORLD.length,
    });
    expect(Buffer.from(built()).equals(AUDIO_EFFECT_WORLD)).toBe(true);
  });

  it('takes several files, and packages from deps', async () => {
    const path = witFolder('deps-and-files', {
      'a.wit': '/// Doc.\npackage a:b@1.0.0;\ninterface x { use c:clock/now.{t}; foo: func(a: t); }\n',
      'b.wit': 'world w { export x; import d:e/f; }\n',
      'deps/clock/c.wit': 'package c:clock;\ninterface now { type t = u64; }\n',
      'deps/e.wit': 'package d:e;\ninterface f { g: func(); }\n',
      'deps.toml': 'clock = "…"',
    });
    expect((await build(path)).code).toBe(0);
    expect([...decodeWorld(built()).type.imports.keys()].sort()).toEqual(['c:clock/now', 'd:e/f']);
  });

  it('encodes the interfaces of a package without a world', async () => {
    const path = witFolder('interfaces', { 'a.wit': 'package a:b;\ninterface x {}\ninterface y {}\n' });
    expect(await build(path)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('interfaces x, y of a:b'),
    });
    expect(JSON.parse((await build(path, '--json')).stdout)).toMatchObject({
      worlds: [],
      interfaces: ['x', 'y'],
    });
  });

  it('makes the folder that the result goes into', async () => {
    const path = witFolder('one', { 'a.wit': 'package a:b;\nworld w {}\n' });
    expect((await callCli(['wit', 'build', path, '-o', join(folder, 'new/folder/out.wasm')])).code).toBe(0);
  });
});

describe('wasm-plugin wit build explains', () => {
  it.each([
    [
      'a syntax error in the second file',
      {
        'a.wit': 'package a:b;\ninterface x {}\n',
        'b.wit': 'world w {\n  export x;\n  import f func();\n}\n',
      },
      /b\.wit:3:12: expected .*found keyword `func`/,
    ],
    [
      'an unknown type',
      { 'a.wit': 'package a:b;\ninterface x {\n  f: func(a: u33);\n}\nworld w { export x; }' },
      /a\.wit:3:14: name `u33` does not exist/,
    ],
    [
      'a comment without end',
      { 'a.wit': 'package a:b;\n/* \nworld w {}\n' },
      /a\.wit:2:1: unterminated block comment/,
    ],
    [
      'a missing package',
      { 'a.wit': 'package a:b;\nworld w {\n  import c:d/e;\n}\n' },
      /a\.wit:3:10: package 'c:d' not found/,
    ],
    ['no package name', { 'a.wit': 'world w {}\n' }, /no file names a package/],
    [
      'two packages',
      { 'a.wit': 'package a:b;\nworld w {}', 'b.wit': 'package a:c;\n' },
      /a\.wit" is of package "a:b", ".*b\.wit" of "a:c"/,
    ],
    ['no world', { 'a.wit': 'package a:b;\n' }, /the package has no world and no interface/],
    ['no WIT', { 'readme.md': 'hello' }, /there is no \.wit file/],
  ])('%s', async (name, files, reason) => {
    const { code, stdout, stderr } = await build(witFolder(name.replaceAll(' ', '-'), files));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(reason);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('an unknown world, a missing folder and a target that is a folder', async () => {
    const { stderr } = await build(repoFile('abi/wit'), '--world', 'nope');
    expect(stderr).toContain('it has no world "nope"');
    expect(stderr).toContain('Its worlds: "audio-effect", "codec", "music-source", "player"');
    expect((await build(join(folder, 'nope'))).stderr).toContain('there is no such file');
    expect((await callCli(['wit', 'build', repoFile('abi/wit'), '-o', folder])).stderr).toContain(
      'it is a folder',
    );
  });
});

describe('wasm-plugin wit build and what is gated', () => {
  const gated = (): string =>
    witFolder('gated', {
      'w.wit': `package a:b@1.0.0;
interface i { f: func(); @unstable(feature = active) g: func(); }
// @unstable(feature = none)
@unstable(feature = second)
interface j { x: func(); }
world w { import i; @unstable(feature = second) import j; }
`,
    });
  const names = async (): Promise<string> => (await callCli(['inspect', join(folder, 'out.wasm')])).stdout;

  it('leaves it out, and says so', async () => {
    const { code, stderr } = await build(gated());
    expect(code).toBe(0);
    expect(stderr).toBe(
      'left out: what the features "active", "second" gate; --features active,second takes it in\n',
    );
    expect(await names()).not.toContain('g: func');
  });

  it('takes in what is asked for', async () => {
    expect((await build(gated(), '--features', 'active')).stderr).toContain(
      'left out: what the feature "second" gates',
    );
    expect(await names()).toContain('g: func');
    expect(await names()).not.toContain('import j');
    expect((await build(gated(), '--all-features')).stderr).toBe('');
    expect(await names()).toContain('import j');
  });

  it('refuses a feature that gates nothing', async () => {
    const { code, stderr } = await build(gated(), '--features', 'secnd');
    expect(code).toBe(2);
    expect(stderr).toContain('Cannot use the feature "secnd": nothing in the WIT is gated by it');
    expect(stderr).toContain('Did you mean "second"?');
  });
});
