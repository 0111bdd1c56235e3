import type { WitType } from '../world/index.js';

/** Sizes, alignments and flattening, as the canonical ABI defines them. */

export type Flat = 'i32' | 'i64' | 'f32' | 'f64';

export const MAX_FLAT_PARAMS = 16;
export const MAX_FLAT_RESULTS = 1;

const SCALAR_BYTES = {
  bool: 1,
  s8: 1,
  u8: 1,
  s16: 2,
  u16: 2,
  s32: 4,
  u32: 4,
  f32: 4,
  char: 4,
  s64: 8,
  u64: 8,
  f64: 8,
} as const;

type Scalar = keyof typeof SCALAR_BYTES;

/** Returns true if a type is a number of AssemblyScript: lists of it are one block of memory. */
export function isScalar(type: WitType): type is WitType & { kind: Scalar } {
  return type.kind in SCALAR_BYTES;
}

/** Returns true for a type that lies elsewhere in memory, known by its address and its length. */
function isSequence({ kind }: WitType): boolean {
  return kind === 'string' || kind === 'list' || kind === 'map';
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

export function discriminantBytes(count: number): 1 | 2 | 4 {
  if (count <= 1 << 8) return 1;
  return count <= 1 << 16 ? 2 : 4;
}

export function flagsBytes(count: number): 1 | 2 | 4 {
  if (count <= 8) return 1;
  return count <= 16 ? 2 : 4;
}

export function alignOf(type: WitType): number {
  if (isScalar(type)) return SCALAR_BYTES[type.kind];
  if (type.kind === 'flags') return flagsBytes(type.names.length);
  if (type.kind === 'enum') return discriminantBytes(type.names.length);
  const parts = partsOf(type);
  if (parts) return greatest(parts.map(alignOf));
  const cases = casesOf(type);
  return cases ? Math.max(discriminantBytes(cases.length), payloadAlign(cases)) : 4;
}

export function sizeOf(type: WitType): number {
  const parts = partsOf(type);
  if (parts) return placesOf(parts).size;
  const cases = casesOf(type);
  if (cases) return alignTo(payloadOffset(cases) + greatest(cases.map(optionalSize), 0), alignOf(type));
  return isSequence(type) ? 8 : alignOf(type);
}

/** Returns the offset of each part in consecutive storage, and the size of the whole. */
export function placesOf(parts: readonly WitType[]): { offsets: number[]; size: number } {
  let end = 0;
  const offsets = parts.map((part) => {
    const at = alignTo(end, alignOf(part));
    end = at + sizeOf(part);
    return at;
  });
  return { offsets, size: alignTo(end, greatest(parts.map(alignOf))) };
}

/** Returns the offset of the payload in a type with cases. */
export function payloadOffset(cases: (WitType | undefined)[]): number {
  return alignTo(discriminantBytes(cases.length), payloadAlign(cases));
}

/** The core values that a type is passed as. */
export function flatten(type: WitType): Flat[] {
  if (type.kind === 'f32' || type.kind === 'f64') return [type.kind];
  if (type.kind === 's64' || type.kind === 'u64') return ['i64'];
  if (isSequence(type)) return ['i32', 'i32'];
  const parts = partsOf(type);
  if (parts) return parts.flatMap(flatten);
  const cases = casesOf(type);
  return cases ? ['i32', ...joinCases(cases)] : ['i32'];
}

/** The core values that hold the payload of any of some cases. */
export function joinCases(cases: (WitType | undefined)[]): Flat[] {
  const joined: Flat[] = [];
  for (const payload of cases) {
    for (const [i, flat] of (payload ? flatten(payload) : []).entries()) {
      const other = joined[i];
      joined[i] = other === undefined ? flat : join(other, flat);
    }
  }
  return joined;
}

function join(a: Flat, b: Flat): Flat {
  if (a === b) return a;
  return (a === 'i32' && b === 'f32') || (a === 'f32' && b === 'i32') ? 'i32' : 'i64';
}

function payloadAlign(cases: (WitType | undefined)[]): number {
  return greatest(cases.map((payload) => (payload ? alignOf(payload) : 1)));
}

function optionalSize(type: WitType | undefined): number {
  return type ? sizeOf(type) : 0;
}

function alignTo(at: number, align: number): number {
  return Math.ceil(at / align) * align;
}

function greatest(numbers: number[], least = 1): number {
  return Math.max(least, ...numbers);
}
