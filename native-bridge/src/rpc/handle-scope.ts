/**
 * The handles that one message passes. They are settled when it is known what became of the message: it was used (`commit`), or it
 * was not (`undo`). `end` is the end of its call, when what was lent comes back.
 */
export class HandleScope {
  readonly #commits: (() => void)[] = [];
  readonly #undos: (() => void)[] = [];
  readonly #ends: (() => void)[] = [];

  /** Adds a handle. */
  add({ commit, undo, end }: { commit?: () => void; undo?: () => void; end?: () => void }): void {
    if (commit !== undefined) this.#commits.push(commit);
    if (undo !== undefined) this.#undos.push(undo);
    if (end !== undefined) this.#ends.push(end);
  }

  /** Notes that the message was used. Only once, and not after `undo`. */
  commit(): void {
    for (const commit of this.#commits.splice(0)) commit();
    this.#undos.length = 0;
  }

  /** Takes back what the message passed: nobody has used it. */
  undo(): void {
    for (const undo of this.#undos.splice(0)) undo();
    this.#commits.length = 0;
  }

  /** Ends what was lent. */
  end(): void {
    for (const end of this.#ends.splice(0)) end();
  }
}
