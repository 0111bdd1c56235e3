import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { meterModule, type MeteredModule, type MeterPlan } from '@wasm-plugin/engine/meter';
import { parse, print } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('../golden/meter/', import.meta.url);
const OUTPUT = '.metered.wat';

/** Names of the inputs, one a rule of the rewriter. */
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.wat') && !file.endsWith(OUTPUT))
  .map((file) => file.slice(0, -'.wat'.length));

/** Reads `;; plan: {…}` in the first lines of an input, and whether its golden shows `;; all`. */
function headerOf(text: string): { plan: MeterPlan; showsAll: boolean } {
  const [, plan = '{}'] = /^;; plan: (.*)$/m.exec(text) ?? [];
  return { plan: JSON.parse(plan) as MeterPlan, showsAll: /^;; all$/m.test(text) };
}

/** Prints a metered module, without the functions and exports of ours unless all is wanted. */
async function printed({ bytes, offsetMap, names }: MeteredModule, showsAll: boolean): Promise<string> {
  const text = await print(bytes);
  if (showsAll) return text;
  const [prefix] = names.hook.split(':');
  const parts = text.split(/\n(?= {2}\()/).filter((part) => {
    const [, index] = /^ {2}\(func (?:\$\S+ )?\(;(\d+);\)/.exec(part) ?? [];
    if (index !== undefined) return offsetMap.originalFunction(Number(index)) !== undefined;
    return !part.startsWith(`  (export "${prefix}:`);
  });
  const rest = parts.join('\n');
  return rest.endsWith('\n)\n') ? rest : `${rest}\n)\n`;
}

describe('meterModule() rewrites', () => {
  it.each(NAMES)('%s as its golden text says', async (name) => {
    const text = readFileSync(new URL(`${name}.wat`, FOLDER), 'utf8');
    const { plan, showsAll } = headerOf(text);
    const original = await parse(text);
    expect(WebAssembly.validate(new Uint8Array(original))).toBe(true);
    const metered = meterModule(original, plan);
    expect(WebAssembly.validate(metered.bytes)).toBe(true);
    const golden = new URL(`${name}${OUTPUT}`, FOLDER);
    const found = await printed(metered, showsAll);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, found);
    expect(found).toBe(readFileSync(golden, 'utf8'));
  });
});
