/** A function of a profile; `wasm://…` is the address of a guest's. */
interface CallFrame {
  readonly functionName: string;
  readonly url: string;
}

/** A place in the tree of calls. */
export interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
}

/** A profile in the form of V8: a `.cpuprofile` holds it as JSON. Times are in microseconds of the monotonic clock. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly startTime: number;
  readonly endTime: number;
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

/** Blocks that ran while a profile was taken. */
export interface BlockProfile {
  readonly cpuProfile: CpuProfile;
  /** Start of each block, in microseconds of the clock of the profile. */
  readonly startsUs: readonly number[];
  readonly durationsUs: readonly number[];
  /** The time that a block sounds. */
  readonly budgetUs: number;
}
