import type { Generator } from '../generator.js';

const ENDINGS = ['ran', 'wrong', 'ends', 'hangs', 'grows'] as const;

let held: unknown[] = [];

/** A generator for the tests of the harness, whose cases end in each way that a case can. */
export const generator: Generator<{ ending: string; size: number }> = {
  name: 'faulty',
  make: (random) => ({ ending: random.pick(ENDINGS), size: 64 }),
  check({ ending, size }) {
    if (ending === 'wrong' && size >= 10) throw new Error('ten is too many');
    if (ending === 'ends') process.exit(7);
    if (ending === 'hangs') for (;;) size++;
    if (ending === 'grows') for (;;) held = [held, Array.from({ length: 1000 }, () => ({}))];
    return 'ran';
  },
  *shrink({ ending, size }) {
    yield { ending, size: size >> 1 };
    yield { ending, size: size - 1 };
  },
  show: ({ ending, size }) => `${ending} ${size}`,
};
