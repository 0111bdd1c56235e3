import { join } from 'node:path';
import { buildPlugin, encodeWorld, parseWit, readWit, readWorld, WitError } from '@wasm-plugin/as';
import { encodePackage } from '@wasm-plugin/as/wit';
import { createEngine, decodeWorld } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { folderWith } from './folder.js';

async function importsOf(files: Record<string, string>, world = 'w'): Promise<string[]> {
  const bytes = await encodeWorld({ wit: readWit(folderWith(files)), world });
  return [...decodeWorld(bytes).type.imports.keys()].sort();
}

function refusal(files: Record<string, string>): Promise<unknown> {
  return importsOf(files).then(
    () => 'accepted',
    (error: unknown) => error,
  );
}

const DEP = { 'deps/c.wit': 'package c:d;\ninterface i { type t = u32; }\n' };

describe('a `use` at the top of a file', () => {
  it('may be in several files of a package, in each with its own meaning', async () => {
    const files = {
      ...DEP,
      'a.wit': 'package a:b;\nuse c:d/i;\ninterface x { use i.{t}; f: func(a: t); }\n',
      'b.wit': 'use c:d/i;\ninterface y { use i.{t}; f: func(a: t); }\n',
      'c.wit': 'use x as i;\nworld w { import i; import y; }\n',
    };
    expect(await importsOf(files)).toEqual(['a:b/x', 'a:b/y', 'c:d/i']);
  });

  it('may bring in a name that another file has for an interface of its own', async () => {
    const files = {
      ...DEP,
      'a.wit': 'package a:b;\nuse c:d/i as d;\ninterface x { use d.{t}; f: func(a: t); }\n',
      'b.wit': 'interface d { type t = string; }\nworld w { import x; import d; }\n',
    };
    expect(await importsOf(files)).toEqual(['a:b/d', 'a:b/x', 'c:d/i']);
  });

  it('brings in nothing for the other files', async () => {
    const files = {
      ...DEP,
      'a.wit': 'package a:b;\nuse c:d/i as d;\n',
      'b.wit': 'interface y {\n  use d.{t};\n  f: func(a: t);\n}\nworld w { import y; }\n',
    };
    expect(await refusal(files)).toMatchObject({ message: expect.stringMatching(/b\.wit:2:7: .*`?d`?/) });
  });

  it('is refused by its own name where there is no such package', async () => {
    const files = { 'a.wit': 'package a:b;\nuse c:d/i as e;\n', 'b.wit': 'world w {}' };
    expect(await refusal(files)).toMatchObject({ message: expect.stringMatching(/a\.wit:2:5: .*c:d/) });
  });

  it('may not name what the file itself declares', async () => {
    const files = {
      ...DEP,
      'a.wit': 'package a:b;\nuse c:d/i as x;\ninterface x { }\n',
      'b.wit': 'world w {}',
    };
    expect(await refusal(files)).toBeInstanceOf(WitError);
  });
});

describe('packages in `deps`', () => {
  it('may hold nested packages, beside their own or alone', async () => {
    const files = {
      'a.wit': 'package a:b;\nworld w { import c:d/i; import e:f/g; import h:k/l; }\n',
      'deps/c/c.wit':
        'package c:d;\ninterface i { use e:f/g.{t}; f: func(a: t); }\npackage e:f { interface g { type t = u8; } }\n',
      'deps/h.wit': '// Only nested.\npackage h:k {\n  interface l { f: func(); }\n}\n',
    };
    expect(await importsOf(files)).toEqual(['c:d/i', 'e:f/g', 'h:k/l']);
  });
});

describe('the line that names the package', () => {
  it.each([
    ['package a : b ;', 'a:b'],
    ['package a:b@1.0.0 /* of */ ;', 'a:b@1.0.0'],
    ['/* /* package old:x; */ package older:x; */ package a:b;', 'a:b'],
    ['// package old:x;\r\n\r\npackage\r\n  a:b;', 'a:b'],
    ['\uFEFF/// Doc.\npackage %a:b@1.0.0-rc.1+build;', '%a:b@1.0.0-rc.1+build'],
  ])('%s', async (line, name) => {
    const folder = folderWith({ 'a.wit': `${line}\nworld w { import i: interface { f: func(); } }` });
    const wit = readWit(folder);
    expect(wit.name).toBe(name);
    expect(decodeWorld(await encodeWorld({ wit, world: 'w' })).type.imports.size).toBe(1);
  });
});

