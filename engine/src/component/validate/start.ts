import type { StartDefinition } from '../model.js';
import type { Scope } from './scope.js';

/**
 * Checks a start definition. Without values, only a function that neither takes nor returns any can be one.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED
 */
export function addStart(start: StartDefinition, scope: Scope): void {
  const { progress } = scope;
  if (scope.hasStart) throw progress.invalid('component cannot have more than one start function');
  scope.hasStart = true;
  const { params, result } = scope.at(scope.funcs, start.func, 'function');
  if (params.length !== start.args.length) {
    throw progress.invalid(
      `component start function requires ${params.length} arguments but was given ${start.args.length}`,
    );
  }
  const results = result === undefined ? 0 : 1;
  if (results !== start.results) {
    throw progress.invalid(
      `component start function has a result count of ${start.results} but the function type has a result count of ${results}`,
    );
  }
  if (params.length + results > 0) throw progress.unsupported('a start function with arguments or results');
}
