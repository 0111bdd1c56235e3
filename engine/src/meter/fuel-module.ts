import { TYPE_FUNCREF, type CoreModule, type CustomSection, type Table } from '../module/index.js';
import {
  Appendix,
  COUNTER_GLOBALS,
  counterGlobals,
  GrowthBudget,
  HOOK_PARAMS,
  HOOK_RESULTS,
} from './append/index.js';
import { surveyModule } from './code/index.js';
import { FRAME_GLOBALS, type Frames } from './frames/index.js';
import { appendHostInterface } from './host-interface.js';
import type { Pieces } from './pieces.js';
import type { ResolvedMeterPlan } from './plan.js';
import { prepareRewrite } from './prepare-rewrite.js';
import type { PrivateNames } from './private-names.js';
import { rewriteBodies, type RewriteContext } from './rewrite/index.js';

/** A module that counts fuel, and the names to drive it by. */
export interface FuelledModule {
  readonly module: CoreModule;
  readonly names: PrivateNames;
  /** The section of branch hints; `undefined` without hints. */
  readonly hints: CustomSection | undefined;
  readonly context: RewriteContext;
  readonly loopsHoisted: number;
}

/**
 * A pass that makes every function count its fuel (see `BodyRewriter`), sends growth through the host's budget, and appends the
 * counter, the hook's slot, and the host's functions. The start section goes: the host runs it, once the hook is in its slot.
 */
export function* fuelModule(module: CoreModule, plan: ResolvedMeterPlan): Pieces<FuelledModule> {
  const survey = surveyModule(module);
  yield;
  const { index } = survey;
  const budget = new GrowthBudget(module.code.bytes.length);
  const appendix = new Appendix(index, budget);
  const place = {
    globals: counterGlobals(index),
    hookType: appendix.type(HOOK_PARAMS, HOOK_RESULTS),
    hookTable: index.tables.length,
  };
  const context = prepareRewrite(module, { plan, survey, appendix, place });
  const { frames, passing } = context;
  const { exports, names } = appendHostInterface(module, { index, appendix, budget, place, frames });
  const { code, hints, loopsHoisted } = yield* rewriteBodies(context, { appendix, budget });
  const { types, functions } = appendix.extend(module);
  for (const [self, type] of passing.newTypes) functions[self - index.importedFunctions] = type;
  return {
    module: {
      ...module,
      types,
      functions,
      tables: [...module.tables, hookTable(frames)],
      globals: [...module.globals, ...COUNTER_GLOBALS, ...(frames ? FRAME_GLOBALS : [])],
      exports,
      start: undefined,
      code,
    },
    names,
    hints,
    context,
    loopsHoisted,
  };
}

/** The table for the hook and, if instances share the depth of the stack, for the two functions that lead to it. */
function hookTable(frames: Frames | undefined): Table {
  const slots = frames?.shared === undefined ? 1n : 3n;
  const limits = { minimum: slots, maximum: slots, shared: false, wide: false };
  return { reference: TYPE_FUNCREF, limits, initial: undefined };
}
