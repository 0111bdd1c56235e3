import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../support/random.js';
import { difference } from './difference.js';
import { echoFunctions } from './echo-functions.js';
import { hostTokens } from './host-tokens.js';
import { camelCase } from './mapping.js';
import { randomValue } from 'wasm-plugin/random';
import { outcomeOf, subjects, type Subject } from './subjects.js';

const VALUES = readFileSync(new URL('../../plugins-rust/build/values.wasm', import.meta.url));
const ECHO = 'wasm-plugin:values/echo@0.1.0';
const FUNCTIONS = echoFunctions(VALUES, ECHO);
const ROUNDS = 60;

/** Echoes by the host that jco's glue breaks, and why. */
const WIDE = 'jco takes all 64 bits of a joined i64 for a pointer; Rust leaves the upper half undefined';
const JCO_CANNOT: Record<string, string> = { 'echo-shape': WIDE, 'result-err': WIDE };

/** Last arguments of the host's functions, by subject. */
const received = new Map<string, unknown[]>();

/** The host's half of `echo`: returns its argument; a `result` is returned or thrown. */
function hostEcho(subject: string): Record<string, unknown> {
  return Object.fromEntries(
    FUNCTIONS.map(({ name, type }) => [
      camelCase(name),
      (...args: unknown[]) => {
        received.set(subject, args);
        if (name === 'sixteen' || name === 'seventeen') return args.map(String);
        if (name === 'many') return args;
        if (type.result?.kind !== 'result') return args[0];
        const { tag, val } = args[0] as { tag: string; val: unknown };
        if (tag === 'ok') return val;
        throw Object.assign(new Error('declared'), { payload: val });
      },
    ]),
  );
}

describe('values in both directions, against jco', () => {
  let running: Subject[];

  beforeAll(async () => {
    running = await subjects(VALUES, (name) => ({
      'wasm-plugin:values/echo': hostEcho(name),
      'wasm-plugin:values/tokens': hostTokens(),
    }));
  });

  for (const source of ['guest', 'host'] as const) {
    describe(`echoed by the ${source}`, () => {
      it.each(FUNCTIONS.map((each) => [each.name, each] as const))('%s', (name, { type }) => {
        const random = new Random(name.length * 1000 + name.charCodeAt(name.length - 1));
        for (const { exports } of running) exports['control']?.['setSource']?.(source);
        const asked = source === 'host' && JCO_CANNOT[name] !== undefined ? running.slice(0, 2) : running;
        for (let round = 0; round < ROUNDS; round++) {
          const args = type.params.map((param) => randomValue(param.type, random));
          received.clear();
          const outcomes = asked.map(({ exports }) =>
            outcomeOf(() => exports[ECHO]?.[camelCase(name)]?.(...args)),
          );
          const [generated, composed, jco] = outcomes;
          expect(difference(generated, composed), 'generated against composed').toBe(undefined);
          if (jco !== undefined) expect(difference(generated, jco), 'generated against jco').toBe(undefined);
          if (source === 'guest') continue;
          const [first, ...others] = asked.map((subject) => received.get(subject.name));
          for (const other of others) expect(difference(first, other), 'what the host got').toBe(undefined);
        }
      });
    });
  }

  it('names each echo that jco is not asked for', () => {
    for (const [name, reason] of Object.entries(JCO_CANNOT)) {
      console.log(`not compared with jco, echoed by the host: ${name}: ${reason}`);
      expect(FUNCTIONS.map((each) => each.name)).toContain(name);
    }
    expect(Object.keys(JCO_CANNOT)).toHaveLength(2);
  });
});
