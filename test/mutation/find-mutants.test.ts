import { describe, expect, it } from 'vitest';
import { findMutants } from './find-mutants.js';
import { sample } from './sample.js';
import { switchable } from './switchable.js';

const changes = (text: string): string[] =>
  findMutants('a.ts', text).map(({ before, after }) => `${before} → ${after}`);

describe('findMutants()', () => {
  it.each([
    ['let a = b < c;', ['b < c → b <= c']],
    ['let a = b ?? c;', ['b ?? c → (b) && (c)']],
    ['let a = !b;', ['!b → b']],
    ['let a = Math.min(b, c);', ['Math.min(b, c) → Math.max(b, c)']],
    ['let a = b ? c : d;', ['b → true', 'b → false']],
    ['a += 1;', ['a += 1; → ', 'a += 1 → a -= 1']],
    ['while (a) b();', ['a → false', 'b(); → ']],
    ['throw a;', ['throw a; → ']],
    ['for (;a < b; a++);', ['a < b → a <= b']],
    ['function f() { a(); b(); }', ['{ a(); b(); } → {}', 'a(); → ', 'b(); → ']],
  ])('changes %s', (text, expected) => {
    expect(changes(text)).toEqual(expected);
  });

  it.each([
    ['types', 'type A = true; const a = b as true;'],
    ['texts that are put together', "const a = 'b' + c;"],
    ['a constructor, and the call of the one above it', 'class A extends B { constructor() { super(); } }'],
    ['a directive', "'use strict';"],
  ])('leaves %s alone', (_, text) => {
    expect(changes(text)).toEqual([]);
  });

  it('says where a change is', () => {
    expect(findMutants('a.ts', 'let a;\nlet b = a > 1;')).toEqual([
      {
        file: 'a.ts',
        line: 2,
        start: 15,
        end: 20,
        before: 'a > 1',
        after: 'a >= 1',
        place: 'expression',
      },
    ]);
  });
});

describe('switchable()', () => {
  const SOURCE = `
    export function f(a, b) {
      if (a < b && !b) a += 1;
      else if (a === 3) throw new Error('three');
      return a > 1 ? a - b : Math.max(a, b);
    }
    export function g(log) { log.push(1); log.push(2); }`;

  interface Made {
    f(a: number, b: number): number;
    g(log: number[]): void;
  }

  /** Returns the results of the functions. */
  function outcomes({ f, g }: Made): string {
    const log: number[] = [];
    g(log);
    const values = [0, 1, 2, 3].flatMap((a) =>
      [0, 1, 3].map((b) => {
        try {
          return f(a, b);
        } catch {
          return 'thrown';
        }
      }),
    );
    return JSON.stringify({ log, values });
  }

  const load = async (text: string): Promise<unknown> =>
    await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`);

  it('changes nothing while no mutant is on, and something with almost each', async () => {
    const mutants = findMutants('a.ts', SOURCE).map((mutant, number) => ({ mutant, number }));
    const text = switchable(SOURCE, { mutants, from: 'x' }).replace(/^import.*\n/, '');
    const { set, ...switched } = (await load(
      `let on = -1; const mutant = (number) => number === on; export const set = (number) => (on = number);${text}`,
    )) as Made & { set(number: number): void };
    const plain = outcomes((await load(SOURCE)) as Made);
    expect(outcomes(switched)).toBe(plain);
    const unchanged = mutants.filter(({ number }) => {
      set(number);
      return outcomes(switched) === plain;
    });
    expect(mutants).toHaveLength(20);
    expect(unchanged.length).toBeLessThan(4);
  });
});

describe('sample()', () => {
  it('chooses the same by the same seed, also after the file has grown above', () => {
    const text = Array.from({ length: 40 }, (_, at) => `a${at} = b < ${at};`).join('\n');
    const chosen = (text: string, seed: number): string[] =>
      sample(findMutants('a.ts', text), { count: 10, seed }).map(({ before }) => before);
    expect(chosen(text, 1)).toHaveLength(10);
    expect(chosen(`let more;\n${text}`, 1)).toEqual(chosen(text, 1));
    expect(chosen(text, 2)).not.toEqual(chosen(text, 1));
  });
});
