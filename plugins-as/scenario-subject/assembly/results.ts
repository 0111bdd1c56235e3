/** Scenario `results`. */
import { Place, Problem, Reason } from './bindings/results';
import { done, err, fail, ok, Result, unit, Unit } from './bindings/wit';

export function text(x: f32): Result<f32, string> {
  return x == 0 ? err<f32, string>('zero') : ok<f32, string>(x);
}
export function named(x: f32): Result<f32, Reason> {
  return x == 0 ? err<f32, Reason>(Reason.Second) : ok<f32, Reason>(x);
}
export function placed(x: f32): Result<f32, Place> {
  return x == 0 ? err<f32, Place>(new Place(420, 0)) : ok<f32, Place>(x);
}
export function combined(x: f32): Result<f32, Problem> {
  if (x == 0) return err<f32, Problem>(Problem.place(new Place(420, 0)));
  return x == 1 ? err<f32, Problem>(Problem.reason(Reason.Third)) : ok<f32, Problem>(x);
}
export function empty(x: u32): Result<u32, Unit> {
  return x == 0 ? err<u32, Unit>(unit) : ok<u32, Unit>(x);
}
export function nested(x: u32): Result<Result<Unit, string>, string> {
  if (x == 0) return err<Result<Unit, string>, string>('outer');
  return ok<Result<Unit, string>, string>(x == 1 ? fail<string>('inner') : done<string>());
}
