/** A WIT world as the binding generator sees it: every name resolved, every type a value to walk. */
export interface WitWorld {
  /** Doc comments, if the world was read from text: by interface, `interface#item` and `interface#type.member`. */
  docs?: ReadonlyMap<string, string>;
  /** Without its package. */
  name: string;
  imports: WitInterface[];
  exports: WitInterface[];
  /** Functions and types that the world imports by themselves. The interface's name is `$root`. */
  rootImports: WitInterface;
  /** Functions that the world exports by themselves. */
  rootExports: WitInterface;
}

/** An interface at its place in a world: imported or exported. */
export interface WitInterface {
  /** As in the binary, e.g. `wasm-plugin:abi/log@0.1.0`. */
  name: string;
  /** The types it defines, in order. Those it uses from elsewhere belong there. */
  types: WitTypeDefinition[];
  functions: WitFunction[];
}

/** A function, also of a resource: `[method]token.label`, `[static]…`, `[constructor]…`. */
export interface WitFunction {
  name: string;
  params: WitNamed[];
  result: WitType | undefined;
}

export interface WitNamed {
  name: string;
  type: WitType;
}

export interface WitCase {
  name: string;
  type: WitType | undefined;
}

export type WitPrimitive =
  'bool' | 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32' | 's64' | 'u64' | 'f32' | 'f64' | 'char' | 'string';

/** A type with a name. Two of them are the same type only if they are the same object. */
export type WitTypeDefinition = WitResource | WitStructure;

export interface WitResource {
  kind: 'resource';
  name: string;
  owner: WitInterface;
}

export type WitStructure = { name: string; owner: WitInterface } & (
  | { kind: 'record'; fields: WitNamed[] }
  | { kind: 'variant'; cases: WitCase[] }
  | { kind: 'enum'; names: string[] }
  | { kind: 'flags'; names: string[] }
);

export type WitType =
  | { [K in WitPrimitive]: { kind: K } }[WitPrimitive]
  | { kind: 'list'; element: WitType }
  | { kind: 'map'; key: WitType; value: WitType }
  | { kind: 'tuple'; elements: WitType[] }
  | { kind: 'option'; some: WitType }
  | { kind: 'result'; ok: WitType | undefined; err: WitType | undefined }
  | { kind: 'own' | 'borrow'; resource: WitResource }
  | WitStructure;
