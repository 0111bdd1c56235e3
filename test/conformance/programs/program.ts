/** A program of the suite, built as a component that exports `wasi:cli/run`. */
export interface Program {
  /** Also the first argument that it is given. */
  name: string;
  /** Returns what its component depends on: versions of tools, sources. */
  key(): string;
  /** Returns what is missing to build or to run it, if anything is. */
  missing(): string | undefined;
  /** Writes the component to a file; `folder` is its own, and empty. */
  build(file: string, folder: string): void;
}
