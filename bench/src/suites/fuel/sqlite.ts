import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createMeter, meterModule } from '@wasm-plugin/engine/meter';
import type { KernelPair } from './kernels.js';

const ROWS = 400;
const FILL = `insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
  select i, 'row' || (i * 7919 % 1000), i * 0.37 - i % 17 from n`;
const ASK = [
  "select count(*), sum(c) from t where b like '%9%'",
  'select count(*) from t x join t y on x.a = y.a * 2 where x.c > 0',
  'select sum(s) from (select b, sum(c) s from t group by b order by 2 desc limit 50)',
];

/** The part of sql.js that is used. */
interface SqlJs {
  readonly Database: new () => Database;
}

interface Database {
  exec(sql: string): readonly { readonly values: readonly (readonly unknown[])[] }[];
  close(): void;
}

type Receive = (instance: { readonly exports: WebAssembly.Exports }) => void;
type Instantiate = (binary: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports) => WebAssembly.Exports;

/** SQLite as sql.js builds it, plain and metered: fills a table and asks it. */
export async function sqliteKernel(): Promise<KernelPair> {
  const plain = await load(
    (binary, imports) => new WebAssembly.Instance(new WebAssembly.Module(binary), imports).exports,
  );
  return { name: 'emscripten/sqlite', isDsp: false, plain, metered: await load(instantiateMetered) };
}

/** Instantiates the metered module and returns its exports, each function armed. */
function instantiateMetered(binary: Uint8Array, imports: WebAssembly.Imports): WebAssembly.Exports {
  const module = meterModule(binary);
  const meter = createMeter({ timeMs: 1e9, fuel: 1e15 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes), imports);
  meter.attach(module, instance);
  meter.start(module, instance);
  const names = Object.keys(instance.exports);
  return Object.fromEntries(
    names.map((name) => [name, meter.entry(instance, name) as WebAssembly.ExportValue]),
  );
}

/** Loads a copy of sql.js of its own: it keeps one instance. */
async function load(instantiate: Instantiate): Promise<(times: number) => number> {
  const require = createRequire(import.meta.url);
  const binary = new Uint8Array(readFileSync(require.resolve('sql.js/dist/sql-wasm.wasm')));
  delete require.cache[require.resolve('sql.js')];
  const open = require('sql.js') as (options: object) => Promise<SqlJs>;
  const SQL = await open({
    instantiateWasm(imports: WebAssembly.Imports, receive: Receive) {
      const exports = instantiate(binary, imports);
      receive({ exports });
      return exports;
    },
  });
  return (times) => {
    let checksum = 0;
    for (let time = 0; time < times; time++) checksum += script(new SQL.Database());
    return checksum;
  };
}

function script(db: Database): number {
  db.exec('create table t(a integer primary key, b text, c real)');
  db.exec(FILL);
  let checksum = 0;
  for (const sql of ASK) checksum += Number(db.exec(sql)[0]?.values[0]?.[0]);
  db.close();
  return checksum;
}
