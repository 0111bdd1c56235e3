import { shuffled, type Random } from './random.js';

/** One of the things that a row compares. */
export interface Contender {
  name: string;
  /** Runs once and gives nanoseconds a call. */
  sample(): number | Promise<number>;
}

/** The samples of each contender by its name; those of one index belong to one round. */
export type Samples = Map<string, number[]>;

/**
 * Lets every contender run once a round, in random order. Samples of one round are neighbours in time, so a disturbance that
 * lasts longer than a round affects all of them alike; see `pairedRatio`.
 */
export async function runRounds(
  contenders: readonly Contender[],
  options: { rounds: number; random: Random },
): Promise<Samples> {
  const samples: Samples = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < options.rounds; round++) {
    for (const contender of shuffled(contenders, options.random)) {
      const sample = contender.sample();
      // Awaiting a number would let other work in between two samples.
      samples.get(contender.name)?.push(typeof sample === 'number' ? sample : await sample);
    }
  }
  return samples;
}

/** Length of the warm-up, in rounds. */
export interface WarmUp {
  /** Not less than this. */
  least: number;
  /** Not more than this. */
  most: number;
}

/** Rounds without a new best time after which a contender is taken to have reached its last tier. */
const SETTLED_AFTER = 40;
const NEW_BEST = 0.98;

/** Runs rounds until no contender gets faster any more: until the tiers of the JavaScript engine are climbed. */
export async function warmUp(
  contenders: readonly Contender[],
  options: WarmUp & { random: Random },
): Promise<void> {
  const best = new Map<string, number>();
  let settled = 0;
  for (let round = 0; round < options.most; round++) {
    settled++;
    for (const [name, [sample = 0]] of await runRounds(contenders, { rounds: 1, random: options.random })) {
      if (sample >= (best.get(name) ?? Infinity) * NEW_BEST) continue;
      best.set(name, sample);
      settled = 0;
    }
    if (round >= options.least && settled >= SETTLED_AFTER) return;
  }
}
