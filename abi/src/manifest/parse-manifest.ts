import { ManifestError } from '../errors.js';
import { checkValue, copyJson, deepFreeze, fillDefaults, violation } from '../json-schema/index.js';
import { checkMeaning } from './check-meaning.js';
import { MANIFEST_SCHEMA } from './manifest-schema.js';
import type { Manifest } from './manifest.js';
import { manifestFrom, type WrittenManifest } from './manifest-from.js';
import { readJson } from './read-json.js';

/**
 * Reads a manifest: JSON text, or the value of one.
 * @param source what is read, for messages, e.g. the path of the file
 * @throws {ManifestError} WP_MANIFEST with every problem: its JSON path, the value, and what is allowed
 */
export function parseManifest(given: unknown, source = 'plugin.json'): Manifest {
  const from = `the manifest ${JSON.stringify(source)}`;
  const { value, problems } = copyJson(typeof given === 'string' ? readJson(given, from) : given);
  if (problems.length === 0) problems.push(...checkValue(MANIFEST_SCHEMA, value));
  if (problems.length > 0) throw new ManifestError(from, { problems });
  const written = fillDefaults(MANIFEST_SCHEMA, value) as WrittenManifest;
  const meant = checkMeaning(written).map(({ path, value: at, message }) =>
    violation(path, at, 'meaning', message),
  );
  if (meant.length > 0) throw new ManifestError(from, { problems: meant, plugin: written.id });
  return deepFreeze(manifestFrom(written));
}
