import { readFileSync, writeFileSync } from 'node:fs';
import { LIMITS, type Carrier, type LimitName } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import { wasm } from '#internals';
import { library, LIBRARY_SUPPORT, rpc } from '@wasm-plugin/native-bridge';
import { expect, it } from 'vitest';

const DOC = new URL('../../docs/carriers.md', import.meta.url);
const HELD_BY_HOST: readonly LimitName[] = ['stateBytes', 'logLinesPerSecond'];

const CARRIERS: readonly (readonly [name: string, carrier: Carrier])[] = [
  ['wasm', wasm(createEngine(), { owns: true })],
  ['library', library()],
  ['library, in process', library({ unsafeInProcess: true })],
  ['rpc', rpc()],
];

const SYSTEMS = ['system', 'a child each', 'unsafeInProcess', "confine: 'processes'", "confine: 'all'"];
const WORDS = { tested: 'yes', untested: 'untested', none: 'no' } as const;
const BETWEEN =
  'Native libraries by system. `wasm-plugin doctor` lists the carriers that your machine can run, and the reasons for the others. If the\n' +
  'table says no, use an entry of another carrier: `wasm` runs on every system, and so does `rpc`. musl as the C library is untested.\n';

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

it('docs/carriers.md has the table of what each carrier holds', () => {
  const heading = ['limit', ...CARRIERS.map(([name]) => name)];
  const lines = (Object.keys(LIMITS) as LimitName[]).map((limit) =>
    row([
      `\`${limit}\``,
      ...CARRIERS.map(([, { enforces }]) =>
        enforces.has(limit) ? 'holds' : HELD_BY_HOST.includes(limit) ? 'the host' : 'refused',
      ),
    ]),
  );
  const systems = Object.entries(LIBRARY_SUPPORT).map(([system, { child, inProcess, processes, all }]) =>
    row([system, ...[child, inProcess, processes, all].map((support) => WORDS[support])]),
  );
  const matrix = row(SYSTEMS) + row(SYSTEMS.map(() => '---')) + systems.join('');
  const table = row(heading) + row(heading.map(() => '---')) + lines.join('');
  const present = readFileSync(DOC, 'utf8');
  const head = present.slice(0, present.indexOf('-->') + 3);
  const wanted = `${head}\n\n${table}\n${BETWEEN}\n${matrix}`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(DOC, wanted);
  expect(readFileSync(DOC, 'utf8').replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---')).toBe(wanted);
});
