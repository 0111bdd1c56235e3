import { ManifestError } from '../errors.js';
import { copyJson, deepFreeze, violation } from '../json-schema/index.js';
import { checkMeaning } from './check-meaning.js';
import { explainErrors } from './explain-errors.js';
import type { Manifest } from './manifest.js';
import { manifestFrom, type WrittenManifest } from './manifest-from.js';
import { readJson } from './read-json.js';
import { validateManifest } from './validate-manifest.js';

/**
 * Reads a manifest: JSON text, or the value of one.
 * @param source what is read, for messages, e.g. the path of the file
 * @throws {ManifestError} WP_MANIFEST with every problem: its JSON path, the value, and what is allowed
 */
export function parseManifest(given: unknown, source = 'plugin.json'): Manifest {
  const from = `the manifest ${JSON.stringify(source)}`;
  const { value, problems } = copyJson(typeof given === 'string' ? readJson(given, from) : given);
  // The copy is ours: the validator fills in defaults.
  if (problems.length === 0 && !validateManifest(value)) {
    problems.push(...explainErrors(validateManifest.errors ?? [], value));
  }
  if (problems.length > 0) throw new ManifestError(from, { problems });
  const written = value as WrittenManifest;
  const meant = checkMeaning(written).map(({ path, value: at, message }) =>
    violation(path, at, 'meaning', message),
  );
  if (meant.length > 0) throw new ManifestError(from, { problems: meant, plugin: written.id });
  return deepFreeze(manifestFrom(written));
}
