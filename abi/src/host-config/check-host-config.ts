import { parseCapability } from '../capability.js';
import { PluginError, type Problem } from '../errors.js';
import { checkValue, copyJson, deepFreeze, memberPath, violation } from '../json-schema/index.js';
import { resolveLimits } from '../limits.js';
import { isRange } from '../version/index.js';
import type { HostConfig } from './host-config.js';
import { HOST_CONFIG_SCHEMA } from './host-config-schema.js';
import type { PluginSettings } from './plugin-settings.js';

/** A configuration, or why it is none. */
export type CheckedHostConfig =
  | { readonly config: HostConfig; readonly problems: readonly [] }
  | { readonly config: undefined; readonly problems: readonly Problem[] };

/** Checks the configuration of a host. Never throws; each problem has the path of its place. */
export function checkHostConfig(given: unknown): CheckedHostConfig {
  const { value, problems } = copyJson(given);
  const wrong = problems.length > 0 ? problems : checkValue(HOST_CONFIG_SCHEMA, value, { ours: true });
  if (wrong.length > 0) return { config: undefined, problems: wrong };
  const { $schema: _, ...rest } = value as { $schema?: string };
  const config = rest as HostConfig;
  const meant = meaningProblems(config);
  return meant.length > 0
    ? { config: undefined, problems: meant }
    : { config: deepFreeze(config), problems: [] };
}

/** Checks what a schema cannot say: capabilities, limits, ranges, and what belongs together. */
function meaningProblems({ grants, limits, plugins = {}, door }: HostConfig): Problem[] {
  const found = [...capabilityProblems('$.grants', grants), ...limitProblems('$.limits', limits)];
  for (const [id, settings] of Object.entries(plugins)) {
    found.push(...settingsProblems(memberPath('$.plugins', id), settings));
  }
  if (door !== undefined && (door.unix === undefined) === (door.port === undefined))
    found.push(violation('$.door', door, 'meaning', 'must have "unix" or "port", and not both'));
  return found;
}

function settingsProblems(path: string, { grants, limits, version }: PluginSettings): Problem[] {
  const isWrong = version !== undefined && !isRange(version);
  return [
    ...capabilityProblems(`${path}.grants`, grants),
    ...limitProblems(`${path}.limits`, limits),
    ...(isWrong
      ? [violation(`${path}.version`, version, 'meaning', 'must be a range of versions such as "^1.2.0"')]
      : []),
  ];
}

function capabilityProblems(path: string, grants: readonly string[] = []): Problem[] {
  return grants.flatMap((text, index) => complaint(`${path}[${index}]`, text, () => parseCapability(text)));
}

function limitProblems(path: string, limits: object = {}): Problem[] {
  return Object.entries(limits).flatMap(([name, value]) =>
    complaint(memberPath(path, name), value, () =>
      resolveLimits({ [name]: value as unknown }, { source: '$' }),
    ),
  );
}

function complaint(path: string, value: unknown, attempt: () => unknown): Problem[] {
  try {
    attempt();
    return [];
  } catch (error) {
    const reason = PluginError.is(error) ? error.reason : String(error);
    return [violation(path, value, 'meaning', reason)];
  }
}