describe('worlds', () => {
  it('may be called by a word of WIT', async () => {
    const text = 'package a:b;\nworld %type { export f: func() -> u8; }\nworld %world {}\n';
    expect((await encodePackage(parseWit(text))).worlds).toEqual(['type', 'world']);
    for (const world of ['%type', 'a:b/type']) {
      const folder = folderWith({
        'w.wit': text,
        'assembly/index.ts': 'export function f(): u8 { return 3; }\n',
      });
      const plugin = { entry: join(folder, 'assembly/index.ts'), wit: join(folder, 'w.wit'), world };
      const { exports } = (await createEngine().load(await buildPlugin(plugin))).instantiate();
      expect((exports as { f: () => number }).f()).toBe(3);
    }
  });

  it('that there are are named where another is asked for', async () => {
    const wit = parseWit('package a:b;\nworld one {}\nworld two {}\n');
    await expect(encodePackage(wit, { world: 'three' })).rejects.toMatchObject({
      message: 'Cannot encode "a:b": it has no world "three"',
      hint: 'Its worlds: "one", "two"',
    });
  });

  it('need not be: interfaces alone are encoded, and two of them stay apart', async () => {
    const text = `package a:b@1.2.3;
interface i { record r { x: u8 } f: func() -> r; }
interface j { use i.{r}; resource q; g: func(a: r, b: borrow<q>); }`;
    const { worlds, interfaces, bytes } = await encodePackage(parseWit(text));
    expect({ worlds, interfaces }).toEqual({ worlds: [], interfaces: ['i', 'j'] });
    expect(Buffer.from(bytes).toString('latin1')).toContain('a:b/j@1.2.3');
  });
});

describe('WIT beyond Preview 2', () => {
  const REFUSED = ['stream<u8>', 'future<u8>', 'future', 'error-context', 'list<u8, 4>'];
  const text = (type: string): string =>
    `package a:b;\ninterface i {\n  %map: func(%future: list<u8>);\n  f: func(a: ${type});\n}\nworld w { import i; }`;

  it.each([...REFUSED, 'map<string, u8>'])('is encoded: %s', async (type) => {
    expect((await encodePackage(parseWit(text(type)))).worlds).toEqual(['w']);
  });

  it('is refused for flags that no core value holds', async () => {
    const names = Array.from({ length: 33 }, (_, i) => `x${i}`).join(', ');
    const wit = parseWit(
      `package a:b;\ninterface i {\n  flags f { x }\n  flags g { ${names} }\n}\nworld w { import i; }`,
    );
    await expect(readWorld(wit, 'w')).rejects.toMatchObject({
      message: expect.stringContaining('package.wit:4:3: flags of more than 32 names are not supported'),
    });
  });

  it.each(REFUSED)('is refused by name, with file and line: %s', async (type) => {
    const folder = folderWith({ 'w.wit': text(type), 'assembly/index.ts': '' });
    const plugin = { entry: join(folder, 'assembly/index.ts'), wit: join(folder, 'w.wit'), world: 'w' };
    const word = type.startsWith('list') ? 'a list of fixed length' : `"${type.split('<')[0]}"`;
    await expect(buildPlugin(plugin)).rejects.toMatchObject({
      name: 'WitError',
      message: expect.stringMatching(new RegExp(`w\\.wit:4:14: ${word} is not supported$`)),
      places: [{ line: 4, column: 14 }],
    });
  });
});

describe('what is wrong is said with file and line', () => {
  it.each([
    ['interface i {\n  enum e { }\n}\nworld w {}', 3, /empty enum/],
    [
      'interface i {\n  resource e {\n    constructor();\n    constructor();\n  }\n}\nworld w {}',
      5,
      /duplicate/,
    ],
    ['interface i {\n  resource e;\n  f: func() -> borrow<e>;\n}\nworld w {}', 4, /borrow/],
    ['world w {\n  import f: func();\n  import f: func();\n}', 3, /`f`/],
    ['interface i {\n  type t = t;\n}\nworld w { import i; }', 3, /depends on itself/],
    [`interface i {\n  type t = ${'list<'.repeat(5000)}u8${'>'.repeat(5000)};\n}\nworld w {}`, 3, /too deep/],
    ['world w {\n  import f: func(a: u8,,);\n}', 3, /expected/],
    ['world w {\n  import f: func() /* \n}', 3, /unterminated/],
  ])('%#', async (body, line, reason) => {
    const encoding = encodeWorld({ wit: `package a:b;\n${body}`, world: 'w' });
    await expect(encoding).rejects.toMatchObject({
      name: 'WitError',
      message: expect.stringMatching(reason),
    });
    await expect(encoding).rejects.toMatchObject({
      places: expect.arrayContaining([expect.objectContaining({ line })]),
    });
  });
});
