import type { Random } from '../support/random.js';
import { leb, readLeb } from './leb.js';
import { joinSections, splitSections } from './sections.js';

/** Counts and indices that overflow something, somewhere. */
const BOMBS = [
  0x7f, 0x80, 0xff, 0x100, 0x3fff, 0xffff, 0x1_0000, 100_000, 1_000_000, 0x7fff_ffff, 0x8000_0000,
  0xffff_ffff, 0x1_0000_0000,
];

type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

function spliced(bytes: Uint8Array, at: number, removed: number, added: ArrayLike<number>): Uint8Array {
  const rest = bytes.subarray(Math.min(bytes.length, at + removed));
  const result = new Uint8Array(at + added.length + rest.length);
  result.set(bytes.subarray(0, at));
  result.set(added, at);
  result.set(rest, at + added.length);
  return result;
}

/** Returns the offset of a mutation: behind the preamble, if there is one. */
function place(bytes: Uint8Array, random: Random): number {
  const first = bytes[0] === 0 && bytes[1] === 0x61 && !random.chance(0.01) ? Math.min(8, bytes.length) : 0;
  return first + random.below(bytes.length - first);
}

const flipBit: Mutation = (bytes, random) => {
  const result = bytes.slice();
  const at = place(bytes, random);
  result[at] = (result[at] as number) ^ (1 << random.below(8));
  return result;
};

const setByte: Mutation = (bytes, random) => {
  const result = bytes.slice();
  result[place(bytes, random)] = random.below(256);
  return result;
};

const nudgeByte: Mutation = (bytes, random) => {
  const result = bytes.slice();
  const at = place(bytes, random);
  result[at] = (result[at] as number) + (random.chance(0.5) ? 1 : -1);
  return result;
};

/** Puts another small number where there is one: an index, a count or a kind, so that the result is often well-formed. */
const otherIndex: Mutation = (bytes, random) => {
  const result = bytes.slice();
  for (let tries = 0; tries < 40; tries++) {
    const at = place(bytes, random);
    if ((result[at] as number) >= 24) continue;
    result[at] = random.below(random.pick([2, 6, 24]));
    break;
  }
  return result;
};

const insertBytes: Mutation = (bytes, random) =>
  spliced(
    bytes,
    place(bytes, random),
    0,
    random.many(1 + random.below(8), () => random.below(256)),
  );

const deleteBytes: Mutation = (bytes, random) =>
  spliced(bytes, place(bytes, random), 1 + random.below(8), []);

const truncate: Mutation = (bytes, random) => bytes.slice(0, random.below(bytes.length));

const copyWithin: Mutation = (bytes, random) => {
  const from = place(bytes, random);
  return spliced(bytes, place(bytes, random), 0, bytes.slice(from, from + 1 + random.below(64)));
};

const copyFromOther: Mutation = (bytes, random, other) => {
  const from = place(other, random);
  return spliced(bytes, place(bytes, random), 0, other.slice(from, from + 1 + random.below(64)));
};

/** Writes a huge number over an existing one. */
const bomb: Mutation = (bytes, random) => {
  const at = place(bytes, random);
  const { end } = readLeb(bytes, at);
  return spliced(bytes, at, Math.min(end - at, 10), leb(random.pick(BOMBS), random.chance(0.2) ? 2 : 0));
};

/** Changes the kind of a section, its place, its number, or its announced size. */
const rearrange: Mutation = (bytes, random, other) => {
  const { preamble, sections } = splitSections(bytes);
  if (sections.length === 0) return bytes;
  const at = random.below(sections.length);
  const [section] = sections.slice(at, at + 1);
  if (section === undefined) return bytes;
  switch (random.below(6)) {
    case 0:
      sections.splice(at, 1);
      break;
    case 1:
      sections.splice(random.below(sections.length), 0, section);
      break;
    case 2:
      sections.splice(random.below(sections.length), 0, ...sections.splice(at, 1));
      break;
    case 3:
      sections[at] = { ...section, id: random.below(14) };
      break;
    case 4:
      sections.splice(at, 0, ...splitSections(other).sections.slice(0, 1 + random.below(3)));
      break;
    default:
      return joinSections(preamble, sections, (each) =>
        leb(
          each === section ? section.bytes.length + random.below(5) - 2 + 1 : each.bytes.length,
          random.below(2),
        ),
      );
  }
  return joinSections(preamble, sections);
};

/** Wraps the component into a component, some times over. */
const nest: Mutation = (bytes, random) => {
  let whole = bytes;
  for (let depth = random.pick([1, 2, 10, 120]); depth > 0; depth--)
    whole = joinSections(bytes.slice(0, 8), [{ id: 4, bytes: whole }]);
  return whole;
};

/** Mutates inside one section, or one of a component nested in it, and keeps the sizes around it right. */
function within(mutation: Mutation): Mutation {
  const inside: Mutation = (bytes, random, other) => {
    const { preamble, sections } = splitSections(bytes);
    const at = random.below(sections.length);
    const section = sections[at];
    if (section === undefined || section.bytes.length === 0) return mutation(bytes, random, other);
    const nested = section.id === NESTED && section.bytes.length > 8 && random.chance(0.9);
    sections[at] = { ...section, bytes: (nested ? inside : mutation)(section.bytes, random, other) };
    return joinSections(preamble, sections);
  };
  return (bytes, random, other) => (random.chance(0.85) ? inside : mutation)(bytes, random, other);
}

const NESTED = 4;

const MUTATIONS: [Mutation, weight: number][] = [
  [within(otherIndex), 20],
  [within(flipBit), 4],
  [within(setByte), 3],
  [within(nudgeByte), 8],
  [within(insertBytes), 3],
  [within(deleteBytes), 3],
  [truncate, 1],
  [within(copyWithin), 2],
  [within(copyFromOther), 3],
  [within(bomb), 5],
  [rearrange, 4],
  [nest, 0.3],
];

const WEIGHT = MUTATIONS.reduce((sum, [, weight]) => sum + weight, 0);

/** Makes one to four changes to a component; `other` is where foreign bytes come from. */
export function mutate(bytes: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  let result = bytes;
  for (let left = random.pick([1, 1, 1, 2, 2, 4]); left > 0 && result.length > 8; left--) {
    let at = random.next() * WEIGHT;
    const [mutation] = MUTATIONS.find(([, weight]) => (at -= weight) < 0) ?? [flipBit];
    result = mutation(result, random, other);
  }
  return result;
}
