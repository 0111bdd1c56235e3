import { join } from 'node:path';
import { buildPlugin } from '@wasm-plugin/as';
import { createEngine, type HostImports } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { folderWith } from './folder.js';

// oxlint-disable-next-line typescript/no-explicit-any -- what a test calls has many shapes
type Guest = Record<string, any>;

/** Builds a guest of one file and starts it. */
async function started(
  wit: string,
  {
    source,
    imports = {},
    files = {},
  }: { source: string; imports?: HostImports; files?: Record<string, string> },
): Promise<Guest> {
  const folder = folderWith({ 'w.wit': wit, 'assembly/index.ts': source, ...files });
  const bytes = await buildPlugin({
    entry: join(folder, 'assembly/index.ts'),
    wit: join(folder, 'w.wit'),
    world: 'w',
    ascOptions: ['--optimizeLevel', '0'],
  });
  return (await createEngine({ imports }).load(bytes)).instantiate().exports as Guest;
}

/** Words of AssemblyScript, JavaScript and Rust, those of WIT escaped. */
const WORDS = [
  ...'abstract any as async await break case catch class const continue debugger declare default delete do else'.split(
    ' ',
  ),
  ...'enum export extends false finally for from func function get if implements import in include instanceof'.split(
    ' ',
  ),
  ...'interface is keyof let match mod module move mut namespace never new null number object of operator'.split(
    ' ',
  ),
  ...'override own package private protected public readonly ref resource return self set static string struct'.split(
    ' ',
  ),
  ...'super switch symbol this throw trait true try tuple type typeof undefined unsafe use usize var void where'.split(
    ' ',
  ),
  ...'while with world yield i32 u8 f64 load store memory changetype handle value result option list'.split(
    ' ',
  ),
];

