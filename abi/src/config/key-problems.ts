import { memberPath, violation, type StepBudget, type Violation } from '../json-schema/index.js';
import type { ConfigValues } from './config-values.js';
import { isMembers } from './settings.js';

/**
 * Lists the members whose names contain a dot. A plugin sees a member of an object as `outer.inner`, so `{"a.b": 1}` and
 * `{"a": {"b": 2}}` would both be the setting `a.b`. In arrays any name will do: an array is one setting.
 * @throws {OutOfSteps} the keys of the settings are too long together
 */
export function keyProblems(values: ConfigValues, budget: StepBudget): Violation[] {
  return [...walk(values, { path: '$', key: '', budget })];
}

interface Place {
  path: string;
  /** The key of the setting so far, with a dot at its end. */
  key: string;
  budget: StepBudget;
}

function* walk(values: ConfigValues, { path, key, budget }: Place): Generator<Violation> {
  for (const [name, value] of Object.entries(values)) {
    const own = key + name;
    budget.spendText(own);
    const at = memberPath(path, name);
    if (name.includes('.')) {
      const message = 'has a name with a dot, which stands between the names of nested settings';
      yield violation(at, undefined, 'name', message);
    }
    if (isMembers(value)) yield* walk(value, { path: at, key: `${own}.`, budget });
  }
}
