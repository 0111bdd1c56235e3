import { ByteReader } from '../binary/index.js';
import type { OffsetMap } from '../meter/index.js';
import { SECTION, type CoreModule } from '../module/index.js';
import { findLines } from './dwarf/index.js';
import { findFunctionNames } from './function-names.js';
import { moduleName } from './module-name.js';
import { findInSourceMap, type SourceMapOf } from './source-map.js';
import type { SourcePlace } from './source-place.js';
import type { StackFrame } from './stack-frames.js';
import type { TraceBudget } from './trace-budget.js';

/** The steps of a byte of code that is rewritten again to find a place in it. */
const STEPS_A_BODY_BYTE = 4;

/** Facts of a core module whose frames are looked up in stack traces. */
export interface TracedModuleFacts {
  /** Index of the core module in the component. */
  readonly moduleIndex: number;
  /** Its bytes before any change, and their decoded form, of which only code and custom sections are kept. */
  readonly original: { readonly bytes: Uint8Array; readonly module: CoreModule };
  /** Number of bytes that the running module lost in front of its code, beside the changes of the rewriting. */
  readonly shift: number;
  /** Relation of the running module to the original: metered, or each body unchanged at another offset. */
  readonly rewriting: { readonly offsetMap: OffsetMap } | { readonly bodyOffsets: Uint32Array };
  readonly sourceMapOf?: SourceMapOf | undefined;
}

/** A place in a guest's module. */
export interface GuestPlace {
  /** Index of the function. */
  readonly index: number;
  /** Byte offset in the original module. */
  readonly offset: number;
  /** True if it is still at the start of the function. */
  readonly atStart: boolean;
}

/**
 * Leads from frames of a stack trace to places in a guest's module. Reads nothing before the first request, and then charges
 * its reading to a budget.
 */
export class TracedModule {
  /** Index of the core module in the component. */
  readonly moduleIndex: number;
  readonly #bytes: Uint8Array;
  readonly #code: CoreModule['code'];
  readonly #customs: CoreModule['customs'];
  readonly #importedFunctions: number;
  readonly #shift: number;
  readonly #rewriting: TracedModuleFacts['rewriting'];
  readonly #sourceMapOf: SourceMapOf | undefined;

  constructor({ moduleIndex, original, shift, rewriting, sourceMapOf }: TracedModuleFacts) {
    const { bytes, module } = original;
    this.moduleIndex = moduleIndex;
    this.#bytes = bytes;
    this.#code = module.code;
    this.#customs = module.customs;
    this.#importedFunctions = module.imports.filter(({ item }) => item.kind === 'func').length;
    this.#shift = shift;
    this.#rewriting = rewriting;
    this.#sourceMapOf = sourceMapOf;
  }

  /** Finds the guest's place of a frame; `undefined` if the frame is one of ours. */
  placeOf(frame: StackFrame, budget: TraceBudget): GuestPlace | undefined {
    const rewriting = this.#rewriting;
    const metered = 'offsetMap' in rewriting;
    const index = metered ? rewriting.offsetMap.originalFunction(frame.index) : frame.index;
    if (index === undefined || index < this.#importedFunctions) return undefined;
    const at = index - this.#importedFunctions;
    const start = this.#code.ranges[at * 2];
    const end = this.#code.ranges[at * 2 + 1];
    if (start === undefined || end === undefined) return undefined;
    const shifted = frame.offset + this.#shift;
    let offset: number | undefined;
    if (!metered) offset = start + shifted - (rewriting.bodyOffsets[at] as number);
    else {
      offset = start;
      if (budget.take((end - start) * STEPS_A_BODY_BYTE)) {
        offset = rewriting.offsetMap.originalPlace(frame.index, shifted)?.offset;
      }
    }
    return offset === undefined ? undefined : { index, offset, atStart: offset === start };
  }

  /** Reads the module's own name. */
  get name(): string | undefined {
    return moduleName(this.#custom('name'));
  }

  /** Finds the names of functions by their indexes. */
  namesOf(indexes: ReadonlySet<number>, budget: TraceBudget): ReadonlyMap<number, string> {
    const section = this.#custom('name');
    return section === undefined ? new Map() : findFunctionNames(section, indexes, budget);
  }

  /** Finds the source of instructions by their byte offsets, in DWARF or a source map. */
  sourcesOf(offsets: readonly number[], budget: TraceBudget): ReadonlyMap<number, SourcePlace> {
    const line = this.#custom('.debug_line');
    if (line === undefined) {
      const section = this.#custom('sourceMappingURL');
      if (section === undefined) return new Map();
      return findInSourceMap({ section, sourceMapOf: this.#sourceMapOf, budget }, offsets);
    }
    const sections = {
      line,
      lineStrings: this.#custom('.debug_line_str'),
      strings: this.#custom('.debug_str'),
    };
    const start = codeStartOf(this.#bytes, budget);
    const found = findLines(
      sections,
      offsets.map((offset) => offset - start),
      budget,
    );
    return new Map([...found].map(([address, place]) => [address + start, place]));
  }

  #custom(name: string): Uint8Array | undefined {
    return this.#customs.find((section) => section.name === name)?.bytes;
  }
}

/** Finds where the contents of the code section start: DWARF counts from there. */
function codeStartOf(bytes: Uint8Array, budget: TraceBudget): number {
  const reader = new ByteReader(bytes);
  reader.skip(8);
  for (; reader.byte() !== SECTION.CODE; budget.spend()) reader.skip(reader.u32());
  reader.u32();
  return reader.position;
}
