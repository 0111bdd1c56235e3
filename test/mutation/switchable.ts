import type { Mutant } from './mutant.js';

/** A mutant and the number that switches it on. */
export interface Numbered {
  readonly number: number;
  readonly mutant: Mutant;
}

interface Insertion {
  at: number;
  text: string;
}

/**
 * Writes mutants into the text of their file, each behind a switch: `(mutant(7) ? (a <= b) : (a < b))`. So one build has all of
 * them, and works like the file as long as none is on.
 * @param from the module that `mutant` is imported from
 */
export function switchable(
  text: string,
  { mutants, from }: { mutants: readonly Numbered[]; from: string },
): string {
  const starts: Insertion[] = [];
  const ends: Insertion[] = [];
  // The outer ones first, so that at one place they open first and close last.
  const inOrder = mutants.toSorted((a, b) => a.mutant.start - b.mutant.start || b.mutant.end - a.mutant.end);
  for (const { number, mutant } of inOrder) {
    const { start, end } = mutant;
    if (mutant.place === 'body') starts.push({ at: start + 1, text: ` if (mutant(${number})) return;` });
    else if (mutant.place === 'statement') {
      // In braces, or an `else` behind it would belong to the switch.
      starts.push({ at: start, text: `{ if (!mutant(${number})) ` });
      ends.unshift({ at: end, text: ' }' });
    } else {
      starts.push({ at: start, text: `(mutant(${number}) ? (${mutant.after}) : (` });
      ends.unshift({ at: end, text: '))' });
    }
  }
  // An edit that ends at a place comes before one that starts there; `toSorted` keeps the order of equals.
  const insertions = [...ends, ...starts].toSorted((a, b) => a.at - b.at);
  let written = '';
  let at = 0;
  for (const insertion of insertions) {
    written += text.slice(at, insertion.at) + insertion.text;
    at = insertion.at;
  }
  return `import { mutant } from '${from}';\n${written}${text.slice(at)}`;
}
