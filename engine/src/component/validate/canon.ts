import type { Canon, CoreFuncType } from '../model.js';
import { MAX_FLAT_ASYNC_PARAMS, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS } from '../layout/index.js';
import type { Progress, ResolvedFunc } from '../types/index.js';
import { addAsyncCanon } from './async-canon.js';
import { checkAsyncLift, requireAsyncType } from './async-lift.js';
import { flatParams } from './flat-params.js';
import { resolveCanonOptions, type CanonOptions } from './canon-options.js';
import type { Scope } from './scope.js';

/**
 * Adds the function or core function of a canonical definition.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED
 */
export function addCanon(canon: Canon, scope: Scope): void {
  switch (canon.kind) {
    case 'lift':
      addLift(canon, scope);
      return;
    case 'lower':
      addLower(canon, scope);
      return;
    case 'resource.new':
    case 'resource.rep': {
      const { resource } = scope.resourceAt(canon.resource);
      if (scope.definedResources.get(resource) !== 'local') {
        throw scope.progress.invalid(`type ${canon.resource} is not a local resource`);
      }
      scope.coreFuncs.push({ kind: 'func', params: ['i32'], results: ['i32'] });
      return;
    }
    case 'context.get':
      scope.coreFuncs.push({ kind: 'func', params: [], results: ['i32'] });
      return;
    case 'context.set':
      scope.coreFuncs.push({ kind: 'func', params: ['i32'], results: [] });
      return;
    case 'resource.drop':
      scope.resourceAt(canon.resource);
      scope.coreFuncs.push({ kind: 'func', params: ['i32'], results: [] });
      return;
    default:
      scope.coreFuncs.push(addAsyncCanon(canon, scope));
  }
}

function addLift(canon: Extract<Canon, { kind: 'lift' }>, scope: Scope): void {
  const { progress } = scope;
  const type = scope.funcTypeAt(canon.type);
  const core = scope.coreFuncAt(canon.coreFunc);
  const options = resolveCanonOptions(canon.options, scope);
  const { postReturn } = options;
  checkAsyncLift(type, options, progress);
  if (postReturn && (!sameTypes(postReturn.params, core.results) || postReturn.results.length > 0)) {
    throw progress.invalid('canonical option `post-return` uses a core function with an incorrect signature');
  }
  const flat = flatten(type, { options, direction: 'lift', progress });
  for (const side of ['params', 'results'] as const) {
    if (sameTypes(flat[side], core[side])) continue;
    const what = side === 'params' ? 'parameter' : 'result';
    throw progress.invalid(
      `lowered ${what} types \`[${flat[side].join(', ')}]\` do not match ${what} types \`[${core[side].join(', ')}]\` of core function ${canon.coreFunc}`,
    );
  }
  scope.funcs.push(type);
}

function addLower(canon: Extract<Canon, { kind: 'lower' }>, scope: Scope): void {
  const { progress } = scope;
  const type = scope.at(scope.funcs, canon.func, 'function');
  const options = resolveCanonOptions(canon.options, scope);
  if (options.postReturn !== undefined) {
    throw progress.invalid('canonical option `post-return` cannot be specified for lowerings');
  }
  if (options.callback !== undefined) {
    throw progress.invalid('canonical option `callback` cannot be specified for lowerings');
  }
  if (options.async) requireAsyncType(type, progress);
  scope.coreFuncs.push(flatten(type, { options, direction: 'lower', progress }));
}

/** Returns the core type of a function, having checked that the options are there which its values need. */
function flatten(
  type: ResolvedFunc,
  context: { options: CanonOptions; direction: 'lift' | 'lower'; progress: Progress },
): CoreFuncType {
  const { options, direction, progress } = context;
  const need = (option: 'memory' | 'realloc'): void => {
    if (options.memory === undefined) throw progress.invalid('canonical option `memory` is required');
    if (options[option] === undefined) throw progress.invalid(`canonical option \`${option}\` is required`);
  };
  progress.spend(type.params.length);
  const layouts = type.params.map((param) => param.type.layout);
  // The receiver of parameters allocates the memory for them.
  if (layouts.some((layout) => layout.pointers)) need(direction === 'lift' ? 'realloc' : 'memory');
  const most = options.async && direction === 'lower' ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS;
  let params: string[] | undefined = flatParams(layouts, most);
  if (params === undefined) {
    need(direction === 'lift' ? 'realloc' : 'memory');
    params = ['i32'];
  }
  // The result of such a lift comes by `task.return`.
  if (options.async && direction === 'lift') return { kind: 'func', params, results: ['i32'] };
  if (type.result === undefined) return { kind: 'func', params, results: options.async ? ['i32'] : [] };
  const { flat, pointers } = type.result.layout;
  if (direction === 'lower' && pointers) need('realloc');
  if (options.async) {
    need('memory');
    return { kind: 'func', params: [...params, 'i32'], results: ['i32'] };
  }
  if (flat !== undefined && flat.length <= MAX_FLAT_RESULTS)
    return { kind: 'func', params, results: [...flat] };
  need('memory');
  if (direction === 'lift') return { kind: 'func', params, results: ['i32'] };
  return { kind: 'func', params: [...params, 'i32'], results: [] };
}

function sameTypes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((type, index) => type === b[index]);
}
