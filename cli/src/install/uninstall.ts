import { PluginError } from '@wasm-plugin/abi';
import type { LockedPlugin } from '@wasm-plugin/abi/trust';
import type { Change } from './install.js';
import type { PluginFolder } from './plugin-folder.js';

/**
 * Removes plugins, and those that only they needed.
 * @throws {PluginError} WP_NOT_FOUND if one is not installed; WP_IN_USE if another one needs it. Nothing was removed
 */
export function uninstall(folder: PluginFolder, ids: readonly string[]): Promise<Change[]> {
  return folder.change(async () => {
    const old = folder.read();
    for (const id of ids)
      if (!old.has(id))
        throw new PluginError(
          'WP_NOT_FOUND',
          `Cannot uninstall "${id}": it is not installed in "${folder.path}"`,
          {
            plugin: id,
          },
        );
    const lock = new Map<string, LockedPlugin>();
    const keep = (id: string): void => {
      const locked = old.get(id);
      if (locked === undefined || lock.has(id)) return;
      lock.set(id, locked);
      for (const needed of Object.keys(locked.dependencies)) keep(needed);
    };
    for (const [id, { wanted }] of old) if (wanted !== undefined && !ids.includes(id)) keep(id);
    for (const id of ids) {
      if (!lock.has(id)) continue;
      const dependents = [...lock].filter(([, { dependencies }]) => Object.hasOwn(dependencies, id));
      const names = dependents.map(([each]) => `"${each}"`).join(', ');
      throw new PluginError('WP_IN_USE', `Cannot uninstall "${id}": ${names} need it; uninstall them too`, {
        plugin: id,
      });
    }
    folder.commit(lock, []);
    return [...old].filter(([id]) => !lock.has(id)).map(([id, { version }]) => ({ id, version }));
  });
}
