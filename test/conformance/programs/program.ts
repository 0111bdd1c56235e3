/** A program of the suite, built as a component that exports `wasi:cli/run`. */
export interface Program {
  /** Also the first argument that it is given. */
  name: string;
  /** Returns the inputs of its component: versions of tools, sources. */
  key(): string;
  /** Returns the missing tool to build or to run it, if any. */
  missing(): string | undefined;
  /** Writes the component to a file; `folder` is its own, and empty. */
  build(file: string, folder: string): void;
}
