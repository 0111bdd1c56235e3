import { openRegistry, type Registry } from '../registry/index.js';
import type { PluginFolder } from './plugin-folder.js';

/**
 * Says which registry a plugin is from: the one that is given, else the one that it was installed from, else that of the others.
 * @returns a function that throws a `CliError` where nothing says it
 */
export function registriesOf(folder: PluginFolder, place: string | undefined): (id: string) => Registry {
  const opened = new Map<string, Registry>();
  const open = (each: string | undefined): Registry => {
    const known = opened.get(each ?? '');
    if (known !== undefined) return known;
    const registry = openRegistry(each);
    opened.set(each ?? '', registry);
    return registry;
  };
  const lock = folder.read();
  const all = new Set([...lock.values()].map(({ registry }) => registry));
  const only = all.size === 1 ? [...all][0] : undefined;
  return (id) => open(place ?? lock.get(id)?.registry ?? only);
}
