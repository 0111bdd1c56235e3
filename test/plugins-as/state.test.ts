import { join } from 'node:path';
import { buildPlugin, parseWit, readWorld, generateBindings } from '@wasm-plugin/as';
import { createEngine } from '@wasm-plugin/engine';
import { expect, it } from 'vitest';
import { folderWith } from './folder.js';

const SOURCES = {
  'w.wit':
    'package a:b;\nworld w { export save: func() -> list<u8>; export restore: func(state: list<u8>) -> string; }\n',
  'assembly/index.ts': `import { StateReader, StateWriter } from './bindings/state';

class Settings {
  gain: f64 = 0.25;
  preset: string = 'warm';
  bypass: bool = true;
  names: Array<string> = ['a', '', 'grüße'];
  bands: StaticArray<f32> = [1.5, -2];
  count: u64 = 1 << 40;
}

export function save(): StaticArray<u8> {
  const s = new Settings();
  return new StateWriter(3).put(s.gain).put(s.preset).put(s.bypass).put(s.names).put(s.bands).put(s.count).state;
}

export function restore(state: StaticArray<u8>): string {
  const reader = new StateReader(state);
  if (reader.schema != 3) return 'schema ' + reader.schema.toString();
  const s = new Settings();
  s.gain = reader.get<f64>();
  s.preset = reader.get<string>();
  s.bypass = reader.get<bool>();
  s.names = reader.get<Array<string>>();
  s.bands = reader.get<StaticArray<f32>>();
  s.count = reader.get<u64>();
  if (reader.isBroken) return 'broken';
  return [s.gain.toString(), s.preset, s.bypass.toString(), s.names.join('|'), s.bands.join(','), s.count.toString()].join(' ');
}
`,
};

interface Guest {
  save(): Uint8Array;
  restore(state: Uint8Array): string;
}

it('a state comes back as it went, and one that is cut or lies is broken', async () => {
  const folder = folderWith(SOURCES);
  const plugin = { entry: join(folder, 'assembly/index.ts'), wit: join(folder, 'w.wit'), world: 'w' };
  const { exports } = (await createEngine().load(await buildPlugin(plugin))).instantiate();
  const { save, restore } = exports as unknown as Guest;
  const state = save();
  expect(restore(state)).toBe('0.25 warm true a||grüße 1.5,-2.0 1099511627776');
  for (let length = 4; length < state.length; length++)
    expect(restore(state.slice(0, length))).toBe('broken');
  expect(restore(new Uint8Array(0))).toBe('schema 0');
  expect(restore(Uint8Array.of(2, 0, 0, 0, 9))).toBe('schema 2');
  for (let at = 4; at < state.length; at++) {
    for (const byte of [0, 0x7f, 0xff]) expect(typeof restore(state.with(at, byte))).toBe('string');
  }
});

it('doc comments of WIT are those of the bindings', async () => {
  const wit = parseWit(`package a:b@1.0.0;
interface i {
  /// A record
  /// of two lines.
  record r { /// Field a.
    a: u8 }
  /** A variant, with */
  variant v { /// A case. /* */
    c(list<tuple<u8, u8>>), /// Last.
    %type }
  flags f { /// A flag.
    x }
  /// A resource.
  resource q { /// Makes one.
    constructor(); /// A method.
    m: func(); /// Static.
    s: static func() -> q; }
  /// Goes.
  @since(version = 1.0.0)
  go: func(r: r, v: v, f: f);
}
world w {
  import i;
  import j: interface {
    /// Inner.
    z: func();
  }
  /// Of the world.
  import f: func();
}`);
  const { files } = generateBindings(await readWorld(wit, 'w'));
  const text = ['i.ts', 'j.ts', 'world.ts'].map((name) => files.get(name)).join('');
  for (const [doc, item] of [
    ['A record\n * of two lines.', 'export class R {'],
    ['Field a.', 'public a: u8'],
    ['A case. /* *\\/', 'C,'],
    ['Last.', 'Type,'],
    ['A flag.', 'X = 1,'],
    ['A resource.', 'export class Q '],
    ['Makes one.', 'constructor()'],
    ['A method.', 'm(): void'],
    ['Static.', 'static s(): Q'],
    ['Goes.', 'export function go('],
    ['Inner.', 'export function z('],
    ['Of the world.', 'export function f('],
  ] as const) {
    const at = text.indexOf(item);
    expect(text.slice(Math.max(at - 60, 0), at), item).toContain(doc);
  }
});
