import { join } from 'node:path';
import { decodeWorld, encodeWorld, readWit, WitError } from '@wasm-plugin/as';
import { describe, expect, it } from 'vitest';
import { folderWith } from './folder.js';

const DEPS = {
  'a.wit':
    '// First a comment.\npackage acme:main@1.0.0;\n\nworld main {\n  import acme:far/away@0.2.0;\n  export near;\n}\n',
  'b.wit':
    '/// Of the package.\npackage acme:main@1.0.0;\n\ninterface near {\n  use acme:far/away@0.2.0.{thing};\n  go: func(x: thing);\n}\n',
  'c.wit': 'interface more {\n}\n',
  'notes.txt': 'package acme:other;',
  'deps/far/away.wit':
    'package acme:far@0.2.0;\ninterface away {\n  use acme:one-file/it.{n};\n  record thing { x: n }\n}\n',
  'deps/one-file.wit': 'package acme:one-file;\ninterface it {\n  type n = u32;\n}\n',
};

describe('readWit()', () => {
  it('makes one text of the files of a package and the packages in deps', async () => {
    const wit = readWit(folderWith(DEPS)).text.text;
    expect(wit.match(/package acme:main@1\.0\.0/g)).toHaveLength(1);
    const world = decodeWorld(await encodeWorld({ wit, world: 'main' }));
    expect(world.imports.map(({ name }) => name)).toContain('acme:far/away@0.2.0');
    expect(world.exports.map(({ name }) => name)).toEqual(['acme:main/near@1.0.0']);
  });

  it('reads a single file', () => {
    const folder = folderWith({ 'x.wit': 'package a:b;\ninterface i {}\n', 'y.wit': 'package a:c;' });
    const { name, text } = readWit(join(folder, 'x.wit'));
    expect(name).toBe('a:b');
    expect(text.text.trim().split('\n')).toEqual(['package a:b;', '', 'interface i {}']);
  });

  it('knows where each line of the text came from', () => {
    const { text } = readWit(folderWith(DEPS));
    const place = (of: string) => text.placeAt(text.text.indexOf(of));
    expect(place('interface near')).toMatchObject({ line: 4, column: 1 });
    expect(place('go: func')).toMatchObject({ line: 6, column: 3 });
    expect(place('record thing')).toMatchObject({ line: 4, column: 3 });
    expect(place('record thing')?.file).toMatch(/away\.wit$/);
    expect(place('package acme:main')).toBeUndefined();
  });

  it('refuses a folder with no WIT, without a package, or with two', () => {
    expect(() => readWit(folderWith({ 'x.txt': '' }))).toThrow('Cannot read WIT: there is no .wit file in');
    expect(() => readWit(folderWith({ 'x.wit': '// package a:b;\ninterface x {}' }))).toThrow(
      'no file names a package',
    );
    expect(() => readWit(folderWith({ 'x.wit': 'package a:b;', 'y.wit': 'package a:c;' }))).toThrow(
      /x\.wit" is of package "a:b", ".*y\.wit" of "a:c"$/,
    );
  });

  it('refuses an encoded package in deps', () => {
    const folder = folderWith({ 'x.wit': 'package a:b;', 'deps/c.wasm': '' });
    expect(() => readWit(folder)).toThrow(/c\.wasm" is encoded, wanted WIT text$/);
    expect(() => readWit(folder)).toThrow(WitError);
  });
});

describe('decodeWorld()', () => {
  it('gives every type to the interface that defines it', async () => {
    const world = decodeWorld(await encodeWorld({ wit: readWit(folderWith(DEPS)).text.text, world: 'main' }));
    const away = world.imports.find(({ name }) => name.includes('far'));
    expect(away?.types.map(({ name, kind }) => [name, kind])).toEqual([['thing', 'record']]);
    const [go] = world.exports[0]?.functions ?? [];
    expect(world.exports[0]?.types).toEqual([]);
    expect(go?.params[0]?.type).toBe(away?.types[0]);
  });

  it('reads functions and types that the world has by itself', async () => {
    const wit = `package a:b;
world w {
  record point { x: f32, y: f32 }
  import now: func() -> u64;
  export move: func(p: point) -> point;
}`;
    const { name, rootImports, rootExports, imports } = decodeWorld(await encodeWorld({ wit, world: 'w' }));
    expect({ name, imports }).toEqual({ name: 'w', imports: [] });
    expect(rootImports.types.map(({ name }) => name)).toEqual(['point']);
    expect(rootImports.functions.map(({ name }) => name)).toEqual(['now']);
    expect(rootExports.functions[0]?.result).toBe(rootImports.types[0]);
  });

  it('tells apart the types of an interface that is imported and exported', async () => {
    const wit =
      'package a:b;\ninterface i { record r { x: u8 } f: func(x: r); }\nworld w { import i; export i; }';
    const world = decodeWorld(await encodeWorld({ wit, world: 'w' }));
    const [imported, exported] = [world.imports[0], world.exports[0]];
    expect(imported?.types[0]).not.toBe(exported?.types[0]);
    expect(imported?.types[0]).toMatchObject({ kind: 'record', name: 'r' });
    expect(exported?.functions[0]?.params[0]?.type).toBe(exported?.types[0]);
  });

  it('refuses bytes that hold no world', () => {
    const component = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
    expect(() => decodeWorld(component)).toThrow('Cannot read the world');
  });
});
