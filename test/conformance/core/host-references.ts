/** The host values that a script knows by number, e.g. `(ref.extern 1)`: objects, so that V8 makes no i31 of them. */
export class HostReferences {
  readonly #values = new Map<number, object>();

  valueOf(number: number): object {
    let value = this.#values.get(number);
    if (value === undefined) this.#values.set(number, (value = { number }));
    return value;
  }
}
