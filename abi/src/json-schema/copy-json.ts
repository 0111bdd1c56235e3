import { memberPath } from './describe-value.js';
import { violation, type Violation } from './violation.js';

const DEEPEST = 64;

/**
 * Copies a value that claims to be JSON: plain objects, arrays, text, finite numbers, booleans and null. Members that are
 * `undefined` are left out.
 * @returns the copy, or what in it is no JSON or deeper than 64 levels
 */
export function copyJson(value: unknown): { value: unknown; problems: Violation[] } {
  const problems: Violation[] = [];
  return { value: copy(value, { path: '$', depth: 0, problems }), problems };
}

interface Place {
  path: string;
  depth: number;
  problems: Violation[];
}

function copy(value: unknown, place: Place): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) {
    return value;
  }
  const refuse = (message: string): undefined => {
    place.problems.push(violation(place.path, value, 'json', message));
    return undefined;
  };
  if (typeof value !== 'object') return refuse('is nothing that JSON can hold');
  if (place.depth >= DEEPEST) return refuse(`is nested deeper than ${DEEPEST} levels`);
  const inside = (key: string | number): Place => ({
    path: memberPath(place.path, key),
    depth: place.depth + 1,
    problems: place.problems,
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
