/** A place in a source file. Lines and columns are counted from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** Finds the source of an instruction by its byte offset in the module; `undefined` where nothing is known of it. */
export type FindSource = (offset: number) => SourcePlace | undefined;
