import { ModuleError } from '@wasm-plugin/abi';
import type { CoreModule, SubType, ValueType } from '../module/index.js';
import type { ResolvedMeterPlan } from './plan.js';

/** The most bytes of an exception. The stack then bounds those that a guest keeps in locals: V8 needs 5 times that for each. */
const MAX_EXCEPTION_BYTES = 128;

/** Heap types of exceptions: `exn` and `noexn`. Nothing else refers to one. */
const EXN = 0x69;
const NO_EXN = 0x74;

/**
 * Refuses features that no limit bounds, unless the plan admits them: memories shared with other threads, and allocation in the
 * JavaScript engine's own heap. A module cannot allocate a struct or an array without a type of its own for it. An exception
 * lies in that heap too: it must be small, and must not be kept in a place that outlives the call, or in another exception.
 * @throws {ModuleError} WP_MODULE_UNSUPPORTED
 */
export function refuseUnbounded(
  module: CoreModule,
  plan: Pick<ResolvedMeterPlan, 'sharedMemories' | 'unboundedHeap'>,
): void {
  const imported = module.imports.flatMap(({ item }) => (item.kind === 'memory' ? [item.limits] : []));
  if (!plan.sharedMemories && [...imported, ...module.memories].some((limits) => limits.shared))
    refuse('memory', 'shared memories are not let in');
  if (plan.unboundedHeap) return;
  const types = module.types.flatMap((group) => group.types);
  const kind = types.find(({ composite }) => composite.kind !== 'func')?.composite.kind;
  if (kind !== undefined) refuseHeap('type', `the module has types of ${kind}s (WebAssembly GC)`);
  for (const values of thrown(module, types)) {
    if (values.some(isException)) refuseHeap('tag', 'the module has exceptions that hold exceptions');
    const bytes = values.reduce<number>((sum, type) => sum + bytesOf(type), 0);
    if (bytes > MAX_EXCEPTION_BYTES) refuseHeap('tag', `the module has exceptions of ${bytes} bytes`);
  }
  const place = keepsExceptions(module);
  if (place !== undefined) refuseHeap(place, `the module has a ${place} that holds exceptions`);
}

/** The values of each kind of exception of the module. */
function thrown({ imports, tags }: CoreModule, types: readonly SubType[]): (readonly ValueType[])[] {
  const imported = imports.flatMap(({ item }) => (item.kind === 'tag' ? [item.type] : []));
  return [...imported, ...tags].map((type) => {
    const composite = types[type]?.composite;
    return composite?.kind === 'func' ? composite.params : [];
  });
}

function isException(type: ValueType): boolean {
  const heap = typeof type === 'number' ? type : type.heap + 128;
  return heap === EXN || heap === NO_EXN;
}

/** Numbers are 0x7c to 0x7f: f64, f32, i64, i32; a vector is 0x7b. */
function bytesOf(type: ValueType): number {
  if (type === 0x7f || type === 0x7d) return 4;
  return type === 0x7b ? 16 : 8;
}

/** Returns where the module keeps exceptions, if it does. */
function keepsExceptions({ imports, tables, globals }: CoreModule): 'table' | 'global' | undefined {
  const items = imports.map(({ item }) => item);
  const ofTables = items.flatMap((item) => (item.kind === 'table' ? [item.table.reference] : []));
  if ([...ofTables, ...tables.map(({ reference }) => reference)].some(isException)) return 'table';
  const ofGlobals = items.flatMap((item) => (item.kind === 'global' ? [item.global.value] : []));
  return [...ofGlobals, ...globals.map(({ value }) => value)].some(isException) ? 'global' : undefined;
}

function refuseHeap(section: string, reason: string): never {
  const remedy = "no limit bounds what that takes of the engine's heap; set unboundedHeap to let it in";
  refuse(section, `${reason}: ${remedy}`);
}

function refuse(section: string, reason: string): never {
  throw new ModuleError('WP_MODULE_UNSUPPORTED', reason, { offset: 0, section });
}
