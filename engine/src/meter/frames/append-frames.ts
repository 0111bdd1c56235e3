import { OP, type CoreModule, type Global } from '../../module/index.js';
import {
  type Appendix,
  Assembler,
  I32,
  ASK,
  pushAsk,
  type HookPlace,
  addressTaken,
} from '../append/index.js';
import { forwardsOnly, type Survey } from '../code/index.js';
import type { Frames } from './frames.js';
import type { ResolvedMeterPlan } from '../plan.js';

const NO_LIMIT = 0x7fffffff;
const SETTER = [[I32], []] as const;
const GETTER = [[], [I32]] as const;

/** The definitions of the globals of `Frames`: inner, peak, limit. */
export const FRAME_GLOBALS: readonly Global[] = [0, 0, NO_LIMIT].map((value) => ({
  value: I32,
  mutable: true,
  // A body without its count of locals is an expression.
  initial: new Assembler().i32(value).finish().subarray(1),
}));

/** The parts of a module that frame counting is made of. */
export interface FrameParts {
  readonly plan: ResolvedMeterPlan;
  readonly survey: Survey;
  readonly appendix: Appendix;
  readonly place: HookPlace;
  /** The index of the first of `FRAME_GLOBALS`. */
  readonly firstGlobal: number;
}

/** Appends the counters of frames, if the plan asks for them and the module's functions do more than pass calls on. */
export function appendFrames(
  module: CoreModule,
  { plan, survey, appendix, place, firstGlobal }: FrameParts,
): Frames | undefined {
  if (plan.stackDepth === false || forwardsOnly(module)) return undefined;
  const [inner, peak, limit] = [firstGlobal, firstGlobal + 1, firstGlobal + 2] as const;
  const body = new Assembler();
  body.get(0).load(limit).op(OP.I32_GT_S).if();
  pushAsk(body, ASK.DEEPER, place, (to) => to.get(0).op(OP.F64_CONVERT_I32_U).f64(0));
  body.op(OP.DROP, OP.UNREACHABLE).end().get(0).store(peak);
  return {
    inner,
    peak,
    limit,
    deeper: appendix.add(appendix.type(...SETTER), body.finish()),
    isOpen: openFunctions(module, survey),
    shared:
      plan.stackDepth === 'alone'
        ? undefined
        : {
            table: place.hookTable,
            setType: appendix.type(...SETTER),
            getType: appendix.type(...GETTER),
          },
  };
}

function openFunctions(module: CoreModule, { index, tailCalled }: Survey): Uint8Array {
  const isOpen = Uint8Array.from(tailCalled);
  isOpen.fill(1, 0, index.importedFunctions);
  for (const self of addressTaken(module)) isOpen[self] = 1;
  return isOpen;
}

/** Appends, for the host, `(limit)` and `() -> peak`. */
export function appendFrameControls(appendix: Appendix, { limit, peak }: Frames) {
  return {
    stackLimit: appendix.add(appendix.type(...SETTER), new Assembler().get(0).store(limit).finish()),
    stackPeak: appendix.add(appendix.type(...GETTER), new Assembler().load(peak).finish()),
  };
}
