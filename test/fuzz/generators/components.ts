import { attempt, BACKENDS, type Backend } from '../attempt.js';
import { gatherCorpus } from '../corpus.js';
import type { Generator as FuzzGenerator } from '../generator.js';
import { mutate } from '../mutate.js';
import { joinSections, splitSections } from '../sections.js';

interface Case {
  bytes: Uint8Array;
  backend: Backend;
}

let corpus: Promise<Uint8Array[]> | undefined;

/** Mutated components: each ends in an instance or a typed error. */
export const generator: FuzzGenerator<Case> = {
  name: 'components',
  testRuns: 2000,
  async make(random) {
    const components = await (corpus ??= gatherCorpus());
    const bytes = mutate(random.pick(components), random, random.pick(components));
    return { bytes, backend: random.pick(BACKENDS) };
  },
  check: ({ bytes, backend }) => attempt(bytes, backend),
  *shrink({ bytes, backend }) {
    for (const smaller of smallerBytes(bytes)) yield { bytes: smaller, backend };
  },
  show: ({ bytes }) => bytes,
};

/** Returns the component without one of its sections, or cut off. */
function* smallerBytes(bytes: Uint8Array): Generator<Uint8Array, void> {
  try {
    const { preamble, sections } = splitSections(bytes);
    for (let at = sections.length - 1; at >= 0; at--)
      yield joinSections(preamble, [...sections.slice(0, at), ...sections.slice(at + 1)]);
  } catch {
    // Not even sections: only cutting is left.
  }
  for (let size = bytes.length >> 1; size > 0; size >>= 1) yield bytes.subarray(0, bytes.length - size);
}
