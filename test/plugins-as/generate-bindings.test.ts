import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodeWorld, encodeWorld, generateBindings } from '@wasm-plugin/as';
import { expect, it } from 'vitest';

const GOLDEN = fileURLToPath(new URL('../golden/as-bindings/', import.meta.url));

/** One of each kind, small enough to be read. */
const WIT = `package acme:shop@1.0.0;

interface goods {
  enum size { small, large }
  flags marks { new, on-sale }
  record article { name: string, price: option<f64>, size: size, marks: marks }
  variant answer { nothing, one(article), count(u64) }
}

interface stock {
  use goods.{article, answer};
  resource shelf {
    constructor(label: string);
    put: func(item: article) -> result<u32, string>;
    merge: static func(a: shelf, b: shelf) -> shelf;
  }
  ask: func(names: list<string>, deep: option<option<u8>>) -> answer;
}

interface till {
  use goods.{article};
  use stock.{shelf};
  resource receipt {
    constructor(number: u32);
    total: func() -> f64;
  }
  sell: func(shelf: borrow<shelf>, items: list<tuple<article, u32>>) -> result<receipt, string>;
  weigh: func(grams: list<f32>) -> f64;
}

world shop {
  import stock;
  import default: func(x: u32);
  export till;
}
`;

it('generateBindings() writes the golden files', async () => {
  const { files, exports } = generateBindings(decodeWorld(await encodeWorld({ wit: WIT, world: 'shop' })));
  const texts = new Map(
    [...files].filter(([name]) => !['runtime.ts', 'abort.ts', 'state.ts'].includes(name)),
  );
  texts.set('exports.json', `${JSON.stringify(exports, null, 2)}\n`);
  if (process.env['UPDATE_GOLDEN'] === '1') update(texts);
  const golden = readdirSync(GOLDEN).map((name) => [name.replace(/\.txt$/, ''), text(name)] as const);
  expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(golden));
});

/** The files end in `.txt`: they are no sources of this project. */
function update(texts: Map<string, string>): void {
  if (existsSync(GOLDEN)) rmSync(GOLDEN, { recursive: true });
  mkdirSync(GOLDEN, { recursive: true });
  for (const [name, content] of texts) writeFileSync(`${GOLDEN}${name}.txt`, content);
}

function text(name: string): string {
  return readFileSync(`${GOLDEN}${name}`, 'utf8').replaceAll('\r\n', '\n');
}

it('generateBindings() keeps apart names that AssemblyScript or the bindings use', async () => {
  const wit = `package a:b;
interface i {
  record array { default: u8, memory: list<u8> }
  import1: func(load: array, handle: u32) -> array;
  drop-thing: func();
  resource thing { }
}
world w { import i; }`;
  const { files } = generateBindings(decodeWorld(await encodeWorld({ wit, world: 'w' })));
  const source = files.get('i.ts') ?? '';
  expect(source).toContain('export class Array_ {');
  expect(source).toContain('public default_: u8');
  expect(source).toContain('import1(load_: Array_, handle: u32): Array_');
  const declared = [...source.matchAll(/^(?:export )?(?:declare )?(?:function|class) (\S+?)[( ]/gm)].map(
    (m) => m[1],
  );
  expect(new Set(declared).size).toBe(declared.length);
});

it('generateBindings() names two exported interfaces apart that have one short name', async () => {
  const wit = `package a:b;
interface i { f: func(); }
world w { export i; export c:d/i; }
package c:d { interface i { f: func(); } }`;
  const { files } = generateBindings(decodeWorld(await encodeWorld({ wit, world: 'w' })));
  expect(files.get('exports.ts')).toContain('guest.aBI.f()');
  expect(files.get('exports.ts')).toContain('guest.cDI.f()');
});
