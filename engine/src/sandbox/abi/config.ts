import type { Gate } from '../gate.js';

/** One setting, as text. */
export interface Setting {
  readonly key: string;
  readonly value: string;
}

/**
 * The interface `wasm-plugin:abi/config`. It has no way to refuse: without `config` a call ends the instance.
 * @param settings gives the settings as they are now, in ascending order of their keys' bytes
 */
export function configImports(gate: Gate, settings: () => readonly Setting[]): Record<string, unknown> {
  return {
    'wasm-plugin:abi/config': {
      get(key: string): string | undefined {
        gate.demand({ kind: 'config' });
        return settings().find((setting) => setting.key === key)?.value;
      },
      keys(): string[] {
        gate.demand({ kind: 'config' });
        return settings().map(({ key }) => key);
      },
    },
  };
}
