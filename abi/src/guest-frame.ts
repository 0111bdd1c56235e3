/** A function of a guest that was running when a call ended, innermost first in a trace. */
export interface GuestFrame {
  /** Its name, from the name section of its module; `undefined` if that tells none. */
  readonly function: string | undefined;
  /** Its index in its module. */
  readonly index: number;
  /** Byte offset of the instruction in the module as it was loaded, not in the rewritten one. */
  readonly offset: number;
  /** The name of its core module. */
  readonly module: string | undefined;
  /** Index of the core module in the component, from 0. */
  readonly moduleIndex: number;
  /** The source file, if the module carries DWARF or a source map. */
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Counted from 1. */
  readonly column?: number;
}

/** Most frames that a message names. */
const MOST_NAMED = 3;

/**
 * Describes a trace for the end of a message: `in "f" (lib.rs:12), called by "g"`. Empty for an empty trace. Of a recursive
 * function, only the innermost frame is named.
 */
export function describeTrace(trace: readonly GuestFrame[]): string {
  const distinct = trace.filter(
    ({ index, moduleIndex }, at) =>
      index !== trace[at - 1]?.index || moduleIndex !== trace[at - 1]?.moduleIndex,
  );
  const named = distinct.slice(0, MOST_NAMED).map(describeFrame);
  return named.length === 0 ? '' : `in ${named.join(', called by ')}`;
}

function describeFrame({ function: name, index, file, line }: GuestFrame): string {
  const what = name === undefined ? `function ${index}` : `"${name}"`;
  return file === undefined ? what : `${what} (${file}${line === undefined ? '' : `:${line}`})`;
}
