/**
 * A decoded component: the content of the binary, section by section, in order, with byte offsets and nothing resolved. Names
 * are those of the component model's `Binary.md`. Users of the definitions build the index spaces.
 */

/** The index spaces of a component; those of core items are prefixed. */
export type Sort =
  | 'core-func'
  | 'core-table'
  | 'core-memory'
  | 'core-global'
  | 'core-tag'
  | 'core-type'
  | 'core-module'
  | 'core-instance'
  | 'func'
  | 'value'
  | 'type'
  | 'component'
  | 'instance';

/** An item of an index space. */
export interface SortIndex {
  sort: Sort;
  index: number;
}

/** A component, top level or nested. Offsets are from the start of the whole file. */
export interface Component {
  /** Offset of the first byte of the preamble. */
  start: number;
  /** Offset behind the last byte. */
  end: number;
  definitions: Definition[];
}

export type Definition =
  | CoreModuleDefinition
  | CoreInstanceDefinition
  | CoreTypeDefinition
  | ComponentDefinition
  | InstanceDefinition
  | AliasDefinition
  | TypeDefinition
  | CanonDefinition
  | StartDefinition
  | ValueDefinition
  | ImportDefinition
  | ExportDefinition
  | CustomDefinition;

interface At {
  /** Byte offset from the start of the file. */
  at: number;
}

export interface CoreModuleDefinition extends At {
  kind: 'core-module';
  /** The module's bytes: a view of the file, which starts at `at`. */
  bytes: Uint8Array;
}

export interface CoreInstanceDefinition extends At {
  kind: 'core-instance';
  expression:
    | { kind: 'instantiate'; module: number; args: { name: string; instance: number }[] }
    | { kind: 'exports'; exports: NamedIndex[] };
}

/** A name bound to an item. */
export interface NamedIndex extends SortIndex, ExternName {}

export interface CoreTypeDefinition extends At {
  kind: 'core-type';
  type: CoreType;
}

export interface ComponentDefinition extends At {
  kind: 'component';
  component: Component;
}

export interface InstanceDefinition extends At {
  kind: 'instance';
  expression:
    | { kind: 'instantiate'; component: number; args: NamedIndex[] }
    | { kind: 'exports'; exports: NamedIndex[] };
}

export interface AliasDefinition extends At {
  kind: 'alias';
  sort: Sort;
  target:
    | { kind: 'export'; instance: number; name: string }
    | { kind: 'core-export'; instance: number; name: string }
    | { kind: 'outer'; count: number; index: number };
}

export interface TypeDefinition extends At {
  kind: 'type';
  type: Type;
}

export interface CanonDefinition extends At {
  kind: 'canon';
  canon: Canon;
}

export type Canon =
  | { kind: 'lift'; coreFunc: number; options: CanonOption[]; type: number }
  | { kind: 'lower'; func: number; options: CanonOption[] }
  | { kind: 'resource.new'; resource: number }
  | { kind: 'resource.drop'; resource: number }
  | { kind: 'resource.rep'; resource: number }
  | { kind: 'context.get' | 'context.set' }
  | AsyncCanon;

/** The end of a stream or a future that a built-in takes. */
type CopyKind = 'stream' | 'future';

/** A built-in for concurrency. */
export type AsyncCanon =
  | {
      kind:
        | 'backpressure.inc'
        | 'backpressure.dec'
        | 'task.cancel'
        | 'subtask.drop'
        | 'waitable-set.new'
        | 'waitable-set.drop'
        | 'waitable.join'
        | 'thread.yield';
    }
  | { kind: 'task.return'; result?: ValType; options: CanonOption[] }
  | { kind: 'subtask.cancel'; async: boolean }
  | { kind: 'waitable-set.wait' | 'waitable-set.poll'; memory: number }
  | { kind: `${CopyKind}.${'new' | 'drop-readable' | 'drop-writable'}`; type: number }
  | { kind: `${CopyKind}.${'read' | 'write'}`; type: number; options: CanonOption[] }
  | { kind: `${CopyKind}.${'cancel-read' | 'cancel-write'}`; type: number; async: boolean };

export type CanonOption =
  | { kind: 'utf8' | 'utf16' | 'latin1+utf16' }
  | { kind: 'memory'; memory: number }
  | { kind: 'realloc'; func: number }
  | { kind: 'post-return'; func: number }
  | { kind: 'async' }
  | { kind: 'callback'; func: number };

export interface StartDefinition extends At {
  kind: 'start';
  func: number;
  args: number[];
  results: number;
}

