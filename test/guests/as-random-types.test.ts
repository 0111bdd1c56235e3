import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPlugin } from '@wasm-plugin/as';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { difference } from '../differential/difference.js';
import { echoFunctions } from '../differential/echo-functions.js';
import { camelCase } from '../differential/mapping.js';
import { RandomInterface } from '../differential/random-interface.js';
import { randomValue } from 'wasm-plugin/random';
import { ours, type Subject } from '../differential/subjects.js';
import { Random } from '../support/random.js';

const ECHO = 'test:random/echo';
const FUNCTIONS = 40;
const ROUNDS = 20;

/** The bindings of AssemblyScript for random types: each value crosses four times, to the host and back. */
describe.each([11, 12])('random types, seed %i', (seed) => {
  let folder: string;
  let component: Uint8Array;
  let running: Subject[];
  const received: unknown[][] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-as-'));
    const wit = sharingTypes(new RandomInterface(new Random(seed)).text(FUNCTIONS));
    await mkdir(join(folder, 'assembly'));
    await writeFile(join(folder, 'random.wit'), wit);
    await writeFile(join(folder, 'assembly/index.ts'), "import * as echo from './echo';\nexport { echo };\n");
    await writeFile(join(folder, 'assembly/echo.ts'), guestSource(wit));
    component = await buildPlugin({
      entry: join(folder, 'assembly/index.ts'),
      wit: join(folder, 'random.wit'),
      world: 'echoes',
      // Half the time; the optimizer is not tested here.
      ascOptions: ['--optimizeLevel', '0'],
    });
    running = await ours(component, () => ({ [ECHO]: hostEcho(component, received) }));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('come back as they went', () => {
    const random = new Random(seed);
    const functions = echoFunctions(component, ECHO);
    expect(functions).toHaveLength(FUNCTIONS + 2);
    for (const { name, type } of functions) {
      for (let round = 0; round < ROUNDS; round++) {
        const args = type.params.map((param) => randomValue(param.type, random));
        for (const { exports } of running) {
          received.length = 0;
          const result = resultOf(() => exports[ECHO]?.[camelCase(name)]?.(...args), type.result?.kind);
          const where = `${name}, round ${round}`;
          expect(difference(args, received[0]), `${where}: what the host got`).toBe(undefined);
          expect(difference(args.length === 1 ? args[0] : args, result), where).toBe(undefined);
        }
      }
    }
  });
});

/** Puts the types into an interface that the imported and the exported `echo` share. */
function sharingTypes(wit: string): string {
  const lines = wit.split('\n');
  const types = lines.filter(isType);
  const names = types.map((line) => line.trim().split(' ')[1]);
  const rest = lines.filter((line) => !isType(line)).join('\n');
  return rest.replace(
    'interface echo {',
    `interface kinds {\n${types.join('\n')}\n}\n\ninterface echo {\n  use kinds.{${names.join(', ')}};`,
  );
}

function isType(line: string): boolean {
  return /^ {2}(record|variant|enum|flags) /.test(line);
}

/** Functions that return their arguments; the compiler infers the types. */
function guestSource(wit: string): string {
  const functions = [...wit.matchAll(/^ {2}([a-z0-9-]+): func\((.*?)\) -> (.*);$/gm)].map((match) => {
    const [, name = '', , result = ''] = match;
    const count = result.startsWith('tuple<') ? (match[2]?.match(/p\d+: /g)?.length ?? 1) : 1;
    const places = Array.from({ length: count }, (_, i) => i);
    const generics = places.map((i) => `T${i}`).join(', ');
    const params = places.map((i) => `p${i}: T${i}`).join(', ');
    const type = count === 1 ? 'T0' : `Tuple${count}<${generics}>`;
    const call = `host.${camelCase(name)}(${places.map((i) => `p${i}`).join(', ')})`;
    return `export function ${camelCase(name)}<${generics}>(${params}): ${type} {\n  return ${call};\n}\n`;
  });
  const tuples = [...new Set(functions.join('').match(/Tuple\d+/g))].join(', ');
  return `import * as host from './bindings/echo';\nimport { ${tuples} } from './bindings/wit';\n\n${functions.join('')}`;
}

function hostEcho(component: Uint8Array, received: unknown[][]): Record<string, unknown> {
  const functions = echoFunctions(component, ECHO).map(({ name, type }) => {
    const echo = (...args: unknown[]): unknown => {
      received.push(args);
      if (args.length > 1) return args;
      if (type.result?.kind !== 'result') return args[0];
      const { tag, val } = args[0] as { tag: string; val: unknown };
      if (tag === 'ok') return val;
      throw Object.assign(new Error('declared'), { payload: val });
    };
    return [camelCase(name), echo] as const;
  });
  return Object.fromEntries(functions);
}

/** Returns the result of a function; a thrown or returned `result` as a value again. */
function resultOf(call: () => unknown, kind: string | undefined): unknown {
  if (kind !== 'result') return call();
  try {
    return { tag: 'ok', val: call() };
  } catch (error) {
    return { tag: 'err', val: (error as { payload: unknown }).payload };
  }
}
