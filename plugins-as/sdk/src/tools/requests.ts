/** What wasm-tools is asked to do. */
export type ToolRequest =
  | {
      kind: 'encode';
      /** The text of a WIT package. */
      wit: string;
      /** Needed where the package has several. */
      world: string | undefined;
      /** Whose gated items are taken. @default none */
      features?: readonly string[] | 'all';
    }
  | {
      kind: 'componentize';
      /** A core module, whose strings are UTF-16. */
      module: Uint8Array;
      wit: string;
      world: string;
    };

/** What came of it: bytes, what is wrong with the input, or what wasm-tools panicked with. */
export type ToolAnswer = { kind: 'done'; bytes: Uint8Array } | { kind: 'refused' | 'panic'; reason: string };
