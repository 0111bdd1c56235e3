/**
 * A call of `wasi:filesystem` as words: `['open', '0', 'follow', 'a/b', 'cx', 'rw']`. The first word names it, the second is the
 * number of a descriptor; 0 is the granted folder. `test/guests/programs/calls` reads the same, with tabs between the words.
 */
export type Call = readonly string[];

/** Writes calls as the guest reads them. */
export function encodeCalls(calls: readonly Call[]): string {
  return calls.map((call) => `${call.join('\t')}\n`).join('');
}
