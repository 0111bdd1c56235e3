/** Setup of a kernel. */
export interface Setup {
  sampleRateHz: number;
  maxFrames: number;
  channels: number;
}

/** A kernel ready to process, in any form. */
export interface Subject {
  /** One buffer a channel, for the caller to write. */
  inputs: readonly Float32Array[];
  /** One buffer a channel, for the caller to read. */
  outputs: readonly Float32Array[];
  /** Processes one block. */
  process(frames: number): void;
  /** Processes blocks in one call, if the kernel can: this measures the kernel without the boundary. */
  processBlocks?(frames: number, blocks: number): void;
}
