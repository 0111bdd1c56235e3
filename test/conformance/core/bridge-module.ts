/** Types that a bridge carries across the boundary. */
export type BridgedType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'funcref' | 'externref';

/** Function that a bridge calls. */
export interface Signature {
  params: BridgedType[];
  results: BridgedType[];
}

const TYPE_CODES: Record<BridgedType, number> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
};

/** The integers that stand for a value on the JavaScript side. */
const CARRIED_AS: Partial<Record<BridgedType, BridgedType[]>> = {
  f32: ['i32'],
  f64: ['i64'],
  v128: ['i64', 'i64'],
};

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;

/**
 * Builds a module that calls the function `"" "f"` of a signature and exports the call as `f`, with bits for values that
 * JavaScript cannot hold: an `f32` is an `i32`, an `f64` an `i64`, a `v128` two `i64`, the lower half first.
 */
export function buildCallBridge(signature: Signature): Uint8Array<ArrayBuffer> {
  const carried = {
    params: signature.params.flatMap(carriedAs),
    results: signature.results.flatMap(carriedAs),
  };
  const code: number[] = [];
  let local = 0;
  for (const type of signature.params) {
    code.push(...fromBits(type, local));
    local += carriedAs(type).length;
  }
  code.push(0x10, 0);
  const firstResult = local;
  for (const index of [...signature.results.keys()].toReversed()) code.push(LOCAL_SET, firstResult + index);
  for (const [index, type] of signature.results.entries()) code.push(...toBits(type, firstResult + index));
  const locals = vector(signature.results.map((type) => [1, TYPE_CODES[type]]));
  const body = sized([...locals, ...code, 0x0b]);
  return module([
    [1, vector([functionType(signature), functionType(carried)])],
    [2, vector([[0, ...name('f'), 0, 0]])],
    [3, vector([[1]])],
    [7, vector([[...name('f'), 0, 1]])],
    [10, vector([body])],
  ]);
}

/** Builds a module that exports, as `f`, a function that returns the bits of the global `"" "g"`. */
export function buildGlobalBridge(type: BridgedType, mutable: boolean): Uint8Array<ArrayBuffer> {
  const code = carriedAs(type).flatMap((_, half) => [0x23, 0, ...halfOf(type, half)]);
  return module([
    [1, vector([functionType({ params: [], results: carriedAs(type) })])],
    [2, vector([[0, ...name('g'), 3, TYPE_CODES[type], mutable ? 1 : 0]])],
    [3, vector([[0]])],
    [7, vector([[...name('f'), 0, 0]])],
    [10, vector([sized([0, ...code, 0x0b])])],
  ]);
}

function carriedAs(type: BridgedType): BridgedType[] {
  return CARRIED_AS[type] ?? [type];
}

function fromBits(type: BridgedType, local: number): number[] {
  const get = [LOCAL_GET, local];
  if (type === 'f32') return [...get, 0xbe];
  if (type === 'f64') return [...get, 0xbf];
  // i64x2.splat, then i64x2.replace_lane 1
  if (type === 'v128') return [...get, 0xfd, 0x12, LOCAL_GET, local + 1, 0xfd, 0x1e, 1];
  return get;
}

function toBits(type: BridgedType, local: number): number[] {
  return carriedAs(type).flatMap((_, half) => [LOCAL_GET, local, ...halfOf(type, half)]);
}

/** The instructions that turn a value into (a half of) its bits. */
function halfOf(type: BridgedType, half: number): number[] {
  if (type === 'f32') return [0xbc];
  if (type === 'f64') return [0xbd];
  return type === 'v128' ? [0xfd, 0x1d, half] : [];
}

function functionType({ params, results }: Signature): number[] {
  return [0x60, ...typeCodes(params), ...typeCodes(results)];
}

function typeCodes(types: BridgedType[]): number[] {
  return vector(types.map((type) => [TYPE_CODES[type]]));
}

function module(sections: [number, number[]][]): Uint8Array<ArrayBuffer> {
  const content = sections.flatMap(([id, bytes]) => [id, ...sized(bytes)]);
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...content]);
}

function vector(items: number[][]): number[] {
  return [...leb128(items.length), ...items.flat()];
}

function sized(bytes: number[]): number[] {
  return [...leb128(bytes.length), ...bytes];
}

function name(text: string): number[] {
  return sized([...text].map((char) => char.charCodeAt(0)));
}

function leb128(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb128(value >>> 7)];
}
