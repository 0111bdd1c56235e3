import { directoryFiles } from '@wasm-plugin/abi/package';
import { readPackage } from '@wasm-plugin/engine/host';
import { load } from '../test/index.js';
import { Skip } from './check.js';
import { stateOf } from './check-state.js';

/**
 * Reloads the version before into the present one, with its state, and back again if both have one format of states.
 * @param previous - the folder or packed file of the version before
 * @returns a summary for people
 */
export async function checkPrevious(folder: string, previous: string | undefined): Promise<string> {
  if (previous === undefined) {
    throw new Skip(
      'there is no version before: a build keeps one when the version in plugin.json changes, and --previous names one',
    );
  }
  const present = await readPackage(directoryFiles(folder));
  const tested = await load({ folder: previous });
  try {
    const { host, plugin, exports } = tested;
    const before = plugin.package;
    if (plugin.id !== present.manifest.id)
      throw new Error(`"${previous}" is "${plugin.id}", wanted "${present.manifest.id}"`);
    const what = `${before.manifest.version} to ${present.manifest.version}`;
    const hasState = stateOf(exports) !== undefined;
    const there = await host.reload(plugin.name, present, { by: 'test' });
    if (hasState && there.state !== 'carried')
      throw new Error(`${what}: its state was not carried over: ${there.state}`);
    if (before.manifest.state?.schema !== present.manifest.state?.schema)
      return `${what}; not back: the formats of their states differ`;
    const back = await host.reload(plugin.name, before, { by: 'test' });
    if (hasState && back.state !== 'carried')
      throw new Error(`back from ${what}: its state was not carried over: ${back.state}`);
    return `${what} and back`;
  } finally {
    await tested.host.close();
  }
}
