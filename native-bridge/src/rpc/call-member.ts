import { className, functionName, memberKey } from '../value/index.js';

/** A function of a plugin, by its names in WIT. */
export interface CallTarget {
  /** The full name; empty for a function of the world itself. */
  readonly interface: string;
  /** In WIT's kebab-case; those of resources as in WIT, e.g. `[method]image.width`. */
  readonly name: string;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * Calls a function of exports in JavaScript: interfaces by full name, functions in camelCase, resources as classes.
 * @throws {TypeError} there is no such function; and what it throws
 */
export function callMember(
  exports: Members,
  { interface: group, name }: CallTarget,
  args: readonly unknown[],
): unknown {
  const members = (group === '' ? exports : exports[group]) as Members | undefined;
  const parts = functionName(name);
  const missing = `there is no function "${name}" in "${group}"`;
  if (parts.kind === 'function') return call(members, [memberKey(name), args], missing);
  const resource = members?.[className(parts.resource)] as (abstract new () => object) | undefined;
  if (parts.kind === 'constructor' && typeof resource === 'function')
    return Reflect.construct(resource, args) as unknown;
  if (parts.kind === 'method')
    return call(args[0], [memberKey(parts.name, parts.kind), args.slice(1)], missing);
  return call(resource, [memberKey(parts.name, parts.kind), args], missing);
}

function call(owner: unknown, [key, args]: readonly [string, readonly unknown[]], missing: string): unknown {
  const member = (owner as Members | undefined)?.[key];
  if (typeof member !== 'function') throw new TypeError(missing);
  return Reflect.apply(member, owner, args) as unknown;
}
