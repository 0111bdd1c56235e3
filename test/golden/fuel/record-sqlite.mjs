// Records how sql.js drives SQLite while a script of queries runs, as a tape that any engine can replay:
// every call of an export, every import it asks with the answer, and what JavaScript wrote to the memory in between.
//
// usage: node record-sqlite.mjs <out.json>

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const NEAR = 32;

const require = createRequire(import.meta.url);
const wasm = readFileSync(require.resolve('sql.js/dist/sql-wasm.wasm'));
const packageFile = new URL('../package.json', pathToFileURL(require.resolve('sql.js/dist/sql-wasm.wasm')));
const { version } = JSON.parse(readFileSync(packageFile, 'utf8'));

const calls = [];
const open = [calls];
let memory;
let seen;

const plain = (value) => (typeof value === 'bigint' ? `${value}n` : value);

/** Changes of the memory since the guest was left: address, bytes. */
function writes() {
  const now = Buffer.from(memory.buffer);
  if (seen === undefined) return [];
  if (now.length !== seen.length) throw new Error('the memory was grown from outside');
  const found = [];
  const page = 4096;
  for (let start = 0; start < now.length; start += page) {
    if (now.compare(seen, start, start + page, start, start + page) === 0) continue;
    for (let at = start; at < start + page; at++) {
      if (now[at] === seen[at]) continue;
      const last = found.at(-1);
      if (last !== undefined && at - last[1] < NEAR) last[1] = at + 1;
      else found.push([at, at + 1]);
    }
  }
  return found.map(([from, to]) => [from, now.subarray(from, to).toString('base64')]);
}

const left = () => (seen = Buffer.from(Buffer.from(memory.buffer)));

function recordedExport(name, target) {
  return (...values) => {
    const call = { call: name, arguments: values.map(plain), writes: writes(), imports: [] };
    open.at(-1).push(call);
    open.push(call.imports);
    const result = target(...values);
    open.pop();
    call.result = plain(result);
    left();
    return result;
  };
}

function recordedImport(name, target) {
  return (...values) => {
    left();
    const asked = { import: name, arguments: values.map(plain), calls: [] };
    open.at(-1).push(asked);
    open.push(asked.calls);
    const result = target(...values);
    open.pop();
    asked.writes = writes();
    asked.result = plain(result);
    return result;
  };
}

const [, , target] = process.argv;
// The guest is told the program's name.
process.argv[1] = 'sqlite';
let clock = 1.7e12;
Date.now = () => (clock += 1000);
performance.now = () => (clock += 1);
Math.random = () => 0.25;
crypto.getRandomValues = (bytes) => bytes.fill(7);

const SQL = await require('sql.js')({
  instantiateWasm(imports, done) {
    const wrapped = {};
    for (const [module, entries] of Object.entries(imports)) {
      wrapped[module] = {};
      for (const [name, value] of Object.entries(entries)) {
        wrapped[module][name] = typeof value === 'function' ? recordedImport(name, value) : value;
      }
    }
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), wrapped);
    const exports = {};
    for (const [name, value] of Object.entries(instance.exports)) {
      exports[name] = typeof value === 'function' ? recordedExport(name, value) : value;
      if (value instanceof WebAssembly.Memory) memory = value;
    }
    left();
    done({ exports }, undefined);
    return exports;
  },
});

const db = new SQL.Database();
const script = readFileSync(new URL('sqlite.sql', import.meta.url), 'utf8');
for (const statement of script.split(';\n')) if (statement.trim() !== '') db.exec(statement);
const statement = db.prepare('select b, c from t where a = ?');
for (const row of [3, 77, 200]) statement.get([row]);
statement.free();

const sha256 = createHash('sha256').update(wasm).digest('hex');
const lines = calls.map((call) => JSON.stringify(call)).join(',\n');
writeFileSync(
  target,
  `{"package":"sql.js","version":"${version}","file":"sql.js/dist/sql-wasm.wasm","sha256":"${sha256}","calls":[\n${lines}\n]}\n`,
);
