import { printable, type GuestFrame } from '@wasm-plugin/abi';
import type { SourcePlace } from './source-place.js';
import { stackFrames, type StackFrame } from './stack-frames.js';
import { TraceBudget } from './trace-budget.js';
import type { GuestPlace, TracedModule } from './traced-module.js';

/** The places of a trace in one module. */
class ModulePlaces {
  readonly #module: TracedModule;
  readonly #places = new Map<string, GuestPlace | undefined>();
  #names: ReadonlyMap<number, string> = new Map();
  #sources: ReadonlyMap<number, SourcePlace> = new Map();

  constructor(module: TracedModule) {
    this.#module = module;
  }

  /** In a recursion the same frame comes again and again: its place is looked for once. */
  add(frame: StackFrame, budget: TraceBudget): void {
    const key = keyOf(frame);
    if (!this.#places.has(key)) this.#places.set(key, this.#module.placeOf(frame, budget));
  }

  findNames(budget: TraceBudget): void {
    this.#names = this.#module.namesOf(new Set(this.#found().map(({ index }) => index)), budget);
  }

  findSources(budget: TraceBudget): void {
    const offsets = [...new Set(this.#found().map(({ offset }) => offset))];
    if (offsets.length > 0) this.#sources = this.#module.sourcesOf(offsets, budget);
  }

  frame(frame: StackFrame): { frame: GuestFrame; atStart: boolean } | undefined {
    const place = this.#places.get(keyOf(frame));
    if (place === undefined) return undefined;
    const { index, offset, atStart } = place;
    const { moduleIndex, name } = this.#module;
    const source = this.#sources.get(offset);
    const own = { function: safe(this.#names.get(index)), index, offset, module: safe(name), moduleIndex };
    return {
      frame: source === undefined ? own : { ...own, ...source, file: printable(source.file) },
      atStart,
    };
  }

  #found(): GuestPlace[] {
    return [...this.#places.values()].filter((place) => place !== undefined);
  }
}

/**
 * Finds the guest's functions in the stack trace of an error, innermost first: their places, then their names, then files and
 * lines, for all frames at once and as far as `steps` go. Does not throw.
 */
export function traceFrom(
  error: unknown,
  modules: ReadonlyMap<string, TracedModule | undefined>,
  { steps }: { steps: number },
): GuestFrame[] {
  const budget = new TraceBudget(steps);
  const frames = stackFrames(error);
  const places = new Map<string, ModulePlaces>();
  for (const frame of frames) {
    const module = modules.get(frame.tag);
    if (module === undefined) continue;
    let known = places.get(frame.tag);
    if (known === undefined) places.set(frame.tag, (known = new ModulePlaces(module)));
    attempt(() => known.add(frame, budget));
  }
  for (const each of places.values()) attempt(() => each.findNames(budget));
  for (const each of places.values()) attempt(() => each.findSources(budget));
  const trace: GuestFrame[] = [];
  for (const each of frames) {
    const found = places.get(each.tag)?.frame(each);
    if (found !== undefined && !isDoor(found, trace.at(-1))) trace.push(found.frame);
  }
  return trace;
}

/** Goes on if the name or debug sections are malformed, or the budget is spent: they tell nothing. */
function attempt(run: () => void): void {
  try {
    run();
  } catch {
    return;
  }
}

function keyOf({ index, offset }: StackFrame): string {
  return `${index}:${offset}`;
}

/** Returns true for a frame of the meter's entry function that called the function in the frame before it. */
function isDoor(
  { frame, atStart }: { frame: GuestFrame; atStart: boolean },
  inner: GuestFrame | undefined,
): boolean {
  return atStart && inner?.index === frame.index && inner.moduleIndex === frame.moduleIndex;
}

/** Names come from the guest: they must not do anything to a terminal or a log. */
function safe(name: string | undefined): string | undefined {
  return name === undefined ? undefined : printable(name);
}
