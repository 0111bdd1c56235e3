import { ByteWriter } from '../binary/index.js';
import {
  functionTypeAt,
  TYPE_FUNCREF,
  type CoreModule,
  type CustomSection,
  type Export,
} from '../module/index.js';
import { appendFrameControls, appendFrames, FRAME_GLOBALS } from './append-frames.js';
import { Appendix } from './appendix.js';
import { Assembler } from './assembler.js';
import { GuestHints, HintSection } from './branch-hints.js';
import { appendCopy, appendFill } from './chunked.js';
import {
  appendArmed,
  appendControls,
  appendGrowMemory,
  appendGrowTable,
  appendRefuel,
  appendToll,
  COUNTER_GLOBALS,
  counterGlobals,
  HOOK_PARAMS,
  HOOK_RESULTS,
  type HookPlace,
} from './counter.js';
import type { Fixtures } from './fixtures.js';
import { GrowthBudget } from './growth-budget.js';
import type { ResolvedMeterPlan } from './plan.js';
import { privatePrefix, type PrivateNames } from './private-names.js';
import { BodyRewriter } from './rewrite-body.js';
import { surveyModule, type Survey } from './survey.js';
import { chooseTwins, NO_TWIN } from './twins.js';
import { appendWait } from './wait.js';

/** Modules with more exports get no second one for each: V8 takes 100,000. */
const MOST_ARMED_EXPORTS = 49_000;

/** A module that counts fuel, and how to talk to it. */
export interface FuelledModule {
  readonly module: CoreModule;
  readonly names: PrivateNames;
  readonly hints: CustomSection | undefined;
  /** By index of an appended function: the guest's function it stands for. */
  readonly standIns: ReadonlyMap<number, number>;
  readonly fixtures: Fixtures;
  readonly loopsHoisted: number;
  readonly passingFunctions: number;
}

/**
 * A pass that makes every function count its fuel (see `BodyRewriter`), sends what grows through the host's budget, and
 * appends the counter, the hook's slot, and the host's functions. The start section goes: the host runs it, once the hook
 * is in its slot.
 */
export function fuelModule(module: CoreModule, plan: ResolvedMeterPlan): FuelledModule {
  const survey = surveyModule(module);
  const { index } = survey;
  const budget = new GrowthBudget(module.code.bytes.length);
  const appendix = new Appendix(index, budget);
  const globals = counterGlobals(index);
  const place: HookPlace = {
    globals,
    hookType: appendix.type(HOOK_PARAMS, HOOK_RESULTS),
    hookTable: index.tables.length,
  };
  const refuel = appendRefuel(appendix, place, plan);
  const toll = appendToll(appendix, place);
  const resultTypes = new Map<number, number>();
  for (const type of survey.wideTypes) {
    resultTypes.set(type, appendix.type([], functionTypeAt(index, type)?.results ?? []));
  }
  const firstGlobal = index.globals + COUNTER_GLOBALS.length;
  const frames = appendFrames(module, { plan, survey, appendix, place, firstGlobal });
  const chosen = chooseTwins(module, survey, appendix, plan.parameters);
  const fixtures: Fixtures = {
    module,
    index,
    plan,
    counter: globals.counter,
    refuel,
    toll,
    growMemory: !plan.growth
      ? []
      : index.memories.map((limits, at) =>
          survey.growsMemory[at] === 1 ? appendGrowMemory(appendix, place, at, limits.wide) : 0,
        ),
    growTable: !plan.growth
      ? []
      : index.tables.map(({ limits, reference }, at) =>
          survey.growsTable[at] === 1
            ? appendGrowTable(appendix, place, { index: at, wide: limits.wide, reference })
            : 0,
        ),
    fillMemory: index.memories.map((limits, at) =>
      survey.fillsMemory[at] === 1 ? appendFill(appendix, place, at, limits.wide) : 0,
    ),
    copyMemory: appendCopies(appendix, place, survey),
    wait: survey.waits[0] === 1 ? appendWait(appendix, place) : undefined,
    frames,
    twins: chosen.twins,
    partners: chosen.partners,
    resultTypes,
  };
  const controls = {
    ...appendControls(appendix, globals, frames),
    ...(frames && appendFrameControls(appendix, frames)),
  };
  const prefix = privatePrefix(module);
  const exports: Export[] = [...module.exports];
  const armed = new Map<string, string>();
  const armedByFunction = new Map<number, number>();
  const arm = (target: number) => {
    let twin = armedByFunction.get(target);
    if (twin === undefined) {
      const type = index.functionTypes[target] as number;
      const params = functionTypeAt(index, type)?.params.length ?? 0;
      twin = appendArmed(appendix, globals, { index: target, type, params, frames });
      armedByFunction.set(target, twin);
    }
    return twin;
  };
  const armsCalls = module.exports.length <= MOST_ARMED_EXPORTS;
  for (const { name, kind, index: target } of module.exports) {
    if (kind !== 'func' || !armsCalls) continue;
    const entry = `${prefix}call:${name}`;
    budget.book(entry.length);
    armed.set(name, entry);
    exports.push({ name: entry, kind: 'func', index: arm(target) });
  }
  for (const [name, control] of Object.entries(controls)) {
    exports.push({ name: prefix + name, kind: 'func', index: control });
  }
  exports.push({ name: `${prefix}hook`, kind: 'table', index: place.hookTable });
  if (module.start !== undefined)
    exports.push({ name: `${prefix}start`, kind: 'func', index: arm(module.start) });
  const code = rewriteBodies(fixtures, { appendix, budget, standIns: chosen.standIns });
  const extended = appendix.extend(module);
  const slots = frames?.shared === undefined ? 1n : 3n;
  for (const [self, type] of chosen.newTypes) {
    (extended.functions as number[])[self - index.importedFunctions] = type;
  }
  return {
    module: {
      ...module,
      ...extended,
      tables: [
        ...module.tables,
        {
          reference: TYPE_FUNCREF,
          limits: { minimum: slots, maximum: slots, shared: false, wide: false },
          initial: undefined,
        },
      ],
      globals: [...module.globals, ...COUNTER_GLOBALS, ...(frames ? FRAME_GLOBALS : [])],
      exports,
      start: undefined,
      code: code.code,
    },
    names: {
      hook: `${prefix}hook`,
      slice: `${prefix}slice`,
      begin: `${prefix}begin`,
      exchange: `${prefix}exchange`,
      used: `${prefix}used`,
      earlier: `${prefix}earlier`,
      unspent: `${prefix}unspent`,
      settle: `${prefix}settle`,
      calls: `${prefix}calls`,
      frames: frames && { limit: `${prefix}stackLimit`, peak: `${prefix}stackPeak` },
      start: module.start === undefined ? undefined : `${prefix}start`,
      armed,
    },
    hints: code.hints,
    standIns: chosen.standIns,
    fixtures,
    loopsHoisted: code.loopsHoisted,
    passingFunctions: chosen.standIns.size + chosen.newTypes.size - chosen.partners.size,
  };
}

