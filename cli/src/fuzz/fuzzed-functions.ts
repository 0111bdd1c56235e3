import { parseFunctionName, type ResolvedComponent, type ResolvedValue } from '@wasm-plugin/engine/component';
import { exportedFunctions, type ExportedFunction } from '../run/index.js';

/** The functions of a component that random values can be made for. */
export interface FuzzedFunctions {
  functions: readonly ExportedFunction[];
  /** The constructor of each resource that has one, by its type. */
  constructors: ReadonlyMap<unknown, ExportedFunction>;
  /** Functions that cannot be called so, and why. */
  leftOut: readonly string[];
}

/** The host calls it once, before anything else. */
const OF_HOST = /^wasm-plugin:abi\/lifecycle@[^#]*#init$/;

/** componentize-py calls it as it builds, and leaves it behind; it traps ever after. */
const OF_COMPONENTIZE_PY = 'exports#init';

/** Sorts the exported functions of a component into those that can be called with random values, and the others. */
export function fuzzedFunctions(component: ResolvedComponent): FuzzedFunctions {
  const all = exportedFunctions(component);
  const constructors = new Map<unknown, ExportedFunction>();
  for (const func of all) {
    const made = madeBy(func);
    if (made !== undefined) constructors.set(made, func);
  }
  const functions: ExportedFunction[] = [];
  const leftOut: string[] = [];
  for (const func of all) {
    const reason = whyLeftOut(func.label) ?? unmakable(func, constructors);
    if (reason === undefined) functions.push(func);
    else leftOut.push(`${func.label} (${reason})`);
  }
  return { functions, constructors, leftOut };
}

function whyLeftOut(label: string): string | undefined {
  if (OF_HOST.test(label)) return 'the host calls it, once';
  return label === OF_COMPONENTIZE_PY ? 'componentize-py calls it as it builds' : undefined;
}

/** The resource that a constructor makes, also one that may fail. */
function madeBy({ name, type }: ExportedFunction): unknown {
  if (parseFunctionName(name).kind !== 'constructor') return undefined;
  const made = type.result?.kind === 'result' ? type.result.ok : type.result;
  return made?.kind === 'own' ? made.resource.resource : undefined;
}

function unmakable(
  { type }: ExportedFunction,
  constructors: ReadonlyMap<unknown, unknown>,
): string | undefined {
  if (type.async === true) return 'it is async';
  for (const param of type.params) {
    if (holdsEnd(param.type)) return 'it takes a stream or a future';
    for (const { resource, isInside } of resourcesIn(param.type)) {
      const what = `it takes a ${resource.resource.label}`;
      if (isInside) return `${what} inside another value`;
      if (!constructors.has(resource.resource)) return `${what}, which has no constructor`;
    }
  }
  return undefined;
}

/** Returns whether a value holds a stream or a future. */
function holdsEnd(type: ResolvedValue): boolean {
  return type.kind === 'stream' || type.kind === 'future' || partsOf(type).some(holdsEnd);
}

interface TakenResource {
  resource: Extract<ResolvedValue, { kind: 'own' | 'borrow' }>['resource'];
  /** True if it lies in a list, a record or the like. */
  isInside: boolean;
}

function* resourcesIn(type: ResolvedValue, isInside = false): Iterable<TakenResource> {
  for (const part of partsOf(type)) yield* resourcesIn(part, true);
  if (type.kind === 'own' || type.kind === 'borrow') yield { resource: type.resource, isInside };
}

function partsOf(type: ResolvedValue): ResolvedValue[] {
  switch (type.kind) {
    case 'list':
      return [type.element];
    case 'map':
      return [type.key, type.value];
    case 'record':
      return type.fields.map((field) => field.type);
    case 'tuple':
      return [...type.elements];
    case 'option':
      return [type.some];
    case 'variant':
      return type.cases.flatMap((each) => each.type ?? []);
    case 'result':
      return [type.ok, type.err].flatMap((each) => each ?? []);
    default:
      return [];
  }
}
