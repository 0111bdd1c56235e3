import {
  abiErrorFrom,
  checkAgainstWorld,
  decodeWorld,
  describeProblem,
  type Verdict,
} from '@wasm-plugin/engine/world';
import { describe, expect, it } from 'vitest';
import { componentFor, embeddedWorld } from '../support/wit.js';

/** Checks a component that is built for one WIT text against the world of another. */
async function verdictOf(plugin: string, host: string): Promise<Verdict> {
  const world = decodeWorld(await embeddedWorld(host, 'w'));
  return checkAgainstWorld(await componentFor(plugin, 'w'), world);
}

async function problemsOf(plugin: string, host: string): Promise<string[]> {
  return (await verdictOf(plugin, host)).problems.map(describeProblem);
}

const wit = (world: string, interfaces = '', version = '1.0.0'): string =>
  `package acme:audio@${version};\n${interfaces}\nworld w { ${world} }`;

function framesAt(type: string): string {
  return `interface types { record frame { at: ${type} } play: func(frames: list<frame>); }`;
}

function runnerOf(x: string, y: string): string {
  return `interface types { resource a {} resource b {} }
    interface runner { use types.{a, b}; run: func(x: ${x}, y: ${y}); }`;
}

describe('checkAgainstWorld() fits', () => {
  it('checkAgainstWorld() takes a component built for the world', async () => {
    const text = wit(
      'import types; import log: func(text: string); export processor; export run: func();',
      `interface types {
        resource buffer { constructor(frames: u32); len: func() -> u32; }
        record point { x: f32, y: option<f32> }
      }
      interface processor { use types.{buffer, point}; process: func(b: borrow<buffer>, p: point) -> result<buffer>; }`,
    );
    expect(await verdictOf(text, text)).toMatchObject({
      fits: true,
      problems: [],
      world: 'acme:audio/w@1.0.0',
    });
  });

  it('checkAgainstWorld() takes a component that imports less and exports more', async () => {
    const host = wit('import a: func(); import b: func(); export run: func();');
    const plugin = wit('import a: func(); export run: func(); export more: func();');
    expect((await verdictOf(plugin, host)).fits).toBe(true);
  });

  it('checkAgainstWorld() takes resources that the world wants exported', async () => {
    const text = wit(
      'export store;',
      'interface store { resource key { get: func() -> u8; } open: func() -> key; }',
    );
    expect((await verdictOf(text, text)).fits).toBe(true);
  });

  it.each([
    ['1.0.0', '1.2.0'],
    ['1.2.0', '1.0.0'],
    ['0.2.0', '0.2.9'],
  ])('checkAgainstWorld() takes version %s for version %s', async (built, declared) => {
    const interfaces = 'interface types { now: func() -> u64; } interface runner { run: func(); }';
    const host = wit('import types; export runner;', interfaces, declared);
    const plugin = wit('import types; export runner;', interfaces, built);
    const verdict = await verdictOf(plugin, host);
    expect(verdict.problems).toEqual([]);
    expect(verdict.imports).toEqual(new Map([[`acme:audio/types@${built}`, `acme:audio/types@${declared}`]]));
    expect(verdict.exports).toEqual(
      new Map([[`acme:audio/runner@${declared}`, `acme:audio/runner@${built}`]]),
    );
  });

  it('checkAgainstWorld() takes an interface with fewer functions than the world has', async () => {
    const host = wit('import types;', 'interface types { a: func(); b: func(); }', '1.1.0');
    const plugin = wit('import types;', 'interface types { a: func(); }');
    expect((await verdictOf(plugin, host)).fits).toBe(true);
  });
});

describe('checkAgainstWorld() does not fit', () => {
  it('checkAgainstWorld() refuses an import that the world does not declare', async () => {
    expect(await problemsOf(wit('import f: func();'), wit(''))).toEqual([
      'import "f": the world does not declare it; build it without this import, or declare the import in the world',
    ]);
  });

  it('checkAgainstWorld() refuses a component without a wanted export', async () => {
    expect(await problemsOf(wit(''), wit('export f: func();'))).toEqual([
      'export "f": the component does not have it; add the export, or take it out of the world',
    ]);
  });

  it.each([
    ['1.0.0', '2.0.0'],
    ['0.1.0', '0.2.0'],
    ['0.0.1', '0.0.2'],
  ])('checkAgainstWorld() refuses version %s for version %s', async (built, declared) => {
    const interfaces = 'interface types { now: func() -> u64; }';
    const problems = await problemsOf(
      wit('import types;', interfaces, built),
      wit('import types;', interfaces, declared),
    );
    expect(problems).toEqual([
      `import "acme:audio/types@${built}": the world does not declare it; the world has "acme:audio/types@${declared}", which is no compatible version: build it against that one`,
    ]);
  });

  it('checkAgainstWorld() tells the way into the type that differs', async () => {
    expect(
      await problemsOf(wit('import types;', framesAt('u32')), wit('import types;', framesAt('f64'), '1.1.0')),
    ).toEqual([
      'import "acme:audio/types@1.0.0", export `frame`, record field `at`: the component wants u32, the world has f64; ' +
        'it was built against "acme:audio/types@1.0.0" and the world has "acme:audio/types@1.1.0": build it against that version',
    ]);
  });

  it('checkAgainstWorld() tells of a function that an interface lacks', async () => {
    const host = wit('export runner;', 'interface runner { run: func(times: u8) -> string; }');
    const plugin = wit('export runner;', 'interface runner { stop: func(); }');
    expect(await problemsOf(plugin, host)).toEqual([
      'export "acme:audio/runner@1.0.0", export `run`: the world wants func(times: u8) -> string, the component has nothing; ' +
        'build it against the WIT that the host declares',
    ]);
  });

  it('checkAgainstWorld() tells two resources apart', async () => {
    const [problem] = await problemsOf(
      wit('import types; export runner;', runnerOf('a', 'b')),
      wit('import types; export runner;', runnerOf('b', 'a')),
    );
    expect(problem).toContain(
      'export `run`, parameter `x`: the world wants own<b>, the component has own<a>',
    );
  });

  it('checkAgainstWorld() tells of every problem at once', async () => {
    const verdict = await verdictOf(
      wit('import f: func(x: u8); import g: func(); export h: func() -> u8;'),
      wit('import f: func(x: u16); export h: func(); export i: func();'),
    );
    expect(verdict.problems.map(({ kind, direction, name }) => [kind, direction, name])).toEqual([
      ['mismatch', 'import', 'f'],
      ['undeclared', 'import', 'g'],
      ['mismatch', 'export', 'h'],
      ['missing', 'export', 'i'],
    ]);
  });
});

describe('abiErrorFrom()', () => {
  it('abiErrorFrom() tells a single problem in one line', async () => {
    const error = abiErrorFrom(await verdictOf(wit(''), wit('export f: func();')), { plugin: 'demo' });
    expect(error).toMatchObject({
      code: 'WP_ABI_MISMATCH',
      plugin: 'demo',
      message:
        'Cannot load the component: it does not fit the world "acme:audio/w@1.0.0": export "f": the component does not have it; add the export, or take it out of the world',
    });
  });

  it('abiErrorFrom() tells several problems in a line each, and no more than ten', async () => {
    const exports = Array.from({ length: 14 }, (_, index) => `export f${index}: func();`).join(' ');
    const error = abiErrorFrom(await verdictOf(wit(''), wit(exports)));
    expect(error.message.split('\n')).toHaveLength(12);
    expect(error.message).toMatch(/\n {2}- and 4 more$/);
  });
});
