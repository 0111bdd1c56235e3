import { readFile } from 'node:fs/promises';
import { createEngine, QuotaError } from '@wasm-plugin/engine';

type Greeter = { greet(name: string): string };

const [path = 'examples/plugins/greeter-rust/plugin.wasm'] = process.argv.slice(2);
const engine = createEngine({ limits: { fuel: 100_000, timeMs: 1000, memoryBytes: '16 MiB' } });
const plugin = await engine.load<Greeter>(await readFile(path), { name: 'greeter' });

const instance = plugin.instantiate();
console.log(instance.exports.greet('Ada'));
console.log(`It burnt ${instance.usage().fuel} units of fuel`);

try {
  instance.exports.greet('A'.repeat(1_000_000));
} catch (error) {
  if (!(error instanceof QuotaError)) throw error;
  console.log(error.message); // The instance is dead now; plugin.instantiate() makes another.
}
plugin.close();
