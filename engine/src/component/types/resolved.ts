import type { CoreExternType, CoreFuncType, PrimitiveType } from '../model.js';
import type { Layout } from '../layout/index.js';

/**
 * The types of a component with every index resolved. Nodes are shared and never change; two nodes may be equal types and yet
 * not the same object, since importing or exporting a type gives it a new name, and names decide visibility from outside.
 */
export type ResolvedType =
  ResolvedValue | ResolvedFunc | ResolvedInstance | ResolvedComponent | ResolvedResource;

/** The size and depth of a type, so that no walk over it takes longer than expected. */
export interface Extent {
  /** Nodes of the type when written out as a tree. */
  readonly size: number;
  /** Levels of nesting. */
  readonly depth: number;
}

/** The identity of a resource type: two are the same type only if they are the same object. */
export interface Resource {
  /** The name under which it was first imported, exported or defined, for messages. */
  label: string;
}

export interface ResolvedResource {
  readonly kind: 'resource';
  readonly resource: Resource;
  readonly extent: Extent;
}

/** A value type. */
export type ResolvedValue = {
  readonly extent: Extent;
  /** In a memory with addresses of 64 bits, where it is largest. */
  readonly layout: Layout;
} & (
  | { readonly kind: 'primitive'; readonly type: PrimitiveType }
  | { readonly kind: 'record'; readonly fields: readonly ResolvedField[] }
  | { readonly kind: 'variant'; readonly cases: readonly ResolvedCase[] }
  | { readonly kind: 'list'; readonly element: ResolvedValue }
  | { readonly kind: 'map'; readonly key: ResolvedValue; readonly value: ResolvedValue }
  | { readonly kind: 'tuple'; readonly elements: readonly ResolvedValue[] }
  | { readonly kind: 'flags' | 'enum'; readonly names: readonly string[] }
  | { readonly kind: 'option'; readonly some: ResolvedValue }
  | {
      readonly kind: 'result';
      readonly ok: ResolvedValue | undefined;
      readonly err: ResolvedValue | undefined;
    }
  | { readonly kind: 'stream' | 'future'; readonly element: ResolvedValue | undefined }
  | { readonly kind: 'own' | 'borrow'; readonly resource: ResolvedResource }
);

export interface ResolvedField {
  readonly name: string;
  readonly type: ResolvedValue;
}

export interface ResolvedCase {
  readonly name: string;
  readonly type: ResolvedValue | undefined;
}

export interface ResolvedFunc {
  readonly kind: 'func';
  /** True if a call may wait. */
  readonly async?: true;
  readonly params: readonly ResolvedField[];
  readonly result: ResolvedValue | undefined;
  readonly extent: Extent;
}

/** Imports or exports, by name. */
export type ResolvedItems = ReadonlyMap<string, ResolvedExtern>;

export interface ResolvedInstance {
  readonly kind: 'instance';
  readonly exports: ResolvedItems;
  /** Resources that each instance of this type has its own of. Empty for the type of an actual instance. */
  readonly bound: ReadonlySet<Resource>;
  readonly extent: Extent;
}

export interface ResolvedComponent {
  readonly kind: 'component';
  readonly imports: ResolvedItems;
  readonly exports: ResolvedItems;
  /** Resources that its instantiation must provide. */
  readonly imported: ReadonlySet<Resource>;
  /** Resources that each instance has its own of. */
  readonly bound: ReadonlySet<Resource>;
  readonly extent: Extent;
}

/** The type of something imported or exported. */
export type ResolvedExtern =
  | { readonly kind: 'core-module'; readonly type: ResolvedCoreModule }
  | { readonly kind: 'func'; readonly type: ResolvedFunc }
  | { readonly kind: 'instance'; readonly type: ResolvedInstance }
  | { readonly kind: 'component'; readonly type: ResolvedComponent }
  | {
      readonly kind: 'type';
      /** The type under its new name. */
      readonly type: ResolvedType;
      /** The type that was given a new name; the same object if a resource is introduced. */
      readonly of: ResolvedType;
    };

export interface ResolvedCoreModule {
  readonly kind: 'core-module';
  /** By module name, then by name. */
  readonly imports: ReadonlyMap<string, ReadonlyMap<string, ResolvedCoreItem>>;
  readonly exports: ReadonlyMap<string, ResolvedCoreItem>;
  readonly extent: Extent;
}

/** The type of something a core module imports or exports. */
export type ResolvedCoreItem =
  | { readonly kind: 'func' | 'tag'; readonly type: CoreFuncType }
  | Extract<CoreExternType, { kind: 'table' | 'memory' | 'global' }>;
