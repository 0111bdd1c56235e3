import {
  abiTrap,
  failedBuiltin,
  CanonicalContext,
  ENDED,
  isStringEncoding,
  MemoryViews,
  type Backend,
  type ComponentCallable,
  type ContextSlot,
  type CoreFunction,
  type FuncType,
  type InstanceContext,
  type Realloc,
  type ResourceType,
} from '../canonical/index.js';
import type { Canon, CanonOption } from '../component/index.js';
import { LiftedFunc, type CanonicalOptions, type ComponentFunc, type HostFunc } from './component-func.js';
import { convertingCore, hostedCore } from './core-conversion.js';
import { resourceAt } from './resolve-type.js';
import type { Scope } from './scope.js';

const views = new WeakMap<WebAssembly.Memory, MemoryViews>();

/** Returns the views of a memory; every function that uses the memory shares them. */
export function viewsOf(memory: WebAssembly.Memory): MemoryViews {
  let found = views.get(memory);
  if (found === undefined) views.set(memory, (found = new MemoryViews(memory)));
  return found;
}

/** Adds the item of a canonical definition to the scope. */
export function addCanon(canon: Canon, scope: Scope, backend: Backend): void {
  switch (canon.kind) {
    case 'lift': {
      const type = scope.get('type', canon.type) as FuncType;
      const core = convertingCore(scope.get('core-func', canon.coreFunc) as CoreFunction, type);
      scope.add(
        'func',
        new LiftedFunc(backend, scope.context, type, core, resolveOptions(canon.options, scope)),
      );
      return;
    }
    case 'lower':
      scope.add(
        'core-func',
        hostedCore(lower(canon.func, resolveOptions(canon.options, scope), scope, backend)),
      );
      return;
    case 'context.get':
    case 'context.set': {
      const { get, set } = scope.context.slot as ContextSlot;
      scope.add('core-func', canon.kind === 'context.get' ? get : set);
      return;
    }
    default:
      scope.add(
        'core-func',
        hostedCore(resourceFunction(canon.kind, resourceAt(canon.resource, scope), scope)),
      );
  }
}

function resolveOptions(options: readonly CanonOption[], scope: Scope): CanonicalOptions {
  const resolved: CanonicalOptions = {
    memory: undefined,
    realloc: undefined,
    postReturn: undefined,
    encoding: 'utf8',
  };
  for (const option of options) {
    if (option.kind === 'memory') {
      resolved.memory = viewsOf(scope.get('core-memory', option.memory) as WebAssembly.Memory);
    } else if (option.kind === 'realloc') {
      const realloc = scope.get('core-func', option.func) as Realloc;
      resolved.realloc = scope.context.slot?.freshRealloc(realloc) ?? realloc;
    } else if (option.kind === 'post-return')
      resolved.postReturn = scope.get('core-func', option.func) as CoreFunction;
    else if (isStringEncoding(option.kind)) resolved.encoding = option.kind;
  }
  return resolved;
}

function lower(index: number, options: CanonicalOptions, scope: Scope, backend: Backend): CoreFunction {
  const func = scope.get('func', index);
  const side = func.lifted === undefined ? 'host' : 'component';
  return backend.lower({
    name: (func as LiftedFunc | HostFunc).name,
    type: func.type,
    callee: calleeOf(func, scope),
    context: new CanonicalContext(scope.context, { ...options, side }),
  });
}

/** Calls between a component instance and one nested in it are refused, for now, by the specification itself. */
function calleeOf(func: ComponentFunc, scope: Scope): ComponentCallable {
  const { lifted } = func;
  if (lifted === undefined) return func.host();
  if (!scope.context.mightRecurse(lifted.context)) return lifted.component();
  return () => {
    throw abiTrap('cannot enter component instance: the call could come back to its caller');
  };
}

/** Hides an error of a built-in from the guest's handlers. */
function guarded(context: InstanceContext, body: (value: number) => number | void): CoreFunction {
  const { root } = context;
  return (value: number): number | void => {
    try {
      root.meter?.tick();
      return body(value);
    } catch (error) {
      context.lock = ENDED;
      throw failedBuiltin(root, error);
    }
  };
}

function resourceFunction(
  kind: 'resource.new' | 'resource.drop' | 'resource.rep',
  type: ResourceType,
  scope: Scope,
): CoreFunction {
  const { context } = scope;
  const leave = (): void => {
    if (!context.mayLeave) throw abiTrap('cannot leave component instance');
  };
  switch (kind) {
    case 'resource.new':
      return guarded(context, (rep) => {
        leave();
        return context.giveOwn(rep, type);
      });
    case 'resource.drop':
      return guarded(context, (index) => {
        leave();
        context.dropHandle(index, type);
        // The destructor, or the host's dispose, may have closed the instance.
        if (context.lock === ENDED) context.admit();
      });
    default:
      return guarded(context, (index) => context.handles.get(index, type).rep);
  }
}
