import type { CanonicalContext } from './context.js';
import type { CoreFunction } from './core-function.js';
import { layoutOf, MAX_FLAT_RESULTS, recordLayout, type Layout } from '../component/index.js';
import { partsOf, type FuncType, type ValueType } from './types.js';

/** A function as JavaScript or another component calls it. */
export type ComponentCallable = (...args: unknown[]) => unknown;

/** Parameters of `canon lift`. */
export interface LiftSpec {
  /** The export's name, for messages. */
  name: string;
  type: FuncType;
  core: CoreFunction;
  postReturn: CoreFunction | undefined;
  context: CanonicalContext;
  /** True if `core` begins a metered call by itself. */
  armed: boolean;
  /** True if `this` is the first argument. */
  method: boolean;
}

/** Parameters of `canon lower`. */
export interface LowerSpec {
  /** The import's name, for messages. */
  name: string;
  type: FuncType;
  callee: ComponentCallable;
  context: CanonicalContext;
}

/** Makes callable functions of lifts and lowers. There are two, and both pass the same tests. */
export interface Backend {
  /** `composed` from closures, needs no `eval`; `generated` as JavaScript text, much faster. */
  name: 'composed' | 'generated';
  lift(spec: LiftSpec): ComponentCallable;
  lower(spec: LowerSpec): CoreFunction;
}

/** The ways that the parameters and the result of a function take: core values or memory. */
export interface Passing {
  params: Layout;
  result: Layout | undefined;
  /** True if the parameters go through memory. */
  spilledParams: boolean;
  /** True if the result goes through memory. */
  spilledResult: boolean;
  /** True if a parameter holds a borrowed handle. */
  borrows: boolean;
  /** True if the result holds an own handle. */
  givesOwn: boolean;
  /** True if the call reads or writes memory. */
  usesMemory: boolean;
  /** True if the parameters hold a string or list. */
  sequencesIn: boolean;
  /** True if the result holds one. */
  sequencesOut: boolean;
}

const passings = new WeakMap<FuncType, Passing>();

/** Returns the ways that a function's values take (specification: `flatten_functype`). */
export function passingOf(type: FuncType): Passing {
  let passing = passings.get(type);
  if (passing === undefined) {
    const params = recordLayout(type.params.map((param) => layoutOf(param.type)));
    const result = type.result === undefined ? undefined : layoutOf(type.result);
    const spilledParams = params.flat === undefined;
    const spilledResult =
      result !== undefined && (result.flat === undefined || result.flat.length > MAX_FLAT_RESULTS);
    passing = {
      params,
      result,
      spilledParams,
      spilledResult,
      borrows: params.borrows,
      givesOwn: type.result !== undefined && holds(type.result, new Set(), isHandle),
      usesMemory: spilledParams || spilledResult || params.pointers,
      sequencesIn: params.pointers,
      sequencesOut: result?.pointers ?? false,
    };
    passings.set(type, passing);
  }
  return passing;
}

const isHandle = ({ kind }: ValueType): boolean =>
  kind === 'own' || kind === 'borrow' || kind === 'stream' || kind === 'future';

/** Returns whether a parameter holds a handle. */
export function holdsHandle(param: { type: ValueType }): boolean {
  return holds(param.type, new Set(), isHandle);
}

/** Returns whether a value holds a stream or a future. */
export function holdsEnd(type: ValueType): boolean {
  return holds(type, new Set(), ({ kind }) => kind === 'stream' || kind === 'future');
}

/** Returns whether a parameter holds a borrowed handle. */
export function holdsBorrow(param: { type: ValueType }): boolean {
  return layoutOf(param.type).borrows;
}

function holds(type: ValueType, seen: Set<ValueType>, wanted: (type: ValueType) => boolean): boolean {
  if (seen.has(type)) return false;
  seen.add(type);
  return wanted(type) || partsOf(type).some((part) => holds(part, seen, wanted));
}

/** Returns whether core values and bytes in memory may be no value of the type. */
export function canBeBad(type: ValueType): boolean {
  return holds(type, new Set(), ({ kind }) => BAD_KINDS.has(kind));
}

const BAD_KINDS: ReadonlySet<ValueType['kind']> = new Set([
  'string',
  'list',
  'map',
  'char',
  'variant',
  'enum',
  'option',
  'result',
  'stream',
  'future',
  'own',
  'borrow',
] as const);

/** Returns whether lowering a value of the type may run code of the host: getters, iterators, proxies. */
export function runsHostCode(type: ValueType): boolean {
  return partsOf(type).length > 0 || type.kind === 'flags' || type.kind === 'variant';
}
