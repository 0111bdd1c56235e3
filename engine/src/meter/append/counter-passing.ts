import { functionsIn, functionTypeAt, type CoreModule } from '../../module/index.js';
import type { Appendix } from './appendix.js';
import { I64 } from './assembler.js';
import type { Survey } from '../code/index.js';

/** The most that V8 accepts. */
const MAX_PARAMS = 1000;

/** Marks a function that has no twin. */
export const NO_TWIN = 0xffffffff;

/** Functions that take the counter as their last parameter and return it as their last result. */
export interface CounterPassing {
  /** By function: the index to call it by with the counter, or `NO_TWIN`. It may be its own. */
  readonly twins: Uint32Array;
  /** By index of an appended twin: the function it stands for. */
  readonly originals: ReadonlyMap<number, number>;
  /** The new types of the functions that are their own twins. */
  readonly newTypes: ReadonlyMap<number, number>;
}

/**
 * Decides which functions pass the counter as a parameter: those that are called directly. If the old convention may
 * still be asked for (by an export, a table, a reference, a tail call), the function keeps its index as a thunk, and the
 * twin is appended. Functions that end in tail calls, have more than one result, or as many parameters as
 * there can be, stay as they are.
 */
export function chooseCounterPassing(
  module: CoreModule,
  { survey, appendix }: { readonly survey: Survey; readonly appendix: Appendix },
): CounterPassing {
  const { index, called, tailCalls, tailCalled } = survey;
  const twins = new Uint32Array(index.functionTypes.length).fill(NO_TWIN);
  const originals = new Map<number, number>();
  const newTypes = new Map<number, number>();
  const taken = addressTaken(module);
  const passingTypes = new Map<number, number>();
  for (let self = index.importedFunctions; self < twins.length; self++) {
    if (called[self] === 0 || tailCalls[self] === 1) continue;
    const typeIndex = index.functionTypes[self] as number;
    const type = functionTypeAt(index, typeIndex);
    if (type === undefined || type.results.length > 1 || type.params.length >= MAX_PARAMS) continue;
    const passing =
      passingTypes.get(typeIndex) ?? appendix.type([...type.params, I64], [...type.results, I64]);
    passingTypes.set(typeIndex, passing);
    if (taken.has(self) || tailCalled[self] === 1) {
      const twin = appendix.add(passing);
      twins[self] = twin;
      originals.set(twin, self);
    } else {
      twins[self] = self;
      newTypes.set(self, passing);
    }
  }
  return { twins, originals, newTypes };
}

/** Returns the number of functions that take the counter as a parameter. */
export function countPassing({ originals, newTypes }: CounterPassing): number {
  return originals.size + newTypes.size;
}

/** Lists the functions that something other than a call by index may reach. */
export function addressTaken(module: CoreModule): ReadonlySet<number> {
  const taken = new Set<number>();
  for (const entry of module.exports) if (entry.kind === 'func') taken.add(entry.index);
  if (module.start !== undefined) taken.add(module.start);
  const expressions = [
    ...module.globals.map((global) => global.initial),
    ...module.tables.flatMap((table) => (table.initial === undefined ? [] : [table.initial])),
  ];
  for (const segment of module.elements) {
    for (const index of segment.functions ?? []) taken.add(index);
    for (const expression of segment.expressions ?? []) expressions.push(expression);
  }
  for (const expression of expressions) for (const index of functionsIn(expression)) taken.add(index);
  return taken;
}
