import type { LiftSpec, CoreFunction } from '../canonical/index.js';
import { MAX_FLAT_PARAMS, MAX_FLAT_RESULTS } from '../component/index.js';
import type { AsyncCallable } from './caller.js';
import { Task, type TaskSpec } from './task.js';
import { Values } from './values.js';

/**
 * Makes an async function of a core function (specification: `canon_lift`).
 * @param callback `undefined` if it is lifted without the option `async`: it returns its result itself
 */
export function liftTask(spec: LiftSpec, callback: CoreFunction | undefined): AsyncCallable {
  const { params, result } = spec.type;
  const task: TaskSpec = {
    ...spec,
    callback,
    params: new Values(
      params.map(({ type }) => type),
      MAX_FLAT_PARAMS,
    ),
    result: new Values(
      result === undefined ? [] : [result],
      callback === undefined ? MAX_FLAT_RESULTS : MAX_FLAT_PARAMS,
    ),
  };
  return (caller) => new Task(task, caller);
}
