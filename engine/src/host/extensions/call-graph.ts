import { PluginError } from '@wasm-plugin/abi';

/** The calls between plugins that are on their way: who waits for whom. Refuses one that would wait for itself. */
export class CallGraph {
  readonly #waits = new Map<string, Map<string, number>>();

  /**
   * Makes a call of one plugin to another, and notes it until its result is there.
   * @throws {PluginError} WP_DEPENDENCY, naming the plugins, if the other one waits for the first
   */
  call<Result>(from: string, to: string, work: () => Result): Result {
    this.#refuseCycle(from, to);
    this.#add(from, to, 1);
    let result: Result;
    try {
      result = work();
    } catch (error) {
      this.#add(from, to, -1);
      throw error;
    }
    if (!(result instanceof Promise)) {
      this.#add(from, to, -1);
      return result;
    }
    return result.finally(() => this.#add(from, to, -1)) as Result;
  }

  #add(from: string, to: string, count: number): void {
    let waits = this.#waits.get(from);
    if (waits === undefined) this.#waits.set(from, (waits = new Map()));
    const left = (waits.get(to) ?? 0) + count;
    if (left > 0) waits.set(to, left);
    else waits.delete(to);
    if (waits.size === 0) this.#waits.delete(from);
  }

  #refuseCycle(from: string, to: string): void {
    const path = this.#pathFrom(to, from);
    if (path === undefined) return;
    const cycle = [from, ...path].join(' → ');
    throw new PluginError(
      'WP_DEPENDENCY',
      `Cannot call "${to}" from "${from}": it waits for itself: ${cycle}`,
      {
        plugin: from,
      },
    );
  }

  /** Returns the way from a plugin over those that it waits for to another one, both in it. */
  #pathFrom(start: string, end: string): string[] | undefined {
    const before = new Map<string, string | undefined>([[start, undefined]]);
    for (const name of before.keys()) {
      if (name === end) {
        const path: string[] = [];
        for (let at: string | undefined = name; at !== undefined; at = before.get(at)) path.unshift(at);
        return path;
      }
      for (const next of this.#waits.get(name)?.keys() ?? []) if (!before.has(next)) before.set(next, name);
    }
    return undefined;
  }
}
