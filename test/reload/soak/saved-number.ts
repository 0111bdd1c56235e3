import type { SavedState } from '@wasm-plugin/engine/reload';

/** A state that says which one it is, large enough to be written in pieces. */
export function stateOf(number: number): SavedState {
  const payload = new Uint8Array(1000 + ((number * 7919) % 150_000)).fill(number % 251);
  return { plugin: 'counter', version: '1.0.0', schema: 1, abi: '0.1.0', savedAt: number, payload };
}

/** Checks that a state is whole, and returns its number. */
export function numberOf({ savedAt, payload }: SavedState): number {
  const wanted = stateOf(savedAt).payload;
  if (payload.length === wanted.length && payload.every((byte, index) => byte === wanted[index]))
    return savedAt;
  throw new Error(`state ${savedAt} is not as it was saved`);
}
