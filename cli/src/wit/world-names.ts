import { decodeComponent } from '@wasm-plugin/engine/internals';

/** The names of the worlds in an encoded package. */
export function worldNames(bytes: Uint8Array): string[] {
  return decodeComponent(bytes).definitions.flatMap((definition) =>
    definition.kind === 'export' ? [definition.name] : [],
  );
}
