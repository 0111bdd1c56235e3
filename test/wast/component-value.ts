/** A component value of a script, as written. Floats are bits. */
export type ComponentValue =
  | { kind: 'bool'; value: boolean }
  | { kind: 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32'; value: number }
  | { kind: 's64' | 'u64'; value: bigint }
  | { kind: 'f32' | 'f64'; bits: bigint }
  | { kind: 'f32' | 'f64'; nan: 'canonical' | 'arithmetic' }
  | { kind: 'char' | 'str'; value: string }
  | { kind: 'list' | 'tuple'; items: ComponentValue[] }
  | { kind: 'record'; fields: { name: string; value: ComponentValue }[] }
  | { kind: 'variant'; name: string; payload: ComponentValue | undefined }
  | { kind: 'enum'; name: string }
  | { kind: 'option'; some: ComponentValue | undefined }
  | { kind: 'result'; tag: 'ok' | 'err'; payload: ComponentValue | undefined }
  | { kind: 'flags'; names: string[] };
