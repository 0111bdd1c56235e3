import { memberPath } from './describe-value.js';
import { Findings } from './findings.js';
import { OutOfSteps, StepBudget } from './step-budget.js';
import { violation, type Violation } from './violation.js';

const DEEPEST = 64;
/** More than the longest manifest has. */
const MOST_NODES = 1_000_000;

/**
 * Copies a value that claims to be JSON: plain objects, arrays, text, finite numbers, booleans and null. Members that are
 * `undefined` are left out.
 * @returns the copy, or the first 100 parts that are no JSON or deeper than 64 levels; one problem if it has more than a
 * million nodes, where a shared node counts at each place
 */
export function copyJson(value: unknown): { value: unknown; problems: Violation[] } {
  const budget = new StepBudget(MOST_NODES);
  const found = new Findings(budget);
  let copied: unknown;
  try {
    const problems = found.collect(() => {
      copied = copy(value, { path: '$', depth: 0, budget, found });
    });
    return { value: copied, problems };
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    return { value: undefined, problems: [violation('$', undefined, 'steps', `${error.message} to copy`)] };
  }
}

interface Place {
  path: string;
  depth: number;
  budget: StepBudget;
  found: Findings;
}

function copy(value: unknown, place: Place): unknown {
  place.budget.spend();
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) {
    return value;
  }
  const refuse = (message: string): undefined => {
    place.found.add(violation(place.path, value, 'json', message));
    return undefined;
  };
  if (typeof value !== 'object') return refuse('is nothing that JSON can hold');
  if (place.depth >= DEEPEST) return refuse(`is nested deeper than ${DEEPEST} levels`);
  const inside = (key: string | number): Place => ({
    ...place,
    path: memberPath(place.path, key),
    depth: place.depth + 1,
  });
  if (Array.isArray(value)) return value.map((item, index) => copy(item, inside(index)));
  if (!isPlain(value)) return refuse('is not a plain object');
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, copy(item, inside(key))]));
}

/** Also for objects of another realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
