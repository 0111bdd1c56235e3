import { isStringEncoding, MemoryViews, type CoreFunction, type Realloc } from '../canonical/index.js';
import type { CanonOption } from '../component/index.js';
import type { CanonicalOptions } from './component-func.js';
import type { Scope } from './scope.js';

const views = new WeakMap<WebAssembly.Memory, MemoryViews>();

/** Returns the views of a memory; every function that uses the memory shares them. */
export function viewsOf(memory: WebAssembly.Memory): MemoryViews {
  let found = views.get(memory);
  if (found === undefined) views.set(memory, (found = new MemoryViews(memory)));
  return found;
}

/** Returns the options of a canonical definition, with everything that they name. */
export function resolveOptions(options: readonly CanonOption[], scope: Scope): CanonicalOptions {
  const resolved: CanonicalOptions = {
    memory: undefined,
    realloc: undefined,
    postReturn: undefined,
    encoding: 'utf8',
    async: false,
    callback: undefined,
  };
  for (const option of options) {
    if (option.kind === 'memory') {
      resolved.memory = viewsOf(scope.get('core-memory', option.memory) as WebAssembly.Memory);
    } else if (option.kind === 'realloc') {
      const realloc = scope.get('core-func', option.func) as Realloc;
      resolved.realloc = scope.context.slot?.freshRealloc(realloc) ?? realloc;
    } else if (option.kind === 'post-return')
      resolved.postReturn = scope.get('core-func', option.func) as CoreFunction;
    else if (option.kind === 'callback')
      resolved.callback = scope.get('core-func', option.func) as CoreFunction;
    else if (option.kind === 'async') resolved.async = true;
    else if (isStringEncoding(option.kind)) resolved.encoding = option.kind;
  }
  return resolved;
}
