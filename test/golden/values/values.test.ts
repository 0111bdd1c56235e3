import { existsSync, readFileSync } from 'node:fs';
import { createEngine } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { difference } from '../../differential/difference.js';
import { echoFunctions } from '../../differential/echo-functions.js';
import { hostTokens } from '../../differential/host-tokens.js';
import { camelCase } from '../../differential/mapping.js';
import type { Exports } from '../../differential/transpile.js';
import { fromGolden } from './golden-value.js';
import { writeCases, type CaseGroup } from './write-cases.js';

const FOLDER = new URL('./', import.meta.url);
const CASES = new URL('cases.json', FOLDER);

if (process.env['UPDATE_GOLDEN'] === '1' || !existsSync(CASES)) await writeCases(FOLDER);

const groups = JSON.parse(readFileSync(CASES, 'utf8')) as CaseGroup[];
const results = JSON.parse(readFileSync(new URL('results.json', FOLDER), 'utf8')) as unknown[][];

/** Results of wasmtime's host in `run.py`. */
function answer(name: string, args: unknown[], isResult: boolean): unknown {
  if (name === 'sixteen' || name === 'seventeen') return ['host', name];
  if (!isResult || args.length > 1) return args.length > 1 ? args : args[0];
  const { tag, val } = args[0] as { tag: string; val: unknown };
  if (tag === 'ok') return val;
  throw Object.assign(new Error('declared'), { payload: val });
}

describe.each(['generated', 'composed'] as const)('results of wasmtime 50, %s', (backend) => {
  it.each(groups.map((group, index) => [group.component, group, results[index]] as const))(
    '%s',
    async (component, group, wanted) => {
      const bytes = readFileSync(new URL(component, FOLDER));
      const functions = new Map(echoFunctions(bytes, group.interface).map((each) => [each.name, each.type]));
      const host = Object.fromEntries(
        [...functions].map(([name, type]) => [
          camelCase(name),
          (...args: unknown[]) => answer(name, args, type.result?.kind === 'result'),
        ]),
      );
      const engine = createEngine({
        backend,
        imports: { [group.interface]: host, 'wasm-plugin:values/tokens': hostTokens() },
      });
      const exports = (await engine.load(bytes)).instantiate().exports as Exports;
      expect(wanted?.length).toBe(group.cases.length);
      for (const [index, [source, name, args]] of group.cases.entries()) {
        exports['control']?.['setSource']?.(source);
        const type = functions.get(name);
        const given = args.map((arg, at) => fromGolden(type?.params[at]?.type as never, arg));
        const golden = type?.result && fromGolden(type.result, wanted?.[index]);
        const call = (): unknown => exports[group.interface]?.[camelCase(name)]?.(...given);
        const outcome = type?.result?.kind === 'result' ? asResult(call) : call();
        expect(difference(golden, outcome), `${name}(${JSON.stringify(args)})`).toBe(undefined);
      }
    },
  );
});

function asResult(call: () => unknown): unknown {
  try {
    return { tag: 'ok', val: call() };
  } catch (error) {
    if (!Object.hasOwn(error as object, 'payload')) throw error;
    return { tag: 'err', val: (error as { payload: unknown }).payload };
  }
}
