import { ByteWriter } from '../binary/index.js';
import { GuestHints, functionNames } from './sections/index.js';
import type { FuelledModule } from './fuel-module.js';
import { BodyRewriter } from './rewrite/index.js';
import { NO_TWIN } from './append/index.js';

/** Hints take no place in a body. */
const NO_HINTS = new GuestHints({ customs: [] });

/** A place in the guest's original module. */
export interface OriginalPlace {
  /** Index of the function. */
  readonly function: number;
  /** Byte offset in the original module of the instruction, or of the one that the rewriter put something in front of. */
  readonly offset: number;
}

/**
 * Leads from places in the metered module, as an engine's stack traces name them, back to the original. Nothing is kept
 * for it: the function in question is rewritten once more to find out.
 */
export class OffsetMap {
  readonly #fuelled: FuelledModule;
  readonly #bodyOffsets: Uint32Array;
  #names: ReadonlyMap<number, string> | undefined;

  constructor(fuelled: FuelledModule, bodyOffsets: Uint32Array) {
    this.#fuelled = fuelled;
    this.#bodyOffsets = bodyOffsets;
  }

  /** Returns the guest's function behind an index in the metered module; `undefined` if it is one of ours. */
  originalFunction(index: number): number | undefined {
    const { context } = this.#fuelled;
    return index < context.index.functionTypes.length ? index : context.passing.originals.get(index);
  }

  /** Returns the name of a guest's function by its original index. */
  nameOf(index: number): string | undefined {
    if (this.#names === undefined) {
      const section = this.#fuelled.context.module.customs.find((custom) => custom.name === 'name');
      this.#names = section === undefined ? new Map<number, string>() : functionNames(section.bytes);
    }
    return this.#names.get(index);
  }

  /** Translates a function index and byte offset of the metered module; `undefined` for a place in a function of ours. */
  originalPlace(index: number, offset: number): OriginalPlace | undefined {
    const { context } = this.#fuelled;
    const original = this.originalFunction(index);
    const imported = context.index.importedFunctions;
    if (original === undefined || original < imported) return undefined;
    const twin = context.passing.twins[original] as number;
    const start = context.module.code.ranges[(original - imported) * 2] as number;
    const isThunk = twin !== NO_TWIN && twin !== index;
    if (isThunk) return { function: original, offset: start };
    const rewriter = new BodyRewriter(context, NO_HINTS);
    rewriter.writer.recordsRuns = true;
    const passes = twin !== NO_TWIN;
    const header = rewriter.rewrite(new ByteWriter(), { defined: original - imported, self: index, passes });
    const wanted = offset - (this.#bodyOffsets[index - imported] as number) - header;
    const { runs } = rewriter.writer;
    let place = start;
    for (let at = 0; at < runs.length; at += 3) {
      const into = runs[at + 1] as number;
      if (into > wanted) break;
      // Code behind a run was written in place of the instruction that it ends at.
      place = Math.min((runs[at] as number) + wanted - into, runs[at + 2] as number);
    }
    return { function: original, offset: place };
  }
}
