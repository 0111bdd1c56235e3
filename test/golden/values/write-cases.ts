import { readFileSync, writeFileSync } from 'node:fs';
import { echoComponent, type TextEncoding } from '../../differential/echo-component.js';
import { echoFunctions } from '../../differential/echo-functions.js';
import { RandomInterface } from '../../differential/random-interface.js';
import { randomValue } from 'wasm-plugin/random';
import { Random } from '../../support/random.js';
import { toGolden } from './golden-value.js';

/** Calls of one component: who answers, which function, the arguments. */
export interface CaseGroup {
  /** File, seen from `cases.json`. */
  component: string;
  /** The interface that it imports and exports. */
  interface: string;
  cases: ['guest' | 'host', string, unknown[]][];
}

const ROUNDS = 3;
const MOST_CHARACTERS = 500;
const ENCODINGS: TextEncoding[] = ['utf8', 'utf16', 'compact-utf16'];

/** Writes the components and `cases.json`, which `run.py` reads. */
export async function writeCases(folder: URL): Promise<void> {
  const groups = ['rust', 'as'].map((language) =>
    groupOf(folder, `../../../plugins-${language}/build/values.wasm`, 'wasm-plugin:values/echo@0.1.0', ['guest', 'host']),
  );
  for (const [index, encoding] of ENCODINGS.entries()) {
    const component = `echo-${encoding}.wasm`;
    const wit = new RandomInterface(new Random(100 + index)).text(16);
    writeFileSync(new URL(component, folder), await echoComponent(wit, encoding));
    groups.push(groupOf(folder, component, 'test:random/echo', ['host']));
  }
  const text = groups.map(({ cases, ...head }) => {
    const lines = cases.map((each) => `    ${JSON.stringify(each)}`).join(',\n');
    return `  ${JSON.stringify(head).slice(0, -1)},"cases":[\n${lines}\n  ]}`;
  });
  writeFileSync(new URL('cases.json', folder), `[\n${text.join(',\n')}\n]\n`);
}

function groupOf(
  folder: URL,
  component: string,
  interfaceName: string,
  sources: ('guest' | 'host')[],
): CaseGroup {
  const random = new Random(component.length);
  const cases: CaseGroup['cases'] = [];
  for (const { name, type } of echoFunctions(readFileSync(new URL(component, folder)), interfaceName)) {
    for (const source of sources) {
      for (let round = 0; round < ROUNDS; ) {
        const args = type.params.map((param) => toGolden(param.type, randomValue(param.type, random)));
        if (JSON.stringify(args).length > MOST_CHARACTERS && random.chance(0.95)) continue;
        cases.push([source, name, args]);
        round++;
      }
    }
  }
  return { component, interface: interfaceName, cases };
}
