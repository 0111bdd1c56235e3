import { join } from 'node:path';
import { readComponent } from '../component/index.js';
import { fuzzPlugin, keepInput, keptInputs, readInputCalls, runCalls } from '../fuzz/index.js';
import { exportedFunctions } from '../run/index.js';
import { formatCount } from '../terminal/index.js';
import { load, type TestedPlugin } from '../test/index.js';
import { check, Skip, type CheckResult } from './check.js';

/** Number and seed of the random calls. */
export interface FuzzRequest {
  calls: number;
  seed: number;
}

/** Limit of a call if the manifest sets none: about a second, so that an endless loop is soon seen. */
const LIMITS = { fuel: 5e9, timeMs: 5000 } as const;

/**
 * Calls a plugin with the inputs that are kept in its folder, and with random ones if that is asked for; those that fail are
 * kept too.
 */
export async function checkInputs(
  folder: string,
  { component, fuzz }: { component: string; fuzz: FuzzRequest | undefined },
): Promise<CheckResult[]> {
  const kept = keptInputs(folder);
  if (kept.length === 0 && fuzz === undefined) return [];
  const tested = await load({ folder, limits: LIMITS });
  try {
    const { type } = readComponent(component);
    const results: CheckResult[] = [];
    for (const path of kept)
      results.push(
        await check(`it takes the input of ${path}`, () => checkKept(folder, { path, type, tested })),
      );
    if (fuzz !== undefined)
      results.push(
        await check('it takes random values', async () => {
          const result = await fuzzPlugin(tested, { component: type, ...fuzz });
          return reportOf(folder, { result, seed: fuzz.seed });
        }),
      );
    return results;
  } finally {
    await tested.host.close();
  }
}

type ComponentType = ReturnType<typeof readComponent>['type'];

async function checkKept(
  folder: string,
  { path, type, tested }: { path: string; type: ComponentType; tested: TestedPlugin },
): Promise<void> {
  const { host, plugin } = tested;
  const calls = readInputCalls(join(folder, path), exportedFunctions(type));
  const failed = await runCalls(calls, { host, name: plugin.name });
  if (failed !== undefined) throw new Error(`${calls[failed.index]?.func.label}: ${failed.message}`);
}

/** Stores the failing inputs. Returns a summary for people. */
function reportOf(
  folder: string,
  { result, seed }: { result: Awaited<ReturnType<typeof fuzzPlugin>>; seed: number },
): string {
  const { calls, found, leftOut } = result;
  if (calls === 0) throw new Skip(`none can be made: ${leftOut.join(', ') || 'it exports no function'}`);
  const what = `${formatCount(calls, 'call')} of seed ${seed}`;
  if (found.length === 0) return `${what}${leftOut.length === 0 ? '' : `, without ${leftOut.join(', ')}`}`;
  const lines = found.map(({ calls: input, failed }) => {
    const at = `${input.at(-1)?.func.label}: ${failed.message}`;
    return `${at} (${failed.code}), kept as ${keepInput(folder, { calls: input, found: `${failed.code}: ${at}` })}`;
  });
  throw new Error(`${what}\n${lines.join('\n')}`);
}
