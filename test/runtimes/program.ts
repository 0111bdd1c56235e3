// Loads, calls, limits and reloads a plugin in the JavaScript runtime that runs this. Prints the results as JSON.
import { readFileSync } from 'node:fs';
import { memoryFiles, type PluginFiles } from '@wasm-plugin/abi/package';
import { createEngine, QuotaError, type Limits } from '@wasm-plugin/engine';
import { createPluginHost } from '@wasm-plugin/engine/host';

interface Counting {
  add(amount: bigint): { total: bigint; version: number };
}

const COUNTING = 'wasm-plugin:counter/counting@1.0.0';

function componentOf(number: number): Uint8Array {
  const file = new URL(`../../../plugins-rust/build/counter-v${number}.wasm`, import.meta.url);
  return new Uint8Array(readFileSync(file));
}

function counterFiles(number: number): PluginFiles {
  const manifest = {
    id: 'counter',
    name: 'Counter',
    version: `${number}.0.0`,
    world: 'wasm-plugin:counter/counter',
    entry: 'plugin.wasm',
    interfaces: [COUNTING],
    state: { schema: number, restores: number === 2 ? [1, 2] : [number] },
  };
  return memoryFiles({ 'plugin.json': JSON.stringify(manifest), 'plugin.wasm': componentOf(number) });
}

/** Calls the counter under a limit. Returns the code of the error. */
async function limited(limits: Limits): Promise<string> {
  const imports = {
    'wasm-plugin:abi/log': { log: () => undefined },
    'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
  };
  const plugin = await createEngine({ imports, limits }).load(componentOf(1));
  try {
    const instance = plugin.instantiate();
    for (;;) (instance.exports[COUNTING] as Counting).add(1n);
  } catch (error) {
    if (error instanceof QuotaError) return error.code;
    throw error;
  }
}

const host = createPluginHost();
await host.add(counterFiles(1));
await host.add(counterFiles(2));
const plugin = await host.load('counter', { version: '1.0.0' });
const counting = plugin.exports[COUNTING] as unknown as Counting;
const before = counting.add(40n);
await host.reload('counter', '2.0.0');
const after = counting.add(2n);
const result = {
  before: [String(before.total), before.version],
  after: [String(after.total), after.version],
  fuel: await limited({ fuelTotal: 100_000 }),
};
await host.close();
console.log(JSON.stringify(result));
