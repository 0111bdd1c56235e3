import { Setting } from './bindings/config';
import { done, Result, Unit } from './bindings/wit';

export function init(settings: Setting[]): Result<Unit, string> {
  return done<string>();
}

export function health(): Result<Unit, string> {
  return done<string>();
}

/** Everything is a parameter: there are no settings. */
export function configure(settings: Setting[]): Result<Unit, string> {
  return done<string>();
}
