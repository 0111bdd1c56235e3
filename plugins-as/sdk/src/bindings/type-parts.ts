import type { WitType } from '../world/index.js';

const SCALARS = ['bool', 's8', 'u8', 's16', 'u16', 's32', 'u32', 's64', 'u64', 'f32', 'f64', 'char'] as const;

type Scalar = (typeof SCALARS)[number];

const SCALAR_KINDS: ReadonlySet<string> = new Set(SCALARS);

/** Returns whether a type is a number of AssemblyScript: lists of it are one block of memory. */
export function isScalar(type: WitType): type is WitType & { kind: Scalar } {
  return SCALAR_KINDS.has(type.kind);
}

/** The payloads of a variant, option or result, by case; undefined if the type has no cases. */
export function casesOf(type: WitType): (WitType | undefined)[] | undefined {
  if (type.kind === 'variant') return type.cases.map(({ type }) => type);
  if (type.kind === 'option') return [undefined, type.some];
  if (type.kind === 'result') return [type.ok, type.err];
  return undefined;
}

/** The parts of a record or tuple in order; undefined if the type is neither. */
export function partsOf(type: WitType): WitType[] | undefined {
  if (type.kind === 'record') return type.fields.map(({ type }) => type);
  if (type.kind === 'tuple') return type.elements;
  return undefined;
}
