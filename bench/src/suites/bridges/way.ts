/** One way to reach a plugin that copies a block of 128 samples, and that has a function which does nothing. */
export interface Way {
  readonly name: string;
  /** Opens it, once for a run. Returns why it cannot run on this machine, if it cannot. */
  open(): Promise<OpenWay | string>;
}

/** A plugin that can be reached. Its functions return once the answer is here, or give a promise of that. */
export interface OpenWay {
  /** Carries 512 bytes there and 512 back. `input` and `output` are where they are before and after. */
  block: (() => unknown) | undefined;
  /** Calls the function that does nothing. @default it is not measured */
  call?: () => unknown;
  /** Carries `BATCH` blocks there and back. @default it is not measured */
  batch?: () => unknown;
  /** Samples before and after `block`: the suite checks that they cross. */
  readonly input: Float32Array | undefined;
  readonly output: Float32Array | undefined;
  close(): unknown;
}

/** Samples of a block: 512 bytes. */
export const FRAMES = 128;

/** Blocks of a batch. */
export const BATCH = 16;
