import { LIMITS, QuotaError, type ResolvedLimits } from '@wasm-plugin/abi';
import { inCoreModule, type CoreModuleDefinition } from '../component/index.js';
import {
  bindContext,
  clampModule,
  type BoundContext,
  type ClampedModule,
  type ContextRole,
  type ExposedSizes,
  type MeteredFacts,
  type MeterPlan,
  type Pieces,
} from '../meter/index.js';
import { compileError, type CoreModule } from '../module/index.js';
import { tagModule, TracedModule, type SourceMapOf } from '../trace/index.js';
import type { ContextImports } from './context-bindings.js';
import { takeTurns } from './take-turns.js';
import { priceOf } from './instance-price.js';
import type { InstantiationCounts } from './instantiation-counts.js';

const PAGE_BYTES = 65_536;
const MOST_PAGES = 65_536;

/** Number of the next module of this process. */
let serial = 0;

/** A core module that is held to limits, ready to be instantiated. */
export interface PreparedModule {
  module: WebAssembly.Module;
  /** The code that was put into it, if it is metered. */
  metered: MeteredFacts | undefined;
  /** Cost of an instance of it, see `priceOf`. */
  price: number;
  /** Sizes of its memories and tables, if no meter knows them. */
  sizes: ExposedSizes | undefined;
  /** Export name of the global that holds the context slot, if it has one. */
  contextGlobal: string | undefined;
  /** Its name in stack traces. */
  tag: string;
  /** Leads from its stack traces to the guest; absent where another thread has compiled it. */
  traced: TracedModule | undefined;
}

/** Options of `prepareModules`. */
export interface PrepareOptions {
  limits: ResolvedLimits;
  /** Number of instances of each. */
  instantiations: InstantiationCounts;
  /** The modules, decoded, as far as they are. @default decoded here */
  decoded?: ReadonlyMap<CoreModuleDefinition, CoreModule> | undefined;
  sourceMapOf?: SourceMapOf | undefined;
  /** The core modules that can keep the value of a thread in a global of their own. @default none */
  contexts?: ReadonlyMap<CoreModuleDefinition, ContextImports> | undefined;
}

/** A module, and the number of its instances. */
interface Counted extends ClampedModule {
  contextGlobal: string | undefined;
  times: number;
  /** True if it may be instantiated more often than is known. */
  isRepeated: boolean;
}

/** The core modules of a component, held to limits. */
export type PreparedModules = ReadonlyMap<CoreModuleDefinition, PreparedModule>;

/**
 * Rewrites core modules so that the limits hold, and compiles them. Sizes alone are held by lowering maxima; the modules are
 * metered if a limit needs it (all of them for fuel; for the rest those that do more than pass calls on): fuel, time, the
 * depth of the stack, a trap instead of a refused growth, or one budget for several memories.
 *
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED
 * @throws {QuotaError} WP_QUOTA_MEMORY, WP_QUOTA_TABLE when the modules start above the limit
 */
export async function prepareModules(
  definitions: readonly CoreModuleDefinition[],
  { limits, instantiations, decoded, sourceMapOf, contexts }: PrepareOptions,
): Promise<PreparedModules> {
  const clamped = definitions.map((definition) => {
    const context = inCoreModule(definition, () => boundContext(definition, { decoded, contexts }));
    const module = context?.module ?? decoded?.get(definition);
    const { unboundedHeap } = limits;
    return {
      ...inCoreModule(definition, () => clampModule(definition.bytes, { unboundedHeap, module })),
      contextGlobal: context?.global,
      times: Math.max(1, instantiations.counts.get(definition) ?? 0),
      isRepeated: instantiations.isPartial,
    };
  });
  admit(clamped, limits);
  const metered = needsMeter(clamped, limits);
  const counts = [limits.fuel, limits.fuelTotal].some((limit) => limit !== Infinity);
  const prepared = definitions.map(async (definition, index) => {
    const own = clamped[index] as Counted;
    const plan = planFor(own, { clamped, limits });
    const rewritten =
      metered && (counts || !own.forwardsOnly || grows(own) || own.memories.least > 0)
        ? await takeTurns(piecesIn(definition, own.meter(plan)))
        : inCoreModule(definition, () => own.clamp(plan));
    const { bytes, tag, shift } = tagModule(rewritten.bytes, serial++);
    const isMetered = 'names' in rewritten;
    const traced = new TracedModule({
      moduleIndex: index,
      original: { bytes: definition.bytes, module: own.module },
      shift,
      rewriting: isMetered ? { offsetMap: rewritten.offsetMap } : { bodyOffsets: rewritten.bodyOffsets },
      sourceMapOf,
    });
    const sizes = isMetered ? undefined : rewritten.sizes;
    const module = await compile(definition, bytes);
    const price = priceOf(own.module);
    const metering = isMetered ? rewritten : undefined;
    return [
      definition,
      { module, metered: metering, sizes, price, contextGlobal: own.contextGlobal, tag, traced },
    ] as const;
  });
  return new Map(await Promise.all(prepared));
}

