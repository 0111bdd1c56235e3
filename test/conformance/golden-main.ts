import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { goldenKey, goldenTextsFile, readScript, WatEncoder } from '../wast/index.js';
import type { GoldenTexts } from '../wast/index.js';
import { listScripts, readScriptFile } from './suite/index.js';

// Writes the binaries of the core scripts' texts that the text parser refuses although no script says it should.
const texts: string[] = [];
const encoder = new WatEncoder();
for (const name of await listScripts('core')) {
  const directives = readScript((await readScriptFile('core', name)).text);
  const wanted = directives.flatMap((directive) =>
    'source' in directive && !directive.kind.startsWith('assert_malformed')
      ? (directive.source.text ?? [])
      : [],
  );
  const encoded = await encoder.encode(wanted);
  texts.push(...wanted.filter((_, index) => 'refusal' in (encoded[index] ?? {})));
}
await encoder.close();

const manifest = fileURLToPath(new URL('legacy-text/Cargo.toml', goldenTextsFile()));
const output = execFileSync('cargo', ['run', '--quiet', '--manifest-path', manifest], {
  input: texts.map((text) => `${text}\0`).join(''),
  encoding: 'utf8',
});
const golden: GoldenTexts = {};
for (const [index, digits] of output.trimEnd().split('\n').entries()) {
  const text = texts[index] as string;
  if (digits === '') console.error(`still refused: ${text.slice(0, 80)}`);
  else golden[goldenKey(text)] = Buffer.from(digits, 'hex').toString('base64');
}
await writeFile(goldenTextsFile(), `${JSON.stringify(golden, undefined, 1)}\n`);
console.log(`${Object.keys(golden).length} binaries`);
