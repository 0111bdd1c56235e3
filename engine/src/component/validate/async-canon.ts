import type { AsyncCanon, CanonOption, CoreFuncType } from '../model.js';
import { MAX_FLAT_PARAMS } from '../layout/index.js';
import type { ResolvedValue } from '../types/index.js';
import { resolveCanonOptions, type CanonOptions } from './canon-options.js';
import { flatParams } from './flat-params.js';
import type { Scope } from './scope.js';
import { resolveValType } from './value-type.js';

/**
 * Checks a built-in for concurrency, and returns its core type.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED
 */
export function addAsyncCanon(canon: AsyncCanon, scope: Scope): CoreFuncType {
  switch (canon.kind) {
    case 'backpressure.inc':
    case 'backpressure.dec':
    case 'task.cancel':
      return core('', '');
    case 'subtask.drop':
    case 'waitable-set.drop':
      return core('i32', '');
    case 'waitable-set.new':
    case 'thread.yield':
      return core('', 'i32');
    case 'waitable.join':
      return core('i32,i32', '');
    case 'waitable-set.wait':
    case 'waitable-set.poll':
      resolveCanonOptions([{ kind: 'memory', memory: canon.memory }], scope);
      return core('i32,i32', 'i32');
    case 'subtask.cancel':
      if (canon.async) throw scope.progress.unsupported('the built-in async subtask.cancel');
      return core('i32', 'i32');
    case 'task.return':
      return taskReturn(canon, scope);
    default:
      return copyCanon(canon, scope);
  }
}

function taskReturn(canon: Extract<AsyncCanon, { kind: 'task.return' }>, scope: Scope): CoreFuncType {
  const { progress } = scope;
  const options = resolveCanonOptions(canon.options, scope);
  refuseOptions('task.return', canon.options, { scope, allowed: ['memory'] });
  if (canon.result === undefined) return core('', '');
  const { layout } = resolveValType(canon.result, scope);
  if (layout.borrows) throw progress.invalid('function result cannot contain a `borrow` type');
  const params = flatParams([layout], MAX_FLAT_PARAMS);
  if (params === undefined || layout.pointers) needMemory(options, scope);
  return { kind: 'func', params: params ?? ['i32'], results: [] };
}

type CopyCanon = Extract<AsyncCanon, { type: number }>;

function copyCanon(canon: CopyCanon, scope: Scope): CoreFuncType {
  const [copied, name] = canon.kind.split('.') as ['stream' | 'future', string];
  const element = elementAt(canon.type, copied, scope);
  switch (canon.kind) {
    case 'stream.new':
    case 'future.new':
      return core('', 'i64');
    case 'stream.read':
    case 'stream.write':
    case 'future.read':
    case 'future.write': {
      checkCopyOptions(canon, element, scope);
      return core(copied === 'stream' ? 'i32,i32,i32' : 'i32,i32', 'i32');
    }
    case 'stream.cancel-read':
    case 'stream.cancel-write':
    case 'future.cancel-read':
    case 'future.cancel-write':
      if (canon.async) throw scope.progress.unsupported(`the built-in async ${copied}.${name}`);
      return core('i32', 'i32');
    default:
      return core('i32', '');
  }
}

function checkCopyOptions(
  canon: Extract<CopyCanon, { options: unknown }>,
  element: ResolvedValue | undefined,
  scope: Scope,
): void {
  const options = resolveCanonOptions(canon.options, scope);
  const reads = canon.kind.endsWith('read');
  refuseOptions(canon.kind, canon.options, { scope, allowed: ['memory', 'realloc', 'async'] });
  if (element !== undefined) needMemory(options, scope);
  if (reads && element?.layout.pointers && options.realloc === undefined) {
    throw scope.progress.invalid('canonical option `realloc` is required');
  }
  if (!options.async) throw scope.progress.unsupported(`the built-in ${canon.kind} that blocks`);
}

/** Returns the type of the elements of a stream or future. */
function elementAt(index: number, kind: 'stream' | 'future', scope: Scope): ResolvedValue | undefined {
  const type = scope.typeAt(index);
  if (type.kind !== kind) throw scope.progress.invalid(`type index ${index} is not a ${kind} type`);
  return type.element;
}

function needMemory(options: CanonOptions, scope: Scope): void {
  if (options.memory === undefined) throw scope.progress.invalid('canonical option `memory` is required');
}

const ENCODINGS: readonly string[] = ['utf8', 'utf16', 'latin1+utf16'];

function refuseOptions(
  name: string,
  options: readonly CanonOption[],
  { scope, allowed }: { scope: Scope; allowed: readonly CanonOption['kind'][] },
): void {
  const found = options.find(({ kind }) => !ENCODINGS.includes(kind) && !allowed.includes(kind));
  if (found !== undefined) throw scope.progress.invalid(`cannot specify \`${found.kind}\` on \`${name}\``);
}

function core(params: string, results: string): CoreFuncType {
  const list = (types: string): string[] => (types === '' ? [] : types.split(','));
  return { kind: 'func', params: list(params), results: list(results) };
}
