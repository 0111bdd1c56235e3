/**
 * A value type, packed storage type, or abstract heap type: the byte the specification encodes it as, or a reference to
 * a heap type that is spelled out.
 */
export type ValueType = number | TypedReference;

/** `(ref null? heap)` in its long form. */
export interface TypedReference {
  readonly nullable: boolean;
  /** A type index, or a negative number for an abstract heap type (its encoding as s33). */
  readonly heap: number;
}

/** A field of a struct, or the element of an array. */
export interface FieldType {
  readonly storage: ValueType;
  readonly mutable: boolean;
}

export interface FunctionType {
  readonly kind: 'func';
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export type CompositeType =
  | FunctionType
  | { readonly kind: 'struct'; readonly fields: readonly FieldType[] }
  | { readonly kind: 'array'; readonly element: FieldType };

/** One type of a recursion group. */
export interface SubType {
  /** The form of its encoding: `plain` is the short form of a final type without supertypes. */
  readonly form: 'plain' | 'final' | 'open';
  readonly supertypes: readonly number[];
  readonly composite: CompositeType;
}

/** Types that may refer to each other. `explicit` tells a group of one from a type on its own. */
export interface RecursionGroup {
  readonly explicit: boolean;
  readonly types: readonly SubType[];
}

/** The size limits of a memory (in pages) or table (in elements). */
export interface SizeLimits {
  readonly minimum: bigint;
  readonly maximum: bigint | undefined;
  readonly shared: boolean;
  /** True if it is indexed by i64. */
  readonly wide: boolean;
}

export interface TableType {
  readonly reference: ValueType;
  readonly limits: SizeLimits;
}

export interface GlobalType {
  readonly value: ValueType;
  readonly mutable: boolean;
}

/** A constant expression: its bytes, with the closing `end`. */
export type ConstantExpression = Uint8Array;

export type ImportedItem =
  | { readonly kind: 'func'; readonly type: number }
  | { readonly kind: 'table'; readonly table: TableType }
  | { readonly kind: 'memory'; readonly limits: SizeLimits }
  | { readonly kind: 'global'; readonly global: GlobalType }
  | { readonly kind: 'tag'; readonly type: number };

export interface Import {
  readonly module: string;
  readonly name: string;
  readonly item: ImportedItem;
}

export interface Table extends TableType {
  /** The initial value of every element; absent for null. */
  readonly initial: ConstantExpression | undefined;
}

export interface Global extends GlobalType {
  readonly initial: ConstantExpression;
}

export const EXPORT_KINDS = ['func', 'table', 'memory', 'global', 'tag'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

export interface Export {
  readonly name: string;
  readonly kind: ExportKind;
  readonly index: number;
}

/** An element segment. `flags` is its encoding, which says which of the rest is there. */
export interface ElementSegment {
  readonly flags: number;
  readonly table: number | undefined;
  readonly offset: ConstantExpression | undefined;
  readonly reference: ValueType | undefined;
  readonly functions: readonly number[] | undefined;
  readonly expressions: readonly ConstantExpression[] | undefined;
}

/** The data segments as they are encoded, one behind the other. */
export interface DataSegments {
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** The function bodies: body `i` is `bytes[ranges[2i]..ranges[2i + 1])`, from its locals to its `end`. */
export interface Code {
  readonly bytes: Uint8Array;
  readonly ranges: Uint32Array;
}

export interface CustomSection {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The id of the last section before it that is not custom; 0 for none. */
  readonly after: number;
}

/** A core module. Index spaces hold the imports first, as in the specification. */
export interface CoreModule {
  readonly types: readonly RecursionGroup[];
  readonly imports: readonly Import[];
  /** Type indices of the defined functions. */
  readonly functions: readonly number[];
  readonly tables: readonly Table[];
  readonly memories: readonly SizeLimits[];
  /** Type indices of the defined tags. */
  readonly tags: readonly number[];
  readonly globals: readonly Global[];
  readonly exports: readonly Export[];
  readonly start: number | undefined;
  readonly elements: readonly ElementSegment[];
  readonly dataCount: number | undefined;
  readonly code: Code;
  readonly data: DataSegments;
  readonly customs: readonly CustomSection[];
}
