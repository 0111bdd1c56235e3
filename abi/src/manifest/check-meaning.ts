import { parseCapability } from '../capability.js';
import type { CarrierKind } from '../carrier-kind.js';
import { PluginError, type Problem } from '../errors.js';
import { memberPath } from '../json-schema/index.js';
import { resolveLimits } from '../limits.js';
import { pathProblem } from '../package/index.js';
import { isRange, isVersion } from '../version/index.js';
import { checkConfigSchema } from './check-config-schema.js';
import type { WrittenManifest } from './manifest-from.js';

/** Checks rules that a schema cannot express: ranges, capabilities, limits, paths, and relations between properties. */
export function checkMeaning(manifest: WrittenManifest): Problem[] {
  return [
    ...checkVersions(manifest),
    ...checkRanges(manifest),
    ...checkPermissions(manifest),
    ...checkLimits(manifest),
    ...checkEntries(manifest),
    ...(manifest.config === undefined ? [] : checkConfigSchema(manifest.config.schema, '$.config.schema')),
  ];
}

/**
 * Checks two rules of versions that the schema's pattern cannot express: numbers are at most 2^53 - 1, and those in a
 * pre-release have no leading zero.
 */
function checkVersions(manifest: WrittenManifest): Problem[] {
  const { version, world } = manifest;
  const lists = ['interfaces', 'idempotent', 'extensionPoints'] as const;
  const named = [
    ['$.world', world],
    ...lists.flatMap((list) => manifest[list].map((name, index) => [`$.${list}[${index}]`, name])),
  ];
  const versions = [
    { path: '$.version', value: version, text: version },
    ...named.map(([path = '', value = '']) => ({ path, value, text: value.split('@')[1] })),
  ];
  return versions.flatMap(({ path, value, text }) =>
    text === undefined || isVersion(text)
      ? []
      : [{ path, value, message: `must have a semantic version such as "1.2.3" or "1.2.3-beta.4"` }],
  );
}

function checkRanges({ id, abi, engine, state, dependencies }: WrittenManifest): Problem[] {
  const ranges = new Map<string, string>([
    ['$.abi', abi],
    ['$.engine', engine],
  ]);
  if (state !== undefined) ranges.set('$.state.versions', state.versions);
  const found: Problem[] = [];
  for (const [name, given] of Object.entries(dependencies)) {
    const path = memberPath('$.dependencies', name);
    if (typeof given === 'string') ranges.set(path, given);
    else ranges.set(`${path}.range`, given.range);
    if (name === id) found.push({ path, value: given, message: 'is the plugin itself' });
  }
  for (const [path, value] of ranges) {
    if (isRange(value)) continue;
    found.push({ path, value, message: 'must be a range of versions such as "^1.2.0", ">=1 <3" or "*"' });
  }
  return found;
}

function checkPermissions({ permissions }: WrittenManifest): Problem[] {
  return permissions.flatMap(({ capability }, index) =>
    complaint(`$.permissions[${index}].capability`, capability, () => parsePermission(capability)),
  );
}

/** Refuses permissions with a path on the host: that is the host's choice. */
function parsePermission(text: string): void {
  const capability = parseCapability(text);
  if (capability.kind !== 'fs' || capability.hostPath === undefined) return;
  const reason = 'only a grant may have "::" in it';
  throw new PluginError('WP_CAPABILITY', `Cannot read the capability: ${reason}`, { reason });
}

/** Limits of a manifest may only lower those of a host, which is not known yet: only their syntax is checked here. */
function checkLimits({ limits }: WrittenManifest): Problem[] {
  return Object.entries(limits).flatMap(([name, value]) =>
    complaint(memberPath('$.limits', name), value, () =>
      resolveLimits({ [name]: value }, { source: '$.limits' }),
    ),
  );
}

/** Runs a parser and returns its complaint. */
function complaint(path: string, value: unknown, parse: () => unknown): Problem[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (!PluginError.is(error)) throw error;
    const message = error.reason;
    return [{ path, value, message }];
  }
}

function checkEntries({ carrier, entry, platforms, fallbacks }: WrittenManifest): Problem[] {
  const found: Problem[] = [];
  const check = (path: string, kind: CarrierKind, value: string): void => {
    const reason = kind === 'rpc' && isAddress(value) ? undefined : pathProblem(value);
    if (reason !== undefined) found.push({ path, value, message: reason });
  };
  if (entry !== undefined) check('$.entry', carrier, entry);
  for (const [index, each] of platforms.entries())
    check(`$.platforms[${index}].entry`, carrier, each.entry as string);
  for (const [index, each] of fallbacks.entries())
    check(`$.fallbacks[${index}].entry`, each.carrier, each.entry);
  if (entry === undefined && platforms.length === 0) {
    found.push({
      path: '$.entry',
      value: undefined,
      message: 'is missing: a path inside the plugin, or give "platforms"',
    });
  }
  if (carrier === 'wasm' && platforms.length > 0) {
    found.push({
      path: '$.platforms',
      value: platforms,
      message: 'is for native entries: a component runs on every machine',
    });
  }
  return found;
}

/** Returns true for an address such as `unix:/run/x.sock` or `nats://host`, false for a path. */
export function isAddress(entry: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/.test(entry);
}
