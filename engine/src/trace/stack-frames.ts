/** A frame of WebAssembly code in a stack trace. */
export interface StackFrame {
  /** The engine's name for the module. */
  readonly tag: string;
  /** Index of the function. */
  readonly index: number;
  /** Byte offset in the module. */
  readonly offset: number;
}

/** Most frames that are read. V8 keeps 10 unless the host asks for more. */
const MOST_FRAMES = 32;

/** As V8 writes it: `at f (wasm://wasm/NAME-0123abcd:wasm-function[12]:0x4d2)`. */
const FRAME = /wasm:\/\/wasm\/([^/\s]*)-[0-9a-f]{8}:wasm-function\[(\d+)\]:0x([0-9a-f]+)\)?$/;

/** Finds the frames of WebAssembly code in a stack trace of V8, innermost first. Other engines do not name the module. */
export function stackFrames(error: unknown): StackFrame[] {
  const stack = error instanceof Error ? error.stack : undefined;
  // A host may have put something else in its place.
  if (typeof stack !== 'string') return [];
  const frames: StackFrame[] = [];
  for (const line of stack.split('\n')) {
    const match = FRAME.exec(line);
    if (match === null) continue;
    frames.push({
      tag: match[1] as string,
      index: Number(match[2]),
      offset: Number.parseInt(match[3] as string, 16),
    });
    if (frames.length === MOST_FRAMES) break;
  }
  return frames;
}
