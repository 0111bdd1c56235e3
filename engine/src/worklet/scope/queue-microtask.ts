/** `queueMicrotask`, which an audio worklet has not. */
export function queueMicrotask(work: () => void): void {
  void Promise.resolve().then(work);
}
