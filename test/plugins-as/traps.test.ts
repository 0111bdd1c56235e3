import { join } from 'node:path';
import { buildPlugin } from '@wasm-plugin/as';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { folderWith } from './folder.js';

const WIT = `package a:b;
world w {
  export load: func(name: string) -> string;
  export pick: func(%list: list<u32>, index: u32) -> u32;
  export divide: func(a: u32, b: u32) -> u32;
  export cut: func(text: string, start: u32, to: u32) -> string;
  export cut-all: func(texts: list<string>, to: u32) -> list<string>;
}
`;

const SOURCE = `export function load_(name: string): string {
  if (name.length > 3) throw new Error('there is no preset ' + name);
  return name;
}

export function pick(list: StaticArray<u32>, index: u32): u32 {
  return list[index];
}

export function divide(a: u32, b: u32): u32 {
  return a / b;
}

export function cut(text: string, start: u32, to: u32): string {
  return text.substring(start, to);
}

export function cutAll(texts: Array<string>, to: u32): Array<string> {
  for (let i = 0; i < texts.length; i++) texts[i] = texts[i].substring(0, to);
  return texts;
}
`;

type Guest = Record<string, (...args: unknown[]) => unknown>;

async function built(more: { debug?: boolean; ascOptions?: string[] } = {}): Promise<Uint8Array> {
  const folder = folderWith({ 'w.wit': WIT, 'assembly/index.ts': SOURCE });
  const plugin = { entry: join(folder, 'assembly/index.ts'), wit: join(folder, 'w.wit'), world: 'w' };
  return buildPlugin({ ...plugin, ...more });
}

/** The error of a call to a new instance, under each way to run it. */
async function errors(bytes: Uint8Array, name: string, ...args: unknown[]): Promise<Error[]> {
  const limits = [{}, { fuel: 1e9 }];
  return Promise.all(
    limits.map(async (limits) => {
      const instance: Instance = (await createEngine({ limits }).load(bytes)).instantiate();
      try {
        (instance.exports as Guest)[name]?.(...args);
      } catch (error) {
        return error as Error;
      }
      throw new Error('nothing was thrown');
    }),
  );
}

describe('a trap of a guest in AssemblyScript', () => {
  it('says what the guest said', async () => {
    const bytes = await built();
    for (const error of await errors(bytes, 'load', 'a\u001b[1mb')) {
      expect(error).toMatchObject({ code: 'WP_TRAP' });
      expect(error.message).toContain('the guest trapped: there is no preset a\\u{1b}[1mb');
    }
    for (const error of await errors(bytes, 'pick', Uint32Array.of(1), 1)) {
      expect(error.message).toContain('the guest trapped: Index out of range');
    }
  });

  it.each([{ debug: true }, { ascOptions: ['--sourceMap', '--debug'] }])(
    'says where, with %j',
    async (more) => {
      const bytes = await built(more);
      for (const error of await errors(bytes, 'load', 'four')) {
        expect(error.message).toContain('there is no preset four, at index.ts:2:24');
      }
      for (const error of await errors(bytes, 'divide', 1, 0)) {
        expect(error).toMatchObject({ trace: [{ file: 'assembly/index.ts', line: 11 }] });
        expect(error.message).toMatch(/divide by zero, in ".*" \(assembly\/index\.ts:11\)/);
      }
    },
  );

  it('cuts what the guest said, and knows where its memory ends', async () => {
    for (const error of await errors(await built(), 'load', 'x'.repeat(100_000))) {
      expect(error.message.length).toBeLessThan(2000);
    }
  });
});

describe('half of a surrogate pair', () => {
  it('leaves the guest as U+FFFD', async () => {
    const { exports } = (await createEngine().load(await built())).instantiate();
    const { cut, cutAll } = exports as Guest;
    const text = 'abcdefgh😀ijkl😀😀';
    for (let from = 0; from <= text.length; from++) {
      for (let to = from; to <= text.length; to++) {
        expect(cut?.(text, from, to)).toBe(
          text
            .substring(from, to)
            .replaceAll(/(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/g, '\ufffd'),
        );
      }
    }
    expect(cutAll?.(['😀', 'a😀', 'ab'], 2)).toEqual(['😀', 'a\ufffd', 'ab']);
  });
});
