import { createEngine } from '@wasm-plugin/engine';
import { transpiled, type Exports } from './transpile.js';

/** One way to run a component. */
export interface Subject {
  name: 'generated' | 'composed' | 'jco';
  exports: Exports;
}

/** Instantiates a component with both backends of the engine and with jco's glue, each with imports of its own. */
export async function subjects(
  bytes: Uint8Array,
  importsOf: (name: Subject['name']) => Record<string, unknown>,
): Promise<Subject[]> {
  const glue = await transpiled(bytes);
  const jco = await glue.instantiate(importsOf('jco'));
  await glue.close();
  return [...(await ours(bytes, importsOf)), { name: 'jco', exports: jco }];
}

/** Instantiates a component with both backends of the engine. */
export async function ours(
  bytes: Uint8Array,
  importsOf: (name: Subject['name']) => Record<string, unknown>,
): Promise<Subject[]> {
  return Promise.all(
    (['generated', 'composed'] as const).map(async (backend) => {
      const plugin = await createEngine({ backend, imports: importsOf(backend) }).load(bytes);
      return { name: backend, exports: plugin.instantiate().exports as Exports };
    }),
  );
}

/** Result of a call. */
export type Outcome = { returned: unknown } | { thrown: unknown; payload?: unknown };

/** Calls and catches; a thrown error is told by its payload where it has one, else by its kind. */
export function outcomeOf(call: () => unknown): Outcome {
  try {
    return { returned: call() };
  } catch (error) {
    if (typeof error === 'object' && error !== null && Object.hasOwn(error, 'payload')) {
      return { thrown: 'payload', payload: (error as { payload: unknown }).payload };
    }
    return { thrown: error instanceof Error ? 'error' : error };
  }
}
