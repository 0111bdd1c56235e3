import { PluginError } from '@wasm-plugin/abi';
import { decodeComponent } from '@wasm-plugin/engine/component';
import { createEngine, type Engine } from '@wasm-plugin/engine';

/** How a case ended: a typed error's code, `instantiated`, or a bug. */
export type Ending =
  { kind: 'typed'; code: string } | { kind: 'instantiated' } | { kind: 'bug'; what: string };

const engines: readonly Engine[] = [
  createEngine({ backend: 'generated' }),
  createEngine({ backend: 'composed' }),
];

/** Loads bytes and instantiates what loads, with imports that do nothing. Guest functions are not called. */
export async function attempt(bytes: Uint8Array, index: number): Promise<Ending> {
  try {
    const plugin = await (engines[index % 2] as Engine).load(bytes);
    const imports = Object.fromEntries(importNames(bytes).map((name) => [name, anything()]));
    plugin.instantiate({ imports }).close();
    return { kind: 'instantiated' };
  } catch (error) {
    return endingOf(error);
  }
}

/** Only an error of ours may come out, and none that wraps an accident of ours. */
function endingOf(error: unknown): Ending {
  if (!PluginError.is(error)) return { kind: 'bug', what: describe(error) };
  const { cause } = error;
  const accident =
    error.code.startsWith('WP_TRAP') &&
    cause instanceof Error &&
    !(cause instanceof WebAssembly.RuntimeError) &&
    !PluginError.is(cause) &&
    !/WebAssembly\.(Instance|Memory|Table|Global)/.test(cause.message);
  return accident ? { kind: 'bug', what: describe(cause) } : { kind: 'typed', code: error.code };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const [first = '', ...frames] = (error.stack ?? '').split('\n');
  return `${first} ${frames
    .slice(0, 4)
    .map((frame) => frame.trim().replace(/\(.*\/(engine|abi)\//, '('))
    .join(' ')}`;
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
