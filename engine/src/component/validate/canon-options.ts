import type { CanonOption, CoreFuncType } from '../model.js';
import type { Scope } from './scope.js';

/** The options of a canonical definition, each at most once. */
export interface CanonOptions {
  encoding?: 'utf8' | 'utf16' | 'latin1+utf16';
  memory?: number;
  realloc?: number;
  postReturn?: CoreFuncType;
  async?: true;
  callback?: CoreFuncType;
}

/** @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED */
export function resolveCanonOptions(options: readonly CanonOption[], scope: Scope): CanonOptions {
  const { progress } = scope;
  const result: CanonOptions = {};
  const once = (present: boolean, name: string): void => {
    if (present) throw progress.invalid(`canonical option \`${name}\` is specified more than once`);
  };
  for (const option of options) {
    switch (option.kind) {
      case 'memory':
        once(result.memory !== undefined, 'memory');
        checkMemory(option.memory, scope);
        result.memory = option.memory;
        break;
      case 'realloc':
        once(result.realloc !== undefined, 'realloc');
        result.realloc = option.func;
        break;
      case 'post-return':
        once(result.postReturn !== undefined, 'post-return');
        result.postReturn = scope.coreFuncAt(option.func);
        break;
      case 'async':
        once(result.async !== undefined, 'async');
        result.async = true;
        break;
      case 'callback':
        once(result.callback !== undefined, 'callback');
        result.callback = scope.coreFuncAt(option.func);
        break;
      default:
        if (result.encoding !== undefined) {
          throw progress.invalid(
            `canonical encoding option \`${result.encoding}\` conflicts with option \`${option.kind}\``,
          );
        }
        result.encoding = option.kind;
    }
  }
  checkRealloc(result, scope);
  return result;
}

function checkMemory(index: number, scope: Scope): void {
  const memory = scope.at(scope.coreMemories, index, 'memory');
  if (memory.index64) throw scope.progress.unsupported('a 64-bit memory as canonical option');
  if (memory.shared) {
    throw scope.progress.invalid('canonical option `memory`: mismatch in the shared flag for memories');
  }
}

function checkRealloc(options: CanonOptions, scope: Scope): void {
  if (options.realloc === undefined) return;
  if (options.memory === undefined) {
    throw scope.progress.invalid('canonical option `realloc` requires `memory` to also be specified');
  }
  const func = scope.coreFuncAt(options.realloc);
  if (func.params.join() !== 'i32,i32,i32,i32' || func.results.join() !== 'i32') {
    throw scope.progress.invalid(
      'canonical option `realloc` uses a core function with an incorrect signature',
    );
  }
}
