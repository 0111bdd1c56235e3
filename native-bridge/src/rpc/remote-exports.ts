import { camelCase, className, functionName, memberKey } from '../value/index.js';
import type { OfferedFunction } from './hello.js';
import { setConstructor, type ClassOf } from './remote-resource.js';

/** Calls a function of the other side by its place in its list. */
export type RemoteCall = (index: number, args: readonly unknown[]) => Promise<unknown>;

/**
 * Makes the exports of a plugin out of what it offers: interfaces by full and short name, functions in camelCase, resources as
 * classes whose `new` gives a promise of the object.
 * @param classOf gives the classes of the connection. @default functions of resources are left out
 */
export function remoteExports(
  functions: readonly OfferedFunction[],
  call: RemoteCall,
  classOf?: ClassOf,
): Readonly<Record<string, unknown>> {
  const exports: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const groups = new Map<string, Record<string, unknown>>();
  for (const [index, offered] of functions.entries()) {
    const { interface: group } = offered;
    let members = group === '' ? exports : groups.get(group);
    if (members === undefined) groups.set(group, (members = Object.create(null) as Record<string, unknown>));
    addMember(members, offered, { call: (args) => call(index, args), classOf });
  }
  for (const [name, members] of groups) {
    const short = camelCase(name.replace(/@.*$/s, '').replace(/^.*\//s, ''));
    exports[name] = Object.freeze(members);
    exports[short] ??= members;
  }
  return Object.freeze(exports);
}

interface Adding {
  call: (args: readonly unknown[]) => Promise<unknown>;
  classOf: ClassOf | undefined;
}

function addMember(
  members: Record<string, unknown>,
  { interface: group, name }: OfferedFunction,
  { call, classOf }: Adding,
): void {
  const parts = functionName(name);
  if (parts.kind === 'function') {
    members[memberKey(name)] = (...args: unknown[]): Promise<unknown> => call(args);
    return;
  }
  if (classOf === undefined) return;
  const remote = classOf(group === '' ? parts.resource : `${group}#${parts.resource}`);
  members[className(parts.resource)] = remote;
  const key = memberKey(parts.name, parts.kind);
  if (parts.kind === 'constructor') setConstructor(remote, call);
  else if (parts.kind === 'method') {
    const value = function (this: unknown, ...args: unknown[]): Promise<unknown> {
      return call([this, ...args]);
    };
    Object.defineProperty(remote.prototype, key, { value, writable: true, configurable: true });
  } else {
    const value = (...args: unknown[]): Promise<unknown> => call(args);
    Object.defineProperty(remote, key, { value, writable: true, configurable: true });
  }
}
