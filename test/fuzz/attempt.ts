import { PluginError } from '@wasm-plugin/abi';
import { decodeComponent } from '@wasm-plugin/engine/component';
import { createEngine, type Engine } from '@wasm-plugin/engine';

export type Backend = 'generated' | 'composed';

export const BACKENDS: readonly Backend[] = ['generated', 'composed'];

const engines: Record<Backend, Engine> = {
  generated: createEngine({ backend: 'generated' }),
  composed: createEngine({ backend: 'composed' }),
};

/**
 * Loads bytes and instantiates the result, with imports that do nothing. Guest functions are not called. Returns `instantiated`
 * or the code of a typed error.
 * @throws any other error, or one that wraps an accident of ours.
 */
export async function attempt(bytes: Uint8Array, backend: Backend): Promise<string> {
  try {
    const plugin = await engines[backend].load(bytes);
    const imports = Object.fromEntries(importNames(bytes).map((name) => [name, anything()]));
    plugin.instantiate({ imports }).close();
    return 'instantiated';
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  if (!PluginError.is(error)) throw new Error('an error of no known kind', { cause: error });
  const { cause } = error;
  const accident =
    error.code.startsWith('WP_TRAP') &&
    cause instanceof Error &&
    !(cause instanceof WebAssembly.RuntimeError) &&
    !PluginError.is(cause) &&
    !/WebAssembly\.(Instance|Memory|Table|Global)/.test(cause.message);
  if (accident) throw new Error('an accident of ours in a typed error', { cause });
  return error.code;
}

function importNames(bytes: Uint8Array): string[] {
  return decodeComponent(bytes).definitions.flatMap((each) => (each.kind === 'import' ? [each.name] : []));
}

/** A function, a class and an object in one, whose every member is the same. */
function anything(): unknown {
  const members: unknown = new Proxy({}, { get: () => stub });
  const stub: unknown = new Proxy(function stub() {}, {
    get: (_, key) => (key === 'prototype' ? members : stub),
    apply: () => undefined,
  });
  return stub;
}
