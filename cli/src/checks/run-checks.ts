import type { AudioDescriptor } from '@wasm-plugin/abi';
import { directoryFiles } from '@wasm-plugin/abi/package';
import { readPackage } from '@wasm-plugin/engine/host';
import { previousVersion } from '../build/index.js';
import { checkPackage } from '../list/index.js';
import { load, type TestedPlugin } from '../test/index.js';
import { check, Skip, type CheckResult } from './check.js';
import { descriptorProblems } from './descriptor-problems.js';
import { checkInputs, type FuzzRequest } from './check-inputs.js';
import { checkPrevious } from './check-previous.js';
import { checkFuelPerFrame, checkSound, type SoundRequest } from './check-sound.js';
import { checkState, stateOf } from './check-state.js';
import { checkWorld } from './check-world.js';

/** Subject and extent of the checks. */
export interface CheckOptions {
  /** The component. */
  component: string;
  /** If true, `test/world.wit` is written anew. */
  update: boolean;
  /** True if the plugin is reloaded into itself, and the version before into it. */
  reload: boolean;
  /** The folder or packed file of the version before. @default the one that the last build of another version left */
  previous?: string | undefined;
  /** Random calls; `undefined` for none. */
  fuzz?: FuzzRequest | undefined;
  /** Checks of the sound; `undefined` for none. */
  sound?: SoundRequest | undefined;
}

/** Runs the checks that need no code of the plugin's own: they compare it with its manifest and the ABI. */
export async function runChecks(
  folder: string,
  { component, update, reload, previous = previousVersion(folder), fuzz, sound }: CheckOptions,
): Promise<CheckResult[]> {
  const pkg = await readPackage(directoryFiles(folder));
  const { problems, needs } = await checkPackage(pkg, [pkg]);
  const results = [
    await check('it is as its plugin.json says', () => refuse(problems)),
    await check('its world is that of test/world.wit', () => checkWorld(folder, { component, update })),
  ];
  let started: TestedPlugin | undefined;
  results.push(
    await check('it starts', async () => {
      if (needs.length > 0) throw new Skip(`it needs ${needs.join(', ')}`);
      started = await load({ folder });
    }),
  );
  if (started !== undefined) {
    results.push(...(await checkRunning(started, reload)));
    await started.host.close();
    if (reload)
      results.push(
        await check('the version before is reloaded into it', () => checkPrevious(folder, previous)),
      );
    results.push(...(await checkInputs(folder, { component, fuzz })));
    results.push(...(await checkFuelPerFrame(component, pkg.manifest)));
    if (sound !== undefined) results.push(...(await checkSound(component, sound)));
  }
  return results;
}

async function checkRunning(tested: TestedPlugin, reload: boolean): Promise<CheckResult[]> {
  const { exports } = tested;
  const results: CheckResult[] = [];
  const lifecycle = interfaceOf<{ health(): void }>(exports, 'lifecycle');
  if (lifecycle !== undefined) results.push(await check('it is healthy', () => lifecycle.health()));
  const processor = interfaceOf<{ describe(): AudioDescriptor }>(exports, 'processor');
  if (processor !== undefined)
    results.push(await check('it describes itself', () => refuse(descriptorProblems(processor.describe()))));
  const state = stateOf(exports);
  if (state !== undefined)
    results.push(await check('a state comes back as it was saved', () => checkState(tested)));
  if (reload) {
    results.push(
      await check('it is reloaded into itself, with its state', async () => {
        const before = state?.serialize();
        const { state: origin } = await tested.reload();
        if (before === undefined) return;
        if (origin !== 'carried') throw new Error(`its state was not carried over: ${origin}`);
        if (Buffer.compare(before, state?.serialize() as Uint8Array) !== 0)
          throw new Error('its state is another one after the reload');
      }),
    );
  }
  return results;
}

function interfaceOf<T>(exports: Readonly<Record<string, unknown>>, name: string): T | undefined {
  return exports[`wasm-plugin:abi/${name}@0.1.0`] as T | undefined;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('; '));
}