describe('names that AssemblyScript or the bindings use', () => {
  it('are fine for functions, parameters, fields, cases, methods and interfaces, in both directions', async () => {
    const functions = WORDS.map((word) => `%${word}: func(%${word}: u8) -> u8;`).join('\n  ');
    const fields = WORDS.map((word) => `%${word}: u8`).join(', ');
    const cases = WORDS.map((word) => `%${word}(u8)`).join(', ');
    const methods = functions.replaceAll('(%self:', '(%self2:');
    const wit = `package a:b;
interface words {
  ${functions}
}
interface kinds {
  record r { ${fields} }
  variant v { ${cases} }
  enum e { ${WORDS.map((word) => `%${word}`).join(', ')} }
  resource q {
  ${methods}
  }
  make: func() -> q;
  swap: func(r: r, v: v, e: e) -> tuple<r, v, e>;
}
interface %override { %override: func(x: u8) -> u8; }
world w { import words; export words; import kinds; export kinds-out: interface { use kinds.{r, v, e}; swap: func(r: r, v: v, e: e) -> tuple<r, v, e>; call: func() -> u8; } export %override; }`;
    const as = (word: string): string => (RESERVED.has(word) ? `${word}_` : word);
    const RESERVED = new Set(
      WORDS.filter(
        (word) =>
          !/^(?:any|func|include|match|mod|move|mut|own|ref|resource|self|struct|trait|tuple|unsafe|use|where|world|handle|value|result|option|list)$/.test(
            word,
          ),
      ),
    );
    const source = `import * as words from './words';
import * as kindsOut from './kinds-out';
import * as override_ from './override';
export { words, kindsOut, override_ };
`;
    const files = {
      'assembly/words.ts': `import * as host from './bindings/words';\n${WORDS.map(
        (word) => `export function ${as(word)}(x: u8): u8 {\n  return host.${as(word)}(x);\n}\n`,
      ).join('')}`,
      'assembly/kinds-out.ts': `import { R, V, E, Q, make, swap as hostSwap } from './bindings/kinds';
import { Tuple3 } from './bindings/wit';
export function swap(r: R, v: V, e: E): Tuple3<R, V, E> { return hostSwap(r, v, e); }
export function call(): u8 {
  const q = make();
  let sum: u8 = 0;
  ${WORDS.map((word) => `sum += q.${word === 'handle' ? 'handle_' : as(word)}(1);`).join('\n  ')}
  q.drop();
  return sum;
}
`,
      'assembly/override.ts': 'export function override_(x: u8): u8 { return x + 1; }\n',
    };
    const camel = (word: string): string => word;
    const hostWords = Object.fromEntries(WORDS.map((word) => [camel(word), (x: number) => x + 1]));
    class Q {
      [name: string]: unknown;
    }
    for (const word of WORDS) Q.prototype[word] = () => 1;
    const guest = await started(wit, {
      source,
      files,
      imports: {
        'a:b/words': hostWords,
        'a:b/kinds': { Q, make: () => new Q(), swap: (r: unknown, v: unknown, e: unknown) => [r, v, e] },
      },
    });
    for (const word of WORDS) expect(guest['words'][word](4), word).toBe(5);
    expect(guest['kindsOut'].call()).toBe(WORDS.length);
    const record = Object.fromEntries(WORDS.map((word, i) => [word, i]));
    const variant = { tag: 'override', val: 3 };
    expect(guest['kindsOut'].swap(record, variant, 'override')).toEqual([record, variant, 'override']);
    expect(guest['override'].override(1)).toBe(2);
  });

  it('give way to the names of WIT: tags of a variant, bases of a resource, members of both', async () => {
    const wit = `package a:b;
interface i {
  variant event { none, one(u8) }
  record event-tag { x: u8 }
  resource foo { constructor(); drop: func() -> u8; give: func() -> u8; handle: func() -> u8; dropped: func() -> u8; }
  record foo-resource { x: u8 }
  f: func(e: event, t: event-tag, r: foo-resource) -> u8;
}
world w { import i; export calls: interface { run: func() -> list<u8>; } export j: interface {
  resource foo { constructor(); drop: func() -> u8; give: func() -> u8; handle: func() -> u8; dropped: func() -> u8; }
  record foo-resource { x: u8 }
  take: func(foo: foo, r: foo-resource) -> u8;
} }`;
    const source = `import * as calls from './calls';\nimport * as j from './j';\nexport { calls, j };\n`;
    const dropped: number[] = [];
    class Foo {
      drop() {
        return 1;
      }
      give() {
        return 2;
      }
      handle() {
        return 3;
      }
      dropped() {
        return 4;
      }
      [Symbol.dispose]() {
        dropped.push(1);
      }
    }
    const guest = await started(wit, {
      source,
      files: {
        'assembly/calls.ts': `import { f, Foo, Event, EventTag, FooResource, EventTag_ } from './bindings/i';
export function run(): StaticArray<u8> {
  const foo = new Foo();
  const e = Event.one(7);
  assert(e.tag == EventTag_.One);
  const all: StaticArray<u8> = [foo.drop_(), foo.give_(), foo.handle_(), foo.dropped(), f(e, new EventTag(8), new FooResource(9))];
  foo.drop();
  return all;
}
`,
        'assembly/j.ts': `import { FooResource, FooResource_ } from './bindings/j';
export class Foo extends FooResource_ {
  drop_(): u8 { return 5; }
  give_(): u8 { return 6; }
  handle_(): u8 { return 7; }
  dropped_(): u8 { return 8; }
}
export function take(foo: Foo, r: FooResource): u8 {
  const handle: u8 = foo.handle_();
  foo.drop();
  return handle + r.x;
}
`,
      },
      imports: {
        'a:b/i': { Foo, f: (e: { val: number }, t: { x: number }, r: { x: number }) => e.val + t.x + r.x },
      },
    });
    expect([...guest['calls'].run()]).toEqual([1, 2, 3, 4, 24]);
    expect(dropped).toEqual([1]);
    const foo = new guest['j'].Foo();
    expect([foo.drop(), foo.give(), foo.handle(), foo.dropped()]).toEqual([5, 6, 7, 8]);
    expect(guest['j'].take(foo, { x: 1 })).toBe(8);
  });

  it('keep apart what is one name in AssemblyScript, and namespaces from functions of the world', async () => {
    const wit = `package a:b;
world w {
  export FOO: func(a-b: u8, x: u8) -> u8;
  export text: func() -> u8;
  export c:d/text;
  export i: interface { enum e { get-json, x } f-o-o: func(e: e) -> u8; }
}
package c:d { interface text { f: func() -> u8; } }`;
    const guest = await started(wit, {
      source: `import * as text_ from './text';
import * as i from './i';
export { text_, i };
export function FOO(aB: u8, x: u8): u8 { return aB * 16 + x; }
export function text(): u8 { return 3; }
`,
      files: {
        'assembly/text.ts': 'export function f(): u8 { return 4; }\n',
        'assembly/i.ts': `import { E } from './bindings/i';
export function fOO(e: E): u8 { return <u8>e + 1; }
`,
      },
    });
    expect(guest['foo'](1, 2)).toBe(0x12);
    expect([guest['text'](), guest['c:d/text'].f()]).toEqual([3, 4]);
    expect(guest['i'].fOO('x')).toBe(2);
  });
});

