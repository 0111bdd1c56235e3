import { readFileSync } from 'node:fs';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { echoFunctions } from '../differential/echo-functions.js';
import { hostTokens } from '../differential/host-tokens.js';
import { camelCase } from '../differential/mapping.js';
import { randomValue } from 'wasm-plugin/random';
import { outcomeOf } from '../differential/subjects.js';
import type { Exports } from '../differential/transpile.js';
import { Random } from '../support/random.js';

const ECHO = 'wasm-plugin:values/echo@0.1.0';
const LANGUAGES = ['plugins-as', 'plugins-rust'] as const;
const FUNCTIONS = echoFunctions(bytesOf('plugins-as'), ECHO);

function bytesOf(language: (typeof LANGUAGES)[number]): Uint8Array {
  return readFileSync(new URL(`../../${language}/build/values.wasm`, import.meta.url));
}

/** Calls of each kind until the memory has its size, and after that: `LEAK_CALLS=1000000` for the long form. */
const WARM = 1000;
const CALLS = Number(process.env['LEAK_CALLS'] ?? 4000);

async function started(
  language: (typeof LANGUAGES)[number],
): Promise<{ instance: Instance; exports: Exports }> {
  const echo = Object.fromEntries(
    FUNCTIONS.map(({ name, type }) => [
      camelCase(name),
      (...args: unknown[]) => {
        if (name === 'sixteen' || name === 'seventeen') return args.map(String);
        if (name === 'many') return args;
        if (type.result?.kind !== 'result') return args[0];
        const { tag, val } = args[0] as { tag: string; val: unknown };
        if (tag === 'ok') return val;
        throw Object.assign(new Error('declared'), { payload: val });
      },
    ]),
  );
  const imports = { 'wasm-plugin:values/echo': echo, 'wasm-plugin:values/tokens': hostTokens([]) };
  const instance = (await createEngine({ imports }).load(bytesOf(language))).instantiate();
  return { instance, exports: instance.exports as Exports };
}

/** Calls until the memory has its size, then calls on: it keeps that size. */
function keepsItsSize(instance: Instance, call: (index: number) => void): void {
  for (let index = 0; index < WARM; index++) call(index);
  const { memoryBytes, handles } = instance.usage();
  for (let index = 0; index < CALLS; index++) call(index);
  expect(instance.usage()).toMatchObject({ memoryBytes, handles });
}

describe.each(LANGUAGES)('a guest of %s is as large after many calls as after a thousand', (language) => {
  describe.each(['guest', 'host'])('values echoed by the %s', (source) => {
    it.each(FUNCTIONS.map((each) => [each.name, each.type] as const))(
      '%s',
      { timeout: 600_000 },
      async (name, type) => {
        const { instance, exports } = await started(language);
        exports['control']?.['setSource']?.(source);
        const random = new Random(7);
        const args = random.many(50, () => type.params.map((param) => randomValue(param.type, random)));
        keepsItsSize(instance, (index) => {
          outcomeOf(() => exports[ECHO]?.[camelCase(name)]?.(...args[index % args.length]!));
        });
      },
    );
  });

  it('resources of the guest', { timeout: 600_000 }, async () => {
    const { instance, exports } = await started(language);
    const { Item, pass, reverse, find } = exports['items'] as unknown as {
      Item: new (label: string) => Disposable & { label(): string };
      pass(x: Disposable): Disposable;
      reverse(x: Disposable[]): Disposable[];
      find(label: string): Disposable;
    };
    keepsItsSize(instance, (index) => {
      const item = new Item(`item ${index}`);
      for (const each of reverse([pass(item), new Item(item.label === undefined ? '' : 'x')]))
        each[Symbol.dispose]();
      find('x')[Symbol.dispose]();
      outcomeOf(() => find(''));
    });
  });

  it('resources of the host', { timeout: 600_000 }, async () => {
    const { instance, exports } = await started(language);
    const calls = exports['tokenCalls'] as unknown as Record<string, (...args: unknown[]) => unknown>;
    keepsItsSize(instance, (index) => {
      const [a, b] = [calls['make']!(`a${index}`), calls['make']!('b')];
      calls['same']!(a, b);
      calls['keep']!(calls['join']!(a, b));
      calls['discard']!(calls['make']!('gone'));
      outcomeOf(() => calls['find']!(''));
    });
  });
});
