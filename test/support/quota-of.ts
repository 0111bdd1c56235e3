import { QuotaError } from '@wasm-plugin/abi';

/** Runs something that must hit a limit, and gives the error that says which. */
export function quotaOf(run: () => unknown): QuotaError {
  try {
    run();
  } catch (error) {
    if (error instanceof QuotaError) return error;
    throw error;
  }
  throw new Error('no quota was hit');
}
