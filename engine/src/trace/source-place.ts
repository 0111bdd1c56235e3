/** A place in a source file. Lines and columns are counted from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}
