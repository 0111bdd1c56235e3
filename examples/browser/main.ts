import { createEngine } from '@wasm-plugin/engine';
import address from '../plugins/greeter-assemblyscript/plugin.wasm?url';

type Greeter = { greet(name: string): string };

const engine = createEngine({ limits: { fuel: 100_000, memoryBytes: '16 MiB' } });
const response = await fetch(address);
const plugin = await engine.load<Greeter>(new Uint8Array(await response.arrayBuffer()));
const { exports } = await plugin.instantiateAsync();

const name = document.querySelector<HTMLInputElement>('#name');
const greeting = document.querySelector('#greeting');
function update(): void {
  if (name !== null && greeting !== null) greeting.textContent = exports.greet(name.value);
}
name?.addEventListener('input', update);
update();
