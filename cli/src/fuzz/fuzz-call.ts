import type { ResolvedValue } from '@wasm-plugin/engine/component';
import { randomValue, shrinkValue, smallerParts, type Random } from '../random/index.js';
import type { ExportedFunction } from '../run/index.js';

/** A call of an exported function. */
export interface FuzzCall {
  func: ExportedFunction;
  args: readonly FuzzArgument[];
}

/** An argument: a value, or a resource that a call of its constructor makes. */
export type FuzzArgument = { value: unknown } | { made: FuzzCall };

/** Resources that constructors take can be made by constructors too: as deep. */
const MOST_DEPTH = 4;

/** Makes a call with random arguments; `undefined` if the resources that it takes would go on without end. */
export function randomCall(
  func: ExportedFunction,
  { random, constructors }: { random: Random; constructors: ReadonlyMap<unknown, ExportedFunction> },
  depth = 0,
): FuzzCall | undefined {
  const args: FuzzArgument[] = [];
  for (const { type } of func.type.params) {
    if (!isResource(type)) {
      args.push({ value: randomValue(type, random) });
      continue;
    }
    const constructor = constructors.get(type.resource.resource) as ExportedFunction;
    const made =
      depth < MOST_DEPTH ? randomCall(constructor, { random, constructors }, depth + 1) : undefined;
    if (made === undefined) return undefined;
    args.push({ made });
  }
  return { func, args };
}

/** Returns true if a value of a type is a resource. */
export function isResource(type: ResolvedValue): type is Extract<ResolvedValue, { kind: 'own' | 'borrow' }> {
  return type.kind === 'own' || type.kind === 'borrow';
}

/** Returns smaller sequences of calls: without some of them, then with smaller arguments. The last call stays. */
export function* shrinkCalls(calls: readonly FuzzCall[]): Iterable<readonly FuzzCall[]> {
  const last = calls.at(-1) as FuzzCall;
  for (const part of smallerParts(calls.slice(0, -1))) yield [...part, last];
  for (const [index, call] of calls.entries())
    for (const smaller of shrinkCall(call)) yield calls.with(index, smaller);
}

function* shrinkCall({ func, args }: FuzzCall): Iterable<FuzzCall> {
  for (const [index, argument] of args.entries()) {
    if ('made' in argument) {
      for (const made of shrinkCall(argument.made)) yield { func, args: args.with(index, { made }) };
      continue;
    }
    const type = func.type.params[index]?.type as ResolvedValue;
    for (const value of shrinkValue(type, argument.value)) yield { func, args: args.with(index, { value }) };
  }
}
