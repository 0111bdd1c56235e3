import { editDistance } from '@wasm-plugin/abi';

/** Returns the names closest to the typed one, closest first; none that is too different. */
export function nearest(typed: string, names: readonly string[], most = 3): string[] {
  const wanted = typed.toLowerCase();
  const close = names
    .map((name) => ({ name, distance: distanceTo(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, Math.ceil(wanted.length * 0.4)))
    .sort((a, b) => a.distance - b.distance);
  return close
    .filter(({ distance }) => distance <= (close[0]?.distance ?? 0) + 1)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Returns the edit distance from `typed` to a name or to the last part of it, whichever is less. */
function distanceTo(typed: string, name: string): number {
  const last = name.slice(Math.max(name.lastIndexOf('#'), name.lastIndexOf('/')) + 1);
  const lastTyped = typed.slice(typed.lastIndexOf('#') + 1);
  return Math.min(editDistance(typed, name), editDistance(typed, last), editDistance(lastTyped, last) + 1);
}
