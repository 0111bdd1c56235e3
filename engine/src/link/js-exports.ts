import {
  camelCase,
  memberKey,
  parseFunctionName,
  pascalCase,
  type ComponentCallable,
} from '../canonical/index.js';
import type { ComponentFunc } from './component-func.js';
import { GuestBinding } from './guest-resource.js';
import type { InstanceExports, Item } from './scope.js';

/** The exports of an instance in JavaScript: functions, classes, and interfaces that hold them. */
export type JsExports = Record<string, unknown>;

/**
 * Makes the JavaScript view of a component's exports. An interface is there under its full name, and under the short name
 * that jco gives it if that is free.
 */
export function jsExports(exports: InstanceExports): JsExports {
  const result = members(exports);
  for (const [name, item] of exports) {
    const short = item.sort === 'instance' ? shortName(name) : undefined;
    if (short !== undefined && !Object.hasOwn(result, short)) result[short] = result[name];
  }
  return result;
}

/** `acme:audio/http-processor@1.0.0` → `httpProcessor`. */
function shortName(name: string): string | undefined {
  const slash = name.lastIndexOf('/');
  if (slash < 0) return undefined;
  const at = name.indexOf('@', slash);
  return camelCase(name.slice(slash + 1, at < 0 ? undefined : at));
}

function members(exports: InstanceExports): JsExports {
  const result: JsExports = {};
  const set = (key: string, value: unknown): void => {
    Object.defineProperty(result, key, { value, enumerable: true, writable: true, configurable: true });
  };
  const resources = new Map<string, GuestBinding>();
  for (const [name, item] of exports) {
    if (item.sort === 'type') {
      const binding = item.value.kind === 'resource' ? item.value.resource.binding : undefined;
      if (binding instanceof GuestBinding) {
        resources.set(name, binding);
        set(pascalCase(name), binding.guestClass);
      }
    } else if (item.sort === 'func') {
      const parsed = parseFunctionName(name);
      if (parsed.kind === 'function') set(memberKey(name), item.value.host());
      else addToClass(resources.get(parsed.resource), name, item.value);
    } else if (item.sort === 'instance') {
      set(name.includes(':') ? name : camelCase(name), members(item.value));
    }
  }
  return result;
}

function addToClass(binding: GuestBinding | undefined, name: string, func: ComponentFunc): void {
  if (binding === undefined) return;
  const parsed = parseFunctionName(name);
  const define = (target: object, value: ComponentCallable): void => {
    Object.defineProperty(target, memberKey(parsed.name, parsed.kind), {
      value,
      writable: true,
      configurable: true,
    });
  };
  if (parsed.kind === 'constructor') {
    const call = func.host();
    binding.construct = (...args) => binding.lowerOwn(call(...args));
  } else if (parsed.kind === 'static') {
    define(binding.guestClass, func.host());
  } else {
    define(binding.guestClass.prototype, func.method());
  }
}

/** Returns an exported item by path, e.g. `['a:b/c', 'f']`. */
export function findExport(exports: InstanceExports, path: readonly string[]): Item | undefined {
  const [name, ...rest] = path;
  const item = name === undefined ? undefined : exports.get(name);
  if (rest.length === 0 || item === undefined) return item;
  return item.sort === 'instance' ? findExport(item.value, rest) : undefined;
}
