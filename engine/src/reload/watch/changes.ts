/** The content of a watched path, as `readContent` gives it. */
type Content = ReadonlyMap<string, string>;

/** The first rest, in milliseconds; each further one is twice as long. */
const FIRST_REST_MS = 5000;
const MOST_REST_MS = 60_000;
/** So many changes in a row may have come while the one before was taken: somebody who types while a slow build runs. */
const FREE_ECHOES = 3;

/** The known content of a watched path, and the outcome of its changes. */
export class Changes {
  #known: Map<string, string>;
  #last: readonly string[] = [];
  /** Number of changes of the same files in a row that made no difference. */
  #fruitless = 0;
  /** Files that were written while the last change was taken. */
  #written: ReadonlySet<string> = new Set();
  /** Number of changes in a row that were written while the one before was taken. */
  #echoes = 0;

  constructor(content: Content | undefined) {
    this.#known = new Map(content);
  }

  /** The files that are not as they are known: new, changed or gone. */
  since(content: Content): string[] {
    const names = new Set([...this.#known.keys(), ...content.keys()]);
    return [...names].filter((name) => this.#known.get(name) !== content.get(name));
  }

  /**
   * Returns the milliseconds after the last change during which these files rest: more than 0 if they have repeatedly made no
   * difference, or if a build seems to write files that start it again. No change is ever lost.
   */
  restOf(files: readonly string[]): number {
    const times = isSame(files, this.#last) ? this.#fruitless : 0;
    const echoes = this.#isEcho(files) ? this.#echoes - FREE_ECHOES + 1 : 0;
    const most = Math.max(times, echoes);
    return most <= 0 ? 0 : Math.min(MOST_REST_MS, FIRST_REST_MS * 2 ** (most - 1));
  }

  /** Knows these files as they are now: the change of them is about to be taken. */
  take(files: readonly string[], content: Content): void {
    this.#echoes = this.#isEcho(files) ? this.#echoes + 1 : 0;
    if (!isSame(files, this.#last)) this.#fruitless = 0;
    this.#last = files;
    for (const name of files) {
      const text = content.get(name);
      if (text === undefined) this.#known.delete(name);
      else this.#known.set(name, text);
    }
  }

  /** Notes the files that were written while the change was built. */
  wrote(content: Content): void {
    this.#written = new Set(this.since(content));
  }

  /** Notes the result of the change that was taken last. */
  taken(madeDifference: boolean): void {
    this.#fruitless = madeDifference ? 0 : this.#fruitless + 1;
  }

  #isEcho(files: readonly string[]): boolean {
    return files.length > 0 && files.every((name) => this.#written.has(name));
  }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name, index) => name === others[index]);
}
