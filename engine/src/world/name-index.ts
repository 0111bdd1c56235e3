import { CompatibleNames, parseExternName, type ResolvedItems } from '../component/index.js';

/** Most versions of an interface that a message names. */
const MAX_NAMED = 5;

/** Finds imports or exports by name, where a compatible version of an interface stands in for another. */
export class NameIndex {
  readonly items: ResolvedItems;
  readonly #compatible = new CompatibleNames();
  /** Every name of each interface. */
  readonly #byPath = new Map<string, string[]>();

  constructor(items: ResolvedItems) {
    this.items = items;
    for (const name of items.keys()) this.#add(name);
  }

  /** Returns the name that stands in for `name`: the same, or else the newest compatible version. */
  find(name: string): string | undefined {
    return this.items.has(name) ? name : this.#compatible.find(name);
  }

  /** Returns names of the interface that `name` names, in any version. */
  versionsOf(name: string): string[] {
    const parsed = parseExternName(name);
    return parsed.kind === 'interface' ? (this.#byPath.get(parsed.path) ?? []).slice(0, MAX_NAMED) : [];
  }

  #add(name: string): void {
    const parsed = parseExternName(name);
    if (parsed.kind !== 'interface') return;
    this.#compatible.add(name);
    const names = this.#byPath.get(parsed.path);
    if (names === undefined) this.#byPath.set(parsed.path, [name]);
    else names.push(name);
  }
}
