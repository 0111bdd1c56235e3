import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../support/random.js';
import { difference } from './difference.js';
import { echoComponent, type TextEncoding } from './echo-component.js';
import { echoFunctions, type EchoFunction } from './echo-functions.js';
import { camelCase } from './mapping.js';
import { RandomInterface } from './random-interface.js';
import { sparse } from './sparse-value.js';
import { randomValue } from 'wasm-plugin/random';
import { ours, outcomeOf, subjects, type Subject } from './subjects.js';

const ECHO = 'test:random/echo';
const FUNCTIONS = 40;
const ROUNDS = 20;

interface Case {
  seed: number;
  encoding: TextEncoding;
  /** jco cannot run strings in `latin1+utf16`. */
  jco: boolean;
  /** Set to `js` if names have the form of JavaScript, and optional parts of an argument are absent. */
  names?: 'js';
}

const CASES: Case[] = [
  { seed: 1, encoding: 'utf8', jco: true },
  { seed: 2, encoding: 'utf8', jco: true },
  { seed: 3, encoding: 'utf16', jco: true },
  { seed: 4, encoding: 'utf16', jco: true },
  { seed: 5, encoding: 'compact-utf16', jco: false },
  { seed: 6, encoding: 'compact-utf16', jco: false },
  // jco reads fields and flags that are left out from `Object.prototype`.
  { seed: 7, encoding: 'utf8', jco: false, names: 'js' },
  { seed: 8, encoding: 'utf16', jco: false, names: 'js' },
];

let calls = 0;
afterAll(() => console.log(`random types: ${calls} calls compared`));

describe.each(CASES)('random types, seed $seed, $encoding', ({ seed, encoding, jco, names }) => {
  const received = new Map<string, unknown[]>();
  let functions: EchoFunction[] = [];
  let running: Subject[] = [];

  beforeAll(async () => {
    const bytes = await echoComponent(new RandomInterface(new Random(seed), names).text(FUNCTIONS), encoding);
    functions = echoFunctions(bytes, ECHO);
    running = await (jco ? subjects : ours)(bytes, (name) => ({ [ECHO]: hostEcho(name) }));
  });

  function hostEcho(subject: string): Record<string, unknown> {
    return Object.fromEntries(
      functions.map(({ name, type }) => [
        camelCase(name),
        (...args: unknown[]) => {
          received.set(subject, args);
          if (args.length > 1) return args;
          if (type.result?.kind !== 'result') return args[0];
          const { tag, val } = args[0] as { tag: string; val: unknown };
          if (tag === 'ok') return val;
          throw Object.assign(new Error('declared'), { payload: val });
        },
      ]),
    );
  }

  it('gives the host what the caller gave, and the caller what the host gave', () => {
    const random = new Random(seed * 7919);
    for (const { name, type } of functions) {
      for (let round = 0; round < ROUNDS; round++) {
        const args = type.params.map((param) => randomValue(param.type, random));
        const given =
          names === undefined
            ? args
            : type.params.map((param, index) => sparse(param.type, structuredClone(args[index])));
        received.clear();
        const outcomes = running.map(({ exports }) =>
          outcomeOf(() => exports[ECHO]?.[camelCase(name)]?.(...given)),
        );
        calls += outcomes.length;
        for (const [index, subject] of running.entries()) {
          const where = `${name} round ${round}: ${running[0]?.name} against ${subject.name}`;
          expect(difference(args, received.get(subject.name)), `${where}, received`).toBe(undefined);
          expect(difference(outcomes[0], outcomes[index]), where).toBe(undefined);
        }
        if (args.length > 1) expect(difference({ returned: args }, outcomes[0]), name).toBe(undefined);
      }
    }
  });
});
