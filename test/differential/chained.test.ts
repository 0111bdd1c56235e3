import { describe, expect, it } from 'vitest';
import { Random } from '../support/random.js';
import { chainedComponent } from './chained-component.js';
import { difference } from './difference.js';
import { echoComponent, type TextEncoding } from './echo-component.js';
import { echoFunctions } from './echo-functions.js';
import { camelCase } from './mapping.js';
import { RandomInterface } from './random-interface.js';
import { randomValue } from 'wasm-plugin/random';
import { ours, outcomeOf } from './subjects.js';

const ECHO = 'test:random/echo';
const ENCODINGS: TextEncoding[] = ['utf8', 'utf16', 'compact-utf16'];
const PAIRS = ENCODINGS.flatMap((first) => ENCODINGS.map((second) => [first, second] as const));
const ROUNDS = 12;

describe('values between two components', () => {
  it.each(PAIRS)('arrive as they were sent: %s and %s', async (first, second) => {
    const seed = PAIRS.findIndex((pair) => pair[0] === first && pair[1] === second);
    const wit = new RandomInterface(new Random(seed)).text(12);
    const inner = await echoComponent(wit, first);
    const bytes = chainedComponent(inner, await echoComponent(wit, second));
    const functions = echoFunctions(inner, ECHO);
    const received = new Map<string, unknown[]>();
    const running = await ours(bytes, (subject) => ({
      [ECHO]: Object.fromEntries(
        functions.map(({ name, type }) => [
          camelCase(name),
          (...args: unknown[]) => {
            received.set(subject, args);
            if (args.length > 1 || type.result?.kind !== 'result') return args.length > 1 ? args : args[0];
            const { tag, val } = args[0] as { tag: string; val: unknown };
            if (tag === 'ok') return val;
            throw Object.assign(new Error('declared'), { payload: val });
          },
        ]),
      ),
    }));
    const random = new Random(seed + 1);
    for (const { name, type } of functions) {
      for (let round = 0; round < ROUNDS; round++) {
        const args = type.params.map((param) => randomValue(param.type, random));
        for (const { name: subject, exports } of running) {
          const outcome = outcomeOf(() => exports[ECHO]?.[camelCase(name)]?.(...args));
          const wanted = wantedOf(type.result?.kind === 'result' && args.length === 1, args);
          expect(difference(args, received.get(subject)), `${name}, ${subject}, received`).toBe(undefined);
          expect(difference(wanted, outcome), `${name}, ${subject}`).toBe(undefined);
        }
      }
    }
  });
});

function wantedOf(isResult: boolean, args: unknown[]): unknown {
  if (!isResult) return { returned: args.length > 1 ? args : args[0] };
  const { tag, val } = args[0] as { tag: string; val: unknown };
  return tag === 'ok' ? { returned: val } : { thrown: 'payload', payload: val };
}
