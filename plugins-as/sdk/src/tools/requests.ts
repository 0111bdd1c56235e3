/** Requests to wasm-tools. */
export type ToolRequest =
  | {
      kind: 'encode';
      /** The text of a WIT package. */
      wit: string;
      /** Needed if the package has several. */
      world: string | undefined;
      /** Features whose gated items are included. @default none */
      features?: readonly string[] | 'all';
    }
  | {
      kind: 'componentize';
      /** A core module, whose strings are UTF-16. */
      module: Uint8Array;
      wit: string;
      world: string;
    };

/** Result of a request: bytes, the fault of the input, or the message of a panic. */
export type ToolAnswer = { kind: 'done'; bytes: Uint8Array } | { kind: 'refused' | 'panic'; reason: string };
