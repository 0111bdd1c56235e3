import type { CoreResult } from './core-call.js';

/** Result of a module or an action of a core script. */
export type CoreEnding =
  | { kind: 'returned'; results: CoreResult[] }
  | { kind: 'trap' | 'exhaustion' | 'exception' | 'unlinkable' | 'refused' | 'error'; message: string };

/** Classifies an error thrown by V8. */
export function endingOf(error: unknown): CoreEnding {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof WebAssembly.CompileError) return { kind: 'refused', message };
  if (error instanceof WebAssembly.LinkError) return { kind: 'unlinkable', message };
  if (error instanceof WebAssembly.RuntimeError) return { kind: 'trap', message };
  if (error instanceof WebAssembly.Exception) return { kind: 'exception', message: 'uncaught exception' };
  if (error instanceof RangeError && message.startsWith('Maximum call stack'))
    return { kind: 'exhaustion', message };
  // V8 says so when the whole module of an import is missing.
  if (error instanceof TypeError && message.includes('Import')) return { kind: 'unlinkable', message };
  return { kind: 'error', message };
}