/** Returns the module with a global for the value of a thread, if it can have one. */
function boundContext(
  definition: CoreModuleDefinition,
  { decoded, contexts }: Pick<PrepareOptions, 'decoded' | 'contexts'>,
): BoundContext | undefined {
  const imports = contexts?.get(definition);
  const module = decoded?.get(definition);
  if (imports === undefined || module === undefined) return undefined;
  const roleOf = (from: string, name: string): ContextRole | undefined => imports.get(from)?.get(name);
  return bindContext(module, { bytes: definition.bytes, roleOf });
}

/** Names the place in the component in the errors of a piece. */
function* piecesIn<Result>(definition: CoreModuleDefinition, pieces: Pieces<Result>): Pieces<Result> {
  for (;;) {
    const piece = inCoreModule(definition, () => pieces.next());
    if (piece.done === true) return piece.value;
    yield;
  }
}

/** Returns whether a limit asks for more than lowered maxima. */
export function limitsCalls(limits: ResolvedLimits): boolean {
  const { fuel, fuelTotal, timeMs, wallMs, stackDepth, strictMemory } = limits;
  return strictMemory || [fuel, fuelTotal, timeMs, wallMs, stackDepth].some((limit) => limit !== Infinity);
}

function needsMeter(clamped: readonly Counted[], limits: ResolvedLimits): boolean {
  return limitsCalls(limits) || growables(clamped, 'memories') > 1 || growables(clamped, 'tables') > 1;
}

function grows({ memories, tables }: ClampedModule): boolean {
  return memories.growable + tables.growable > 0;
}

function growables(clamped: readonly Counted[], kind: 'memories' | 'tables'): number {
  return clamped.reduce((sum, each) => sum + each[kind].growable * (each.isRepeated ? 2 : each.times), 0);
}

function least(clamped: readonly Counted[], kind: 'memories' | 'tables'): number {
  return clamped.reduce((sum, each) => sum + each[kind].least * each.times, 0);
}

function admit(clamped: readonly Counted[], limits: ResolvedLimits): void {
  const refuse = (limit: 'memoryBytes' | 'tableElements', used: number): QuotaError =>
    new QuotaError(limit === 'memoryBytes' ? 'WP_QUOTA_MEMORY' : 'WP_QUOTA_TABLE', {
      limit,
      unit: LIMITS[limit].unit,
      allowed: limits[limit],
      used,
    });
  const bytes = least(clamped, 'memories') * PAGE_BYTES;
  if (bytes > limits.memoryBytes) throw refuse('memoryBytes', bytes);
  const elements = least(clamped, 'tables');
  if (elements > limits.tableElements) throw refuse('tableElements', elements);
}

/** Options of the rewriter that depend on the other modules and the limits. */
type PlannedKey = 'memoryPages' | 'tableElements' | 'stackDepth';

/** One memory or table may grow to the part of the limit that the others leave. */
function planFor(
  own: Counted,
  { clamped, limits }: { clamped: readonly Counted[]; limits: ResolvedLimits },
): Pick<MeterPlan, PlannedKey> {
  const pages = Math.min(Math.floor(limits.memoryBytes / PAGE_BYTES), MOST_PAGES);
  const ownPages = own.memories.least;
  const ownElements = own.tables.least;
  const plan: { -readonly [Name in PlannedKey]?: NonNullable<MeterPlan[Name]> } = {};
  if (limits.stackDepth !== Infinity) plan.stackDepth = countsAlone(clamped) ? 'alone' : 'shared';
  if (own.memories.growable > 0) plan.memoryPages = pages - least(clamped, 'memories') + ownPages;
  if (own.tables.growable > 0 && limits.tableElements !== Infinity) {
    plan.tableElements = Math.min(limits.tableElements - least(clamped, 'tables') + ownElements, 2 ** 32 - 1);
  }
  return plan;
}

/** Returns whether frames are counted in one core instance only. */
function countsAlone(clamped: readonly Counted[]): boolean {
  const counting = clamped.filter(({ forwardsOnly }) => !forwardsOnly);
  return counting.reduce((sum, { times, isRepeated }) => sum + (isRepeated ? 2 : times), 0) <= 1;
}

async function compile(
  definition: CoreModuleDefinition,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<WebAssembly.Module> {
  try {
    return bytes.length <= SMALL_BYTES ? compileNow(bytes) : await WebAssembly.compile(bytes);
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    throw compileError(error, { offset: definition.at, section: 'core module' });
  }
}

/** Up to this size going to another thread and back takes longer than compiling: about a millisecond. */
const SMALL_BYTES = 131_072;

function compileNow(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | Promise<WebAssembly.Module> {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    // Some browsers compile nothing but the smallest modules on their main thread.
    if (error instanceof RangeError) return WebAssembly.compile(bytes);
    throw error;
  }
}
