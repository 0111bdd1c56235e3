/**
 * The engine under the component scripts. The runner knows nothing else of it, so that another engine can run the same scripts.
 */
export interface ComponentTarget {
  name: string;
  /** Decodes and validates a component.  */
  compile(bytes: Uint8Array): Promise<unknown>;
  instantiate(compiled: unknown, imports: Record<string, unknown>): Promise<unknown>;
  /** Calls an export with values of the JavaScript mapping. */
  invoke(instance: unknown, name: string, args: unknown[]): Promise<unknown>;
  /** Classifies an error. */
  classify(error: unknown): TargetError;
}

/** Meaning of a target's error; `message` is the target's own. */
export type TargetError =
  /** The component is malformed or invalid. */
  | { kind: 'refused'; message: string }
  /** The component needs a feature that the target does not have. */
  | { kind: 'unsupported'; feature: string; message: string }
  /** V8 refuses a core module: it is invalid, or needs a feature that this V8 lacks. */
  | { kind: 'not-compiled'; message: string }
  | { kind: 'trap'; message: string }
  /** An export returned the error case of its `result`. */
  | { kind: 'guest'; payload: unknown; message: string }
  | { kind: 'other'; message: string };
