import { AsyncInstance, hostImport, lowerBlocking, lowerTask } from '../async/index.js';
import {
  abiTrap,
  failedBuiltin,
  CanonicalContext,
  ENDED,
  holdsEnd,
  type Backend,
  type ComponentCallable,
  type ContextSlot,
  type CoreFunction,
  type FuncType,
  type InstanceContext,
  type ResourceType,
} from '../canonical/index.js';
import type { Canon } from '../component/index.js';
import { asyncCanon } from './async-canon.js';
import { resolveOptions } from './canon-options.js';
import { LiftedFunc, type CanonicalOptions, type ComponentFunc, type HostFunc } from './component-func.js';
import { convertingCore, hostedCore } from './core-conversion.js';
import { resourceAt } from './resolve-type.js';
import type { Scope } from './scope.js';

/** Adds the item of a canonical definition to the scope. */
export function addCanon(canon: Canon, scope: Scope, backend: Backend): void {
  switch (canon.kind) {
    case 'lift': {
      const type = scope.get('type', canon.type) as FuncType;
      const options = resolveOptions(canon.options, scope);
      const given = scope.get('core-func', canon.coreFunc) as CoreFunction;
      const core = options.async ? given : convertingCore(given, type);
      needsConcurrency(type, scope);
      scope.add('func', new LiftedFunc(backend, scope.context, type, core, options));
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
    case 'resource.new':
    case 'resource.drop':
    case 'resource.rep':
      scope.add(
        'core-func',
        hostedCore(resourceFunction(canon.kind, resourceAt(canon.resource, scope), scope)),
      );
      return;
    default:
      scope.add('core-func', hostedCore(asyncCanon(canon, scope)));
  }
}

function lower(index: number, options: CanonicalOptions, scope: Scope, backend: Backend): CoreFunction {
  const func = scope.get('func', index);
  const side = func.lifted === undefined ? 'host' : 'component';
  const { name } = func as LiftedFunc | HostFunc;
  const { type } = func;
  const context = new CanonicalContext(scope.context, { ...options, side });
  needsConcurrency(type, scope);
  if (!type.async) return backend.lower({ name, type, callee: calleeOf(func, scope), context });
  const { scheduler } = AsyncInstance.of(scope.context);
  const spec = { name, type, context };
  const callee = func.lifted?.task('component') ?? hostImport(spec, func.host(), scheduler);
  return (options.async ? lowerTask : lowerBlocking)({ ...spec, callee });
}

/** Streams and futures among the values of a function need their place in its instance. */
function needsConcurrency({ params, result }: FuncType, { context }: Scope): void {
  if (params.some(({ type }) => holdsEnd(type)) || (result !== undefined && holdsEnd(result)))
    AsyncInstance.of(context);
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
