import { ModuleError } from '@wasm-plugin/abi';
import type { CoreModule, ModuleIndex } from '../module/index.js';

/** Some engine refuses a module above these counts. Its own error names the others. */
const ENGINE_LIMITS = {
  types: 1_000_000,
  functions: 1_000_000,
  globals: 1_000_000,
  exports: 100_000,
  tables: 100_000,
};

/**
 * Refuses a rewritten module that has so much more of something that the engine does not take it any more.
 * @param index the index spaces of the original
 * @throws {ModuleError} WP_MODULE_LIMIT
 */
export function refuseTooMany(
  { original, rewritten, index }: { original: CoreModule; rewritten: CoreModule; index: ModuleIndex },
  bytes: Uint8Array<ArrayBuffer>,
): void {
  const more = (kind: 'types' | 'functions' | 'globals' | 'tables'): number =>
    rewritten[kind].length - original[kind].length;
  const counts: typeof ENGINE_LIMITS = {
    types: index.types.length + more('types'),
    functions: index.functionTypes.length + more('functions'),
    globals: index.globals + more('globals'),
    exports: rewritten.exports.length,
    tables: index.tables.length + more('tables'),
  };
  const kinds = Object.keys(ENGINE_LIMITS) as (keyof typeof ENGINE_LIMITS)[];
  const kind = kinds.find((each) => counts[each] > ENGINE_LIMITS[each]);
  if (kind === undefined || WebAssembly.validate(bytes)) return;
  const reason = `the metered module would have ${counts[kind]} ${kind}, which the engine does not take`;
  throw new ModuleError('WP_MODULE_LIMIT', reason, { offset: 0 });
}