describe('two versions of an interface', () => {
  const DEP = (version: string): string =>
    `package test:dep@${version} { interface test { record r { x: u32 } x: func(r: r) -> u32; } }`;

  it('are two namespaces of the guest, and two files of bindings', async () => {
    const wit = `package a:b;
world w { import test:dep/test@0.1.0; import test:dep/test@0.2.0; export test:dep/test@0.1.0; export test:dep/test@0.2.0; }
${DEP('0.1.0')}
${DEP('0.2.0')}`;
    const guest = await started(wit, {
      source: `import * as testDepTest0_1_0 from './v1';\nimport * as testDepTest0_2_0 from './v2';\nexport { testDepTest0_1_0, testDepTest0_2_0 };\n`,
      files: {
        'assembly/v1.ts': `import * as host from './bindings/test-dep-test0_1_0';\nimport { R } from './bindings/exported-test-dep-test0_1_0';
export function x(r: R): u32 { return host.x(new host.R(r.x)) + 100; }\n`,
        'assembly/v2.ts': `import * as host from './bindings/test-dep-test0_2_0';\nimport { R } from './bindings/exported-test-dep-test0_2_0';
export function x(r: R): u32 { return host.x(new host.R(r.x)) + 200; }\n`,
      },
      imports: {
        'test:dep/test@0.1.0': { x: (r: { x: number }) => r.x + 1 },
        'test:dep/test@0.2.0': { x: (r: { x: number }) => r.x + 2 },
      },
    });
    expect(guest['test:dep/test@0.1.0'].x({ x: 10 })).toBe(111);
    expect(guest['test:dep/test@0.2.0'].x({ x: 10 })).toBe(212);
  });
});

describe('resources', () => {
  it('are made by `create` where the constructor may fail, in both directions', async () => {
    const wit = `package a:b;
interface i { resource x { constructor(s: string) -> result<x, string>; get: func() -> string; create: static func() -> u8; } }
world w { import i; export i; }`;
    class X {
      readonly s: string;
      constructor(s: string) {
        if (s === '') throw Object.assign(new Error('declared'), { payload: 'empty' });
        this.s = s;
      }
      get(): string {
        return `host ${this.s}`;
      }
      static create(): number {
        return 1;
      }
    }
    const guest = await started(wit, {
      source: `import * as i from './i';\nexport { i };\n`,
      files: {
        'assembly/i.ts': `import * as host from './bindings/i';
import { XResource } from './bindings/exported-i';
import { err, ok, Result } from './bindings/wit';
export class X extends XResource {
  constructor(private inner: host.X) { super(); }
  static create_(s: string): Result<X, string> {
    const made = host.X.create_(s);
    return made.isOk ? ok<X, string>(new X(made.value)) : err<X, string>('no: ' + made.error);
  }
  static create(): u8 { return host.X.create() + 1; }
  get_(): string { return 'guest ' + this.inner.get_(); }
}
`,
      },
      imports: { 'a:b/i': { X } },
    });
    const { X: GuestX } = guest['i'];
    expect(new GuestX('a').get()).toBe('guest host a');
    expect(() => new GuestX('')).toThrow(expect.objectContaining({ payload: 'no: empty' }));
    expect(GuestX.create()).toBe(2);
  });

  it('of an exported interface are the own ones of another, where both are imported too', async () => {
    const wit = `package my:res;
interface e1 { resource x { constructor(s: string); get: func() -> string; } record holder { xs: list<x> } type all = list<x>; }
interface e2 { use e1.{x, holder, all}; a: func(v: x) -> string; b: func(v: borrow<x>) -> string; c: func(h: holder, all: all) -> holder; }
world w { import e1; import e2; export e1; export e2; }`;
    class X {
      readonly s: string;
      constructor(s: string) {
        this.s = s;
      }
      get(): string {
        return this.s;
      }
    }
    const guest = await started(wit, {
      source: `import * as e1 from './e1';\nimport * as e2 from './e2';\nexport { e1, e2 };\n`,
      files: {
        'assembly/e1.ts': `import { XResource } from './bindings/exported-e1';
import * as host from './bindings/e1';
export class X extends XResource {
  constructor(public s: string) { super(); }
  get_(): string { const x = new host.X(this.s); const s = x.get_(); x.drop(); return 'GUEST ' + s; }
}
`,
        'assembly/e2.ts': `import { X } from './e1';
import { Holder } from './bindings/exported-e1';
import * as host from './bindings/e2';
import { X as HostX } from './bindings/e1';
export function a(v: X): string { const s = v.get_() + host.a(new HostX('!')); v.drop(); return s; }
export function b(v: X): string { return v.get_(); }
export function c(h: Holder, all: Array<X>): Holder { return new Holder(h.xs.concat(all)); }
`,
      },
      imports: {
        'my:res/e1': { X },
        'my:res/e2': { a: (x: X) => x.s, b: (x: X) => x.s, c: () => undefined },
      },
    });
    const { X: GuestX } = guest['e1'];
    const two = new GuestX('two');
    expect(guest['e2'].b(two)).toBe('GUEST two');
    expect(guest['e2'].a(two)).toBe('GUEST two!');
    const all = guest['e2'].c({ xs: [new GuestX('a')] }, [new GuestX('b')]);
    expect(all.xs.map((x: X) => x.get())).toEqual(['GUEST a', 'GUEST b']);
  });
});
