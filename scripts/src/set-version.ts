import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './guests.js';

/** Run as `npm run set-version -- 0.2.0`: writes the version of a release wherever it stands. A test checks that all are the same. */
const [wanted = ''] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(wanted)) {
  throw new Error(`Cannot set the version: "${wanted}" is no version, wanted e.g. 0.2.0`);
}
const { version, workspaces } = JSON.parse(read('package.json')) as { version: string; workspaces: string[] };
replace('package.json', [`"version": "${version}"`, `"version": "${wanted}"`]);
for (const folder of workspaces) {
  const file = `${folder}/package.json`;
  replace(file, [`"version": "${version}"`, `"version": "${wanted}"`]);
  const dependencies = read(file).matchAll(/"(@wasm-plugin\/[\w-]+|wasm-plugin)": "([^"]+)"/g);
  for (const [text, name, old] of dependencies) {
    if (old === version) replace(file, [text, `"${name}": "${wanted}"`]);
  }
}
replace('engine/src/host/engine-version.ts', [`'${version}'`, `'${wanted}'`]);

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function replace(file: string, [from, to]: [from: string, to: string]): void {
  const text = read(file);
  if (!text.includes(from)) throw new Error(`Cannot set the version: "${file}" has no ${from}`);
  writeFileSync(
    join(ROOT, file),
    text.replace(from, () => to),
  );
}
