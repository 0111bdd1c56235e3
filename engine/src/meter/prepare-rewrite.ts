import { functionTypeAt, type CoreModule } from '../module/index.js';
import {
  appendCopy,
  appendFill,
  appendGrowMemory,
  appendGrowTable,
  appendRefuel,
  appendToll,
  appendWait,
  chooseCounterPassing,
  COUNTER_GLOBALS,
  type Appendix,
  type HookPlace,
} from './append/index.js';
import type { Survey } from './code/index.js';
import { appendFrames } from './frames/index.js';
import type { ResolvedMeterPlan } from './plan.js';
import type { RewriteContext } from './rewrite/index.js';

/** The parts that a rewrite is prepared from. */
export interface RewriteParts {
  readonly plan: ResolvedMeterPlan;
  readonly survey: Survey;
  readonly appendix: Appendix;
  readonly place: HookPlace;
}

/** Appends the functions that rewritten bodies call, and decides which of the guest's functions pass the counter. */
export function prepareRewrite(module: CoreModule, parts: RewriteParts): RewriteContext {
  const { plan, survey, appendix, place } = parts;
  const { index } = survey;
  const refuel = appendRefuel(appendix, place, plan);
  const toll = appendToll(appendix, place);
  const resultTypes = new Map<number, number>();
  for (const type of survey.wideTypes) {
    resultTypes.set(type, appendix.type([], functionTypeAt(index, type)?.results ?? []));
  }
  const firstGlobal = index.globals + COUNTER_GLOBALS.length;
  const frames = appendFrames(module, { ...parts, firstGlobal });
  const passing = chooseCounterPassing(module, parts);
  return {
    module,
    index,
    plan,
    counter: place.globals.counter,
    refuel,
    toll,
    ...appendGrowth(parts),
    fillMemory: index.memories.map((limits, at) =>
      survey.fillsMemory[at] === 1 ? appendFill(appendix, place, at, limits.wide) : 0,
    ),
    copyMemory: appendCopies(parts),
    wait: survey.waits[0] === 1 ? appendWait(appendix, place) : undefined,
    frames,
    passing,
    resultTypes,
  };
}

/** Appends the functions in place of `memory.grow` and `table.grow`. */
function appendGrowth({
  survey,
  appendix,
  place,
}: RewriteParts): Pick<RewriteContext, 'growMemory' | 'growTable'> {
  const { memories, tables } = survey.index;
  return {
    growMemory: memories.map(({ wide }, at) =>
      survey.growsMemory[at] === 1 ? appendGrowMemory(appendix, place, at, wide) : 0,
    ),
    growTable: tables.map(({ limits: { wide }, reference }, at) =>
      survey.growsTable[at] === 1 ? appendGrowTable(appendix, place, { index: at, wide, reference }) : 0,
    ),
  };
}

/** Appends a function in place of `memory.copy` for each pair of memories whose addresses have the same width. */
function appendCopies({ survey, appendix, place }: RewriteParts): ReadonlyMap<string, number> {
  const { copies, index } = survey;
  const functions = new Map<string, number>();
  for (const [key, [to, from]] of copies) {
    const wide = index.memories[to]?.wide === true;
    if (wide === (index.memories[from]?.wide === true)) {
      functions.set(key, appendCopy(appendix, place, { to, from, wide }));
    }
  }
  return functions;
}
