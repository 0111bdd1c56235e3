import { ManifestError } from '../errors.js';
import {
  checkValue,
  copyJson,
  deepFreeze,
  fillDefaults,
  OutOfSteps,
  StepBudget,
  violation,
  type Violation,
} from '../json-schema/index.js';
import { checkMeaning } from './check-meaning.js';
import type { Manifest } from './manifest.js';
import { manifestFrom, type WrittenManifest } from './manifest-from.js';
import { MANIFEST_SCHEMA } from './manifest-schema.js';
import { readJson } from './read-json.js';

/**
 * Reads a manifest: JSON text, or its parsed value.
 * @param source name for messages, e.g. the path of the file
 * @throws {ManifestError} WP_MANIFEST with every problem: its JSON path, the value, and the allowed values
 * @example
 * const { id, carrier } = parseManifest({ id: 'acme.eq', name: 'EQ', version: '1.0.0', world: 'acme:eq/eq', entry: 'eq.wasm' });
 * console.log(id, carrier); // prints: acme.eq wasm
 */
export function parseManifest(given: unknown, source = 'plugin.json'): Manifest {
  const from = `the manifest ${JSON.stringify(source)}`;
  const { value, problems } = copyJson(typeof given === 'string' ? readJson(given, from) : given);
  const [written, wrong] = problems.length > 0 ? [value, problems] : checkedAgainstSchema(value);
  if (wrong.length > 0) throw new ManifestError(from, { problems: wrong });
  const meant = checkMeaning(written as WrittenManifest).map(({ path, value: at, message }) =>
    violation(path, at, 'meaning', message),
  );
  if (meant.length > 0)
    throw new ManifestError(from, { problems: meant, plugin: (written as WrittenManifest).id });
  return deepFreeze(manifestFrom(written as WrittenManifest));
}

/** Steps for the largest manifest that `copyJson` lets through, checked against every branch of the schema. */
const MOST_STEPS = 5_000_000;

/** Fills in the defaults of a manifest and returns it with its violations. */
function checkedAgainstSchema(value: unknown): [unknown, Violation[]] {
  const budget = new StepBudget(MOST_STEPS);
  try {
    const filled = fillDefaults(MANIFEST_SCHEMA, value, budget);
    return [filled, checkValue(MANIFEST_SCHEMA, filled, { budget, ours: true })];
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    return [value, [violation('$', undefined, 'steps', `${error.message} to check`)]];
  }
}
