import { hostResources } from './host-resources.js';
import { hostValues } from './host-values.js';

/** Functions and classes of an interface; each takes what its WIT says. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Functions = Record<string, (new (...args: any[]) => object) | ((...args: any[]) => unknown)>;

/** The package of the interfaces. */
export const PACKAGE = 'wasm-plugin:scenarios';

/** Makes what a subject exports, by the host: the imports of a runner. */
export function hostSubject(): Record<string, unknown> {
  let calls = 0;
  const interfaces = Object.entries({ ...hostValues(), ...hostResources() });
  return {
    ...Object.fromEntries(interfaces.map(([name, functions]) => [`${PACKAGE}/${name}`, functions])),
    'wasm-plugin:gauge/gauge@0.1.0': { level: () => 42 },
    'wasm-plugin:gauge/gauge@0.2.0': { level: (scale: number) => scale * 0.5 },
    thunk: () => ++calls,
  };
}
