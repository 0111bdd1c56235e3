import { PluginError } from '@wasm-plugin/abi';
import {
  describeCoreItem,
  describeMismatch,
  matchCoreModule,
  resolveCoreModule,
  type Mismatch,
  type ResolvedCoreItem,
  type ResolvedCoreModule,
} from '../component/index.js';
import { compileError, decodeModule } from '../module/index.js';
import { isForPromisesOnly } from './steps.js';

/** A core module as a host gives it for an import. */
export type GivenModule = WebAssembly.Module | Uint8Array;

/**
 * Holds a core module of the host against the type that the component declares for it, and returns it compiled. Of bytes every
 * import and export is checked with its type; of a compiled module only names and kinds, since JavaScript shows no more of it.
 * Bytes are compiled anew for each instance.
 * @param declared `undefined` if the type is not known
 * @throws {PluginError} WP_LINK if it imports more, exports less, or other types
 * @throws {ModuleError} if the bytes are no core module
 */
export function moduleFrom(
  given: GivenModule,
  { name, declared }: { name: string; declared: ResolvedCoreModule | undefined },
): WebAssembly.Module {
  const refuse = (reason: string): PluginError =>
    new PluginError(
      'WP_LINK',
      `Cannot instantiate: the core module that the host gives for "${name}" ${reason}`,
    );
  if (given instanceof WebAssembly.Module) {
    const mismatch = declared && kindMismatch(given, declared);
    if (mismatch !== undefined) throw refuse(`does not fit: ${describeMismatch(mismatch)}`);
    return given;
  }
  // A copy, since the bytes may change between the two looks.
  const bytes = new Uint8Array(given);
  const actual = resolveCoreModule(decodeModule(bytes));
  const mismatch = declared && matchCoreModule({ actual, expected: declared });
  if (mismatch !== undefined) throw refuse(`does not fit: ${describeMismatch(mismatch)}`);
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    if (isForPromisesOnly(error))
      throw refuse('is too large for here: give it compiled, by WebAssembly.compile');
    throw error instanceof WebAssembly.CompileError ? compileError(error, { offset: 0 }) : error;
  }
}

/** Matches by name and kind: it may import less than declared, and export more. */
function kindMismatch(module: WebAssembly.Module, declared: ResolvedCoreModule): Mismatch | undefined {
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    const item = declared.imports.get(from)?.get(name);
    if (item !== undefined && kindOf(item) === kind) continue;
    const wanted = item === undefined ? 'nothing' : describeCoreItem(item);
    return { path: [`import \`${from}::${name}\``], wanted, found: kind };
  }
  const exported = new Map(WebAssembly.Module.exports(module).map(({ name, kind }) => [name, kind]));
  for (const [name, item] of declared.exports) {
    const kind = exported.get(name);
    if (kind === kindOf(item)) continue;
    return { path: [`export \`${name}\``], wanted: describeCoreItem(item), found: kind ?? 'nothing' };
  }
  return undefined;
}

function kindOf({ kind }: ResolvedCoreItem): string {
  return kind === 'func' ? 'function' : kind;
}
