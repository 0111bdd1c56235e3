/** The frame of a DSP kernel in AssemblyScript. `kernel.ts` is one of the files beside this one; the same effects in C are above. */
import * as realtime from './realtime';

export { realtime };
