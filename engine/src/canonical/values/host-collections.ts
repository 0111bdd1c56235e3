import { mismatch } from './mismatch.js';

/** Takes the host's value for a record. */
export function objectFrom(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw mismatch();
  return value as Record<string, unknown>;
}

/** Takes the host's value for a tuple. */
export function elementsFrom(value: unknown, length: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length !== length) throw mismatch();
  return value;
}

/** Most items taken from an iterable that is no array: it may have no end. */
const MOST_ITERATED = 2 ** 24;

/** Takes the host's value for a list; an iterable that is not an array is copied first. */
export function arrayFrom(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) throw mismatch();
  const items: unknown[] = [];
  for (const item of value as Iterable<unknown>) {
    if (items.push(item) > MOST_ITERATED) throw mismatch();
  }
  return items;
}
