import { ModuleError } from '@wasm-plugin/abi';

/**
 * V8 compiles a function when it is first called, within that call, and its baseline compiler looks at every local wherever
 * branches meet: some 75 ns for each pair of the two were measured, and 0.06 ns for each pair of a local and a byte. These
 * bounds let a function take about half a second. The largest that were seen in real programs have 300,000 and 25,000,000.
 */
const MAX_MERGED_LOCALS = 1 << 23;
const MAX_LOCAL_BYTES = 2 ** 33;

/** The size of a function, in the measures that its compilation time depends on. */
export interface FunctionSize {
  readonly locals: number;
  readonly bytes: number;
  /** Labels, and branches to them. */
  readonly merges: number;
}

/**
 * Refuses a function that takes the engine so long to compile that no deadline could end the call.
 * @param offset where it starts
 * @throws {ModuleError} WP_MODULE_LIMIT
 */
export function refuseSlow({ locals, bytes, merges }: FunctionSize, offset: number): void {
  if (locals * merges <= MAX_MERGED_LOCALS && locals * bytes <= MAX_LOCAL_BYTES) return;
  const size = `${locals} locals, ${merges} labels and branches and ${bytes} bytes`;
  throw new ModuleError('WP_MODULE_LIMIT', `a function with ${size} would take too long to compile`, {
    offset,
    section: 'code',
  });
}