export interface ValueDefinition extends At {
  kind: 'value';
  type: ValType;
  bytes: Uint8Array;
}

/** An import or export name as written, e.g. `a:b/c@1.0.0` or `[method]r.m`, with its attributes. */
export interface ExternName {
  name: string;
  /** The interface that an instance with a plain name implements, e.g. `a:b/c`. */
  implements?: string;
  /** An identifier for readers of the component from outside. No part of its type. */
  externalId?: string;
}

export interface ImportDefinition extends At, ExternName {
  kind: 'import';
  desc: ExternDesc;
}

export interface ExportDefinition extends At, ExternName {
  kind: 'export';
  item: SortIndex;
  /** The type ascribed to the export, if any. */
  desc?: ExternDesc;
}

export interface CustomDefinition extends At {
  kind: 'custom';
  name: string;
  bytes: Uint8Array;
}

/** A value type: a primitive by name, or an index into the type index space. */
export type ValType = PrimitiveType | number;

export type PrimitiveType =
  'bool' | 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32' | 's64' | 'u64' | 'f32' | 'f64' | 'char' | 'string';

export type Type = DefinedType | FuncType | ComponentType | InstanceType | ResourceType;

export type DefinedType =
  | { kind: 'primitive'; type: PrimitiveType }
  | { kind: 'record'; fields: NamedType[] }
  | { kind: 'variant'; cases: { name: string; type?: ValType }[] }
  | { kind: 'list'; element: ValType; length?: number }
  | { kind: 'map'; key: ValType; value: ValType }
  | { kind: 'tuple'; elements: ValType[] }
  | { kind: 'flags'; names: string[] }
  | { kind: 'enum'; names: string[] }
  | { kind: 'option'; some: ValType }
  | { kind: 'result'; ok?: ValType; err?: ValType }
  | { kind: 'stream' | 'future'; element?: ValType }
  | { kind: 'own'; resource: number }
  | { kind: 'borrow'; resource: number };

export interface NamedType {
  name: string;
  type: ValType;
}

export interface FuncType {
  kind: 'func';
  /** True if a call may wait. */
  async?: true;
  params: NamedType[];
  result?: ValType;
}

export interface ComponentType {
  kind: 'component';
  declarations: Declaration[];
}

export interface InstanceType {
  kind: 'instance';
  declarations: Declaration[];
}

export interface ResourceType {
  kind: 'resource';
  /** Core function index of the destructor. */
  destructor?: number;
}

export type Declaration =
  CoreTypeDefinition | TypeDefinition | AliasDefinition | ImportDeclaration | ExportDeclaration;

export interface ImportDeclaration extends At, ExternName {
  kind: 'import-declaration';
  desc: ExternDesc;
}

export interface ExportDeclaration extends At, ExternName {
  kind: 'export-declaration';
  desc: ExternDesc;
}

export type ExternDesc =
  | { kind: 'core-module'; type: number }
  | { kind: 'func'; type: number }
  | { kind: 'value'; type: ValType }
  | { kind: 'value-eq'; value: number }
  | { kind: 'type-eq'; type: number }
  | { kind: 'type-sub-resource' }
  | { kind: 'component'; type: number }
  | { kind: 'instance'; type: number };

/** A core type, as it stands in a core type section or in a core module type. */
export type CoreType = CoreModuleType | CoreFuncType | CoreOtherType;

export interface CoreModuleType {
  kind: 'module';
  declarations: CoreModuleDeclaration[];
}

/** A core function type; value types as the specification writes them, e.g. `i32`, `(ref null func)`. */
export interface CoreFuncType {
  kind: 'func';
  params: string[];
  results: string[];
}

/** A core type of the GC proposal: known to be there, not looked into. */
export interface CoreOtherType {
  kind: 'struct' | 'array';
}

export type CoreModuleDeclaration =
  | { kind: 'type'; type: CoreType }
  | { kind: 'alias'; count: number; index: number }
  | { kind: 'import'; module: string; name: string; type: CoreExternType }
  | { kind: 'export'; name: string; type: CoreExternType };

/** The type of something a core module imports or exports. */
export type CoreExternType =
  | { kind: 'func'; type: number }
  | { kind: 'table'; element: string; shared: boolean; minimum: bigint; maximum?: bigint; index64: boolean }
  | { kind: 'memory'; minimum: bigint; maximum?: bigint; shared: boolean; index64: boolean }
  | { kind: 'global'; type: string; mutable: boolean }
  | { kind: 'tag'; type: number };
