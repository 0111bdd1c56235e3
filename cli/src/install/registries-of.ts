import { openRegistry, type Registry } from '../registry/index.js';
import type { PluginFolder } from './plugin-folder.js';

/**
 * Returns a function that finds the registry of a plugin: the given one, else the one it was installed from, else the only one
 * that the folder's other plugins are from.
 * @returns a function that throws a `CliError` if there is none
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
