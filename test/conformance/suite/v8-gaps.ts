import type { CachedWatEncoder, ModuleSource } from '../../wast/index.js';

/** A feature of WebAssembly that not every V8 has. */
interface V8Feature {
  name: string;
  /** A module that needs nothing else. Where V8 accepts it, the feature is no excuse. */
  probe: string;
  /** Found in the text of modules that need the feature. */
  uses: RegExp;
  /** Found in V8's refusal of such a module: the only clue where there is no text. */
  says?: RegExp;
}

/** Those that others build on come last: the first that fits is named. */
const FEATURES: V8Feature[] = [
  {
    name: 'proposal: wide arithmetic',
    probe: `(module (func (param i64 i64) (result i64 i64)
      (i64.mul_wide_u (local.get 0) (local.get 1))))`,
    uses: /i64\.(?:add128|sub128|mul_wide)/,
    says: /numeric opcode: 0xfc1[3-6]/,
  },
  {
    name: 'proposal: custom page sizes',
    probe: '(module (memory 1 (pagesize 1)))',
    uses: /\(pagesize/,
    says: /invalid memory limits flags 0x[89a-f]/,
  },
  {
    name: 'proposal: custom descriptors',
    probe: '(module (rec (type $a (descriptor $b) (struct)) (type $b (describes $a) (struct))))',
    uses: /\((?:descriptor|describes|exact)\b|_desc\b/,
    says: /custom-descriptors|type code 0x4[cd]|type form: 7[67]|stringview|import kind 0x20|heap type 0x62|types for br_on_cast/,
  },
  {
    name: 'relaxed SIMD',
    probe: `(module (func (param v128) (result v128)
      (i8x16.relaxed_swizzle (local.get 0) (local.get 0))))`,
    uses: /\.relaxed_/,
  },
  { name: 'tail calls', probe: '(module (func $f (return_call $f)))', uses: /\breturn_call/ },
  {
    name: 'exnref',
    probe: '(module (func (result exnref) (ref.null exn)))',
    uses: /\bexnref\b|\btry_table\b|\bthrow_ref\b|\bexn\b/,
  },
  {
    name: '64-bit memories and tables',
    probe: '(module (memory i64 1) (table i64 1 funcref))',
    uses: /\((?:memory|table)\b[^()]*(?:\([^()]*\)[^()]*)*\bi64\b/,
    says: /memory64/,
  },
  {
    name: 'multiple memories',
    probe: '(module (memory 1) (memory 1))',
    uses: /\(memory\b[^]*\(memory\b/,
    says: /memory count of \d+ exceeds|multiple memories/,
  },
  {
    name: 'GC',
    probe: '(module (type (struct)))',
    uses: /\((?:struct|array|rec|sub)\b|\b(?:any|eq|i31|struct|array|none|nofunc|noextern|noexn)\b|\b(?:any|eq|i31|struct|array|null\w*)ref\b/,
    says: /enable with --experimental-wasm-gc|non-imported globals cannot be used/,
  },
  {
    name: 'typed function references',
    probe: '(module (type $t (func)) (func (param (ref null $t))))',
    uses: /\(ref\b|call_ref\b|\bbr_on_(?:non_)?null\b|\bref\.as_non_null\b/,
  },
  {
    name: 'table initializers',
    probe: '(module (table 1 funcref (ref.null func)))',
    uses: /\(table\b/,
    says: /invalid value type 0x40/,
  },
  {
    name: 'extended constants',
    probe: '(module (global i32 (i32.add (i32.const 1) (i32.const 1))))',
    uses: /\((?:global|data|elem|offset)\b[^]*?i(?:32|64)\.(?:add|sub|mul)/,
    says: /constant expression|extended.const/,
  },
];

/** V8 may refuse modules beyond limits that the specification leaves to implementations. */
const IMPLEMENTATION_LIMIT = /implementation limit|internal limit/;

/** Knows which features this V8 does not have. */
export class V8Gaps {
  readonly #missing: readonly V8Feature[];

  constructor(missing: readonly V8Feature[]) {
    this.#missing = missing;
  }

  /** Names the gap that V8 refuses a valid module for, `undefined` where there is none. */
  reasonFor(source: ModuleSource, refusal: string): string | undefined {
    const text = source.text ?? '';
    const feature =
      this.#missing.find(({ uses }) => uses.test(text)) ??
      this.#missing.find(({ says }) => says?.test(refusal));
    if (feature !== undefined) return `not in this V8: ${feature.name}`;
    return IMPLEMENTATION_LIMIT.test(refusal) ? 'beyond a limit of this V8' : undefined;
  }
}

/** Tries every feature out. */
export async function probeV8(encoder: CachedWatEncoder): Promise<V8Gaps> {
  const probes = await encoder.encode(FEATURES.map((feature) => feature.probe));
  const missing = FEATURES.filter((feature, index) => {
    const probe = probes[index];
    if (probe === undefined || !('bytes' in probe))
      throw new Error(`the probe of ${feature.name} is no module`);
    return !WebAssembly.validate(probe.bytes as Uint8Array<ArrayBuffer>);
  });
  return new V8Gaps(missing);
}
