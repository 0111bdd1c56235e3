import { readFileSync, writeFileSync } from 'node:fs';
import { LIMITS, type Carrier, type LimitName } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import { wasm } from '@wasm-plugin/engine/internals';
import { library, rpc } from '@wasm-plugin/native-bridge';
import { expect, it } from 'vitest';

const DOC = new URL('../../docs/carriers.md', import.meta.url);
const HELD_BY_HOST: readonly LimitName[] = ['stateBytes', 'logLinesPerSecond'];

const CARRIERS: readonly (readonly [name: string, carrier: Carrier])[] = [
  ['wasm', wasm(createEngine(), { owns: true })],
  ['library', library()],
  ['library, in process', library({ unsafeInProcess: true })],
  ['rpc', rpc()],
];

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
  const table = row(heading) + row(heading.map(() => '---')) + lines.join('');
  const present = readFileSync(DOC, 'utf8');
  const head = present.slice(0, present.indexOf('-->') + 3);
  const wanted = `${head}\n\n${table}`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(DOC, wanted);
  expect(readFileSync(DOC, 'utf8').replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---')).toBe(wanted);
});
