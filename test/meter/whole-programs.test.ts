import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMeter, meterModule, type Meter } from '@wasm-plugin/engine/meter';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const { resolve } = createRequire(import.meta.url);

/** Instantiates a program plain, or metered under limits that it never reaches; `armed` are the exports to call. */
function instantiate(binary: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports, meter?: Meter) {
  if (meter === undefined) return new WebAssembly.Instance(new WebAssembly.Module(binary), imports).exports;
  const module = meterModule(binary);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes), imports);
  meter.attach(module, instance);
  meter.start(module, instance);
  const names = Object.keys(instance.exports);
  return Object.fromEntries(names.map((name) => [name, meter.entry(instance, name)])) as WebAssembly.Exports;
}

function ampleMeter(): Meter {
  return createMeter({ fuel: 1e15, timeMs: 1e9 });
}

/** The part of Go's `wasm_exec.js` that the test uses. */
interface GoProgram {
  argv: string[];
  env: Record<string, string>;
  exit: (code: number) => void;
  readonly importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
}

/** esbuild is 14 MB, compiled twice. */
const COMPILING_MS = 400_000;

const PROJECT = {
  'main.ts': `import { greet, type Name } from './greet';
import data from './data.json';
export enum Mode { Loud, Quiet }
export async function* run(names: Name[], mode = Mode.Loud) {
  for (const name of names) yield greet(name, mode === Mode.Loud ? data.mark?.repeat(2) ?? '' : '');
}`,
  'greet.tsx': `import { never } from './unused';
export type Name = { readonly first: string };
const h = (tag: string, props: object | null, ...rest: string[]) => tag + rest.join('');
export const greet = ({ first }: Name, mark: string) => <b>Hello {first}{mark}</b>;
export { never };`,
  'unused.js': `export const never = () => { console.log('dropped' + 1 / 3); };`,
  'data.json': `{ "mark": "!", "list": [1, 2.5, null] }`,
};

describe('a metered esbuild', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-esbuild-'));
  const binary = new Uint8Array(readFileSync(resolve('esbuild-wasm/esbuild.wasm')));

  beforeAll(async () => {
    Object.assign(globalThis, { fs });
    for (const [name, text] of Object.entries(PROJECT)) writeFileSync(join(folder, name), text);
    await import(resolve('esbuild-wasm/wasm_exec.js'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function bundle(options: readonly string[], meter?: Meter): Promise<string> {
    const { Go } = globalThis as unknown as { Go: new () => GoProgram };
    const go = new Go();
    const out = join(folder, 'out.js');
    go.argv = ['esbuild', join(folder, 'main.ts'), `--outfile=${out}`, '--log-level=warning', ...options];
    go.env = {};
    let status = 0;
    go.exit = (code) => (status = code);
    const exports = instantiate(binary, go.importObject, meter);
    // Go asks for an instance, but uses nothing of it but the exports.
    await go.run(Object.create(WebAssembly.Instance.prototype, { exports: { value: exports } }));
    expect(status).toBe(0);
    const text = readFileSync(out, 'utf8');
    rmSync(out);
    return text;
  }

  it('bundles a project as it does unmetered', { timeout: COMPILING_MS }, async () => {
    const options = ['--bundle', '--jsx-factory=h', '--format=iife', '--minify', '--sourcemap=inline'];
    const meter = ampleMeter();
    const bundled = await bundle(options, meter);
    expect(bundled).toContain('Hello ');
    expect(bundled).toBe(await bundle(options));
    expect(meter.usage().fuelTotal).toBeGreaterThan(1_000_000);
  });
});

/** The part of sql.js that is used. */
interface SqlJs {
  readonly Database: new () => { exec(sql: string): readonly { readonly values: unknown }[] };
}

const SCRIPT = [
  'create table t(a integer primary key, b text, c real); create index i on t(b)',
  `insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)
   select i, 'row' || (i * 7919 % 1000), i * 0.37 - i % 17 from n`,
  "select count(*), sum(c), group_concat(a) from t where b like '%9%'",
  'select x.a, y.b from t x join t y on x.a = y.a * 2 where x.c > 0 order by y.b desc, x.a limit 40',
  'select b, sum(c) over (partition by a % 7 order by a) from t where a < 60',
  `update t set c = c * 2 where a % 3 = 0; delete from t where b < 'row3';
   select a, c, json_object('b', b), printf('%.3e', c) from t order by c`,
  'begin; delete from t; rollback; select count(*) from t; vacuum; pragma integrity_check',
];

describe('a metered SQLite', () => {
  /** Loads a copy of sql.js of its own: it keeps one instance. */
  async function answers(meter?: Meter): Promise<unknown> {
    const require = createRequire(import.meta.url);
    const binary = new Uint8Array(readFileSync(resolve('sql.js/dist/sql-wasm.wasm')));
    delete require.cache[resolve('sql.js')];
    const open = require('sql.js') as (options: object) => Promise<SqlJs>;
    const { Database } = await open({
      instantiateWasm(
        imports: WebAssembly.Imports,
        receive: (instance: { readonly exports: WebAssembly.Exports }) => void,
      ) {
        const exports = instantiate(binary, imports, meter);
        receive({ exports });
        return exports;
      },
    });
    const database = new Database();
    return SCRIPT.map((sql) => database.exec(sql));
  }

  it('answers a script as it does unmetered', async () => {
    const meter = ampleMeter();
    const metered = await answers(meter);
    expect(metered).toEqual(await answers());
    expect(JSON.stringify(metered)).toContain('row9');
    expect(meter.usage().fuelTotal).toBeGreaterThan(1_000_000);
  });
});
