import type { TestedPlugin } from '../test/index.js';

/** The interface `wasm-plugin:abi/state`. */
interface State {
  schema(): number;
  serialize(): Uint8Array;
  restore(state: Uint8Array, schema: number, version: string): void;
}

/** The interface for states among exports; `undefined` if there is none. */
export function stateOf(exports: Readonly<Record<string, unknown>>): State | undefined {
  return exports['wasm-plugin:abi/state@0.1.0'] as State | undefined;
}

/** Saves a state, gives it to an instance that has just been started, and saves it there again: both are equal. */
export async function checkState({ exports, host, plugin }: TestedPlugin): Promise<void> {
  const state = stateOf(exports) as State;
  const [schema, wanted] = [state.schema(), plugin.manifest.state?.schema];
  if (wanted !== undefined && schema !== wanted)
    throw new Error(`the schema of its state is ${schema}, wanted ${wanted}, as its plugin.json says`);
  const saved = state.serialize();
  const other = await host.instantiate(plugin.name);
  const restored = stateOf(other.exports) as State;
  restored.restore(saved, schema, plugin.version);
  const again = restored.serialize();
  other.close();
  if (Buffer.compare(saved, again) !== 0)
    throw new Error(
      `what is saved after "restore" differs from what was restored: ${saved.length} bytes, then ${again.length}` +
        ` bytes, equal up to byte ${saved.findIndex((byte, index) => byte !== again[index])}`,
    );
}
