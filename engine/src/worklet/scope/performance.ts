let last = 0;

/** `performance`, which an audio worklet has not: by the clock of the machine, in whole milliseconds, never backwards. */
export const performance = {
  timeOrigin: 0,
  now(): number {
    last = Math.max(last, Date.now());
    return last;
  },
};
