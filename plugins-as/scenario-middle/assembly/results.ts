/** Scenario `results`: each answer is the subject's. */
import { Place, Problem, Reason } from './bindings/exported-results';
import * as inner from './bindings/results';
import { err, ok, Result, Unit } from './bindings/wit';

function place(x: inner.Place): Place {
  return new Place(x.line, x.column);
}

export function text(x: f32): Result<f32, string> {
  return inner.text(x);
}
export function named(x: f32): Result<f32, Reason> {
  const it = inner.named(x);
  return it.isOk ? ok<f32, Reason>(it.value) : err<f32, Reason>(<Reason>(<i32>it.error));
}
export function placed(x: f32): Result<f32, Place> {
  const it = inner.placed(x);
  return it.isOk ? ok<f32, Place>(it.value) : err<f32, Place>(place(it.error));
}
export function combined(x: f32): Result<f32, Problem> {
  const it = inner.combined(x);
  if (it.isOk) return ok<f32, Problem>(it.value);
  return err<f32, Problem>(
    it.error.tag == inner.ProblemTag.Reason
      ? Problem.reason(<Reason>(<i32>it.error.asReason))
      : Problem.place(place(it.error.asPlace)),
  );
}
export function empty(x: u32): Result<u32, Unit> {
  return inner.empty(x);
}
export function nested(x: u32): Result<Result<Unit, string>, string> {
  return inner.nested(x);
}
