import { camelCase } from '../value/index.js';
import type { OfferedFunction } from './hello.js';

/** Calls a function of the other side by its place in its list. */
export type RemoteCall = (index: number, args: readonly unknown[]) => Promise<unknown>;

/** Makes the exports of a plugin out of its offered functions: interfaces by full and short name, functions in camelCase. */
export function remoteExports(
  functions: readonly OfferedFunction[],
  call: RemoteCall,
): Readonly<Record<string, unknown>> {
  const exports: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const groups = new Map<string, Record<string, unknown>>();
  for (const [index, { interface: group, name }] of functions.entries()) {
    const run = (...args: unknown[]): Promise<unknown> => call(index, args);
    if (group === '') {
      exports[camelCase(name)] = run;
      continue;
    }
    let members = groups.get(group);
    if (members === undefined) groups.set(group, (members = Object.create(null) as Record<string, unknown>));
    members[camelCase(name)] = run;
  }
  for (const [name, members] of groups) {
    const short = camelCase(name.replace(/@.*$/s, '').replace(/^.*\//s, ''));
    exports[name] = Object.freeze(members);
    exports[short] ??= members;
  }
  return Object.freeze(exports);
}