/** Appends what stands for `memory.copy`, by the memories that are copied between, where their addresses have one width. */
function appendCopies(
  appendix: Appendix,
  place: HookPlace,
  { index, copies }: Survey,
): ReadonlyMap<string, number> {
  const functions = new Map<string, number>();
  for (const [key, [to, from]] of copies) {
    const wide = index.memories[to]?.wide === true;
    if (wide === (index.memories[from]?.wide === true)) {
      functions.set(key, appendCopy(appendix, place, { to, from, wide }));
    }
  }
  return functions;
}

interface Bodies {
  readonly appendix: Appendix;
  readonly budget: GrowthBudget;
  readonly standIns: ReadonlyMap<number, number>;
}

function rewriteBodies(fixtures: Fixtures, { appendix, budget, standIns }: Bodies) {
  const { module, index, twins } = fixtures;
  const rewriter = new BodyRewriter(fixtures, new GuestHints(module));
  const hints = new HintSection();
  const defined = module.functions.length;
  const total = defined + appendix.functions.length;
  const ranges = new Uint32Array(total * 2);
  const old = module.code.ranges;
  const out = new ByteWriter(((old.at(-1) ?? 0) - (old[0] ?? 0)) * 1.5 + 4096);
  for (let slot = 0; slot < total; slot++) {
    const self = index.importedFunctions + slot;
    ranges[slot * 2] = out.length;
    const original = slot < defined ? self : standIns.get(self);
    if (original === undefined) {
      out.copyFrom(appendix.functions[slot - defined]?.body as Uint8Array);
    } else if (slot < defined && twins[self] !== NO_TWIN && twins[self] !== self) {
      writeThunk(out, fixtures, self);
    } else {
      const passes = twins[original] !== NO_TWIN;
      const header = rewriter.rewrite(out, { defined: original - index.importedFunctions, self, passes });
      hints.add(self, rewriter.writer.hints, header);
    }
    ranges[slot * 2 + 1] = out.length;
    budget.book(out.length - (ranges[slot * 2] as number));
  }
  return { code: { bytes: out.view(), ranges }, hints: hints.finish(), loopsHoisted: rewriter.loopsHoisted };
}

/** Writes what stands at the index of a function whose twin was appended: hands the counter over and takes it back. */
function writeThunk(out: ByteWriter, { index, counter, twins }: Fixtures, self: number): void {
  const params = functionTypeAt(index, index.functionTypes[self] as number)?.params.length ?? 0;
  const body = new Assembler();
  for (let param = 0; param < params; param++) body.get(param);
  out.copyFrom(
    body
      .load(counter)
      .call(twins[self] as number)
      .store(counter)
      .finish(),
  );
}
