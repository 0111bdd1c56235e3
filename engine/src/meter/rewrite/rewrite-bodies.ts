import { ByteWriter } from '../../binary/index.js';
import { functionTypeAt, OP, type Code, type CustomSection } from '../../module/index.js';
import { NO_TWIN, type Appendix, type GrowthBudget } from '../append/index.js';
import { GuestHints, HintSection } from '../sections/index.js';
import type { Pieces } from '../pieces.js';
import { BodyRewriter } from './body-rewriter.js';
import type { RewriteContext } from './rewrite-context.js';

/** The new code of a module. */
export interface RewrittenBodies {
  readonly code: Code;
  /** The section of branch hints; `undefined` without hints. */
  readonly hints: CustomSection | undefined;
  /** The number of loops that run without the counter while the fuel suffices. */
  readonly loopsHoisted: number;
}

/**
 * Writes the code section: the guest's functions, rewritten, and behind them the appended ones. A piece is a function.
 *
 * @throws {ModuleError} WP_MODULE_LIMIT for a function or a module that would become too large
 */
export function* rewriteBodies(
  context: RewriteContext,
  { appendix, budget }: { readonly appendix: Appendix; readonly budget: GrowthBudget },
): Pieces<RewrittenBodies> {
  const { module, index, passing } = context;
  const rewriter = new BodyRewriter(context, new GuestHints(module));
  const hints = new HintSection();
  const defined = module.functions.length;
  const total = defined + appendix.functions.length;
  const ranges = new Uint32Array(total * 2);
  const old = module.code.ranges;
  const out = new ByteWriter(((old.at(-1) ?? 0) - (old[0] ?? 0)) * 1.5 + 4096);
  for (let slot = 0; slot < total; slot++) {
    const self = index.importedFunctions + slot;
    ranges[slot * 2] = out.length;
    const original = slot < defined ? self : passing.originals.get(self);
    if (original === undefined) {
      out.copyFrom(appendix.functions[slot - defined]?.body as Uint8Array);
    } else if (slot < defined && passing.twins[self] !== NO_TWIN && passing.twins[self] !== self) {
      writeThunk(out, context, self);
    } else {
      const passes = passing.twins[original] !== NO_TWIN;
      const header = rewriter.rewrite(out, { defined: original - index.importedFunctions, self, passes });
      hints.add(self, rewriter.writer.hints, header);
    }
    ranges[slot * 2 + 1] = out.length;
    budget.book(out.length - (ranges[slot * 2] as number));
    yield;
  }
  return { code: { bytes: out.view(), ranges }, hints: hints.finish(), loopsHoisted: rewriter.loopsHoisted };
}

/** Writes the thunk of a function: a body that hands the counter to the function's twin and takes it back. */
function writeThunk(out: ByteWriter, { index, counter, passing }: RewriteContext, self: number): void {
  const params = functionTypeAt(index, index.functionTypes[self] as number)?.params.length ?? 0;
  const write = (op: number, operand: number) => {
    out.byte(op);
    out.u32(operand);
  };
  out.u32(0);
  for (let param = 0; param < params; param++) write(OP.LOCAL_GET, param);
  write(OP.GLOBAL_GET, counter);
  write(OP.CALL, passing.twins[self] as number);
  write(OP.GLOBAL_SET, counter);
  out.byte(OP.END);
}
