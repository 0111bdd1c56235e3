import { covers, formatCapability, type Capability } from '../capability.js';
import type { Manifest } from '../manifest/index.js';
import { highestIn, satisfies, satisfiesAsHost, updateKind, type UpdateKind } from '../version/index.js';
import { takesFrom } from './channel.js';
import { policyProblem, type UpdatePolicy } from './update-policy.js';
import type { StateOf } from './upgrade-path.js';

/** Facts that an update is judged by. The judgement changes nothing. */
export interface UpdateContext {
  /** Versions of this engine and of its ABI. */
  host: { engine: string; abi: string };
  /** @default 'major' */
  policy?: UpdatePolicy;
  /** The channel that the host follows for this plugin. @default 'stable' */
  channel?: string;
  /** Versions there are of other plugins, by id. */
  installed?: ReadonlyMap<string, readonly string[]>;
  /** Plugins that need this one. */
  dependents?: readonly { id: string; range: string; optional: boolean }[];
  /** Capabilities that the host grants the plugin. */
  grants?: readonly Capability[];
  /** Returns true if the host has a migration from one state format to another. */
  canMigrate?: (from: StateOf, to: StateOf) => boolean;
  /** Describes the fault of the present configuration under the schema of the new version; `undefined` if it is valid. */
  configProblem?: (to: Manifest) => string | undefined;
}

/** Rules of the judgement. */
export type UpdateRuleName =
  | 'id'
  | 'policy'
  | 'channel'
  | 'engine'
  | 'abi'
  | 'world'
  | 'dependency'
  | 'dependent'
  | 'permission'
  | 'state'
  | 'config';

/** One reason against an update, or something to know about it. */
export interface UpdateFinding {
  rule: UpdateRuleName;
  /** For people, e.g. `"acme.chain" needs "acme.eq" ^1.0.0`. */
  message: string;
}

/** Judgement of an update, with every reason for a refusal, not only the first. */
export interface UpdateVerdict {
  readonly allowed: boolean;
  readonly kind: UpdateKind;
  readonly problems: readonly UpdateFinding[];
  /** Findings that do not prevent the update. */
  readonly warnings: readonly UpdateFinding[];
}

/** Judges an update from one version of a plugin to another, before anything is touched. */
export function updateVerdict(from: Manifest, to: Manifest, context: UpdateContext): UpdateVerdict {
  const problems: UpdateFinding[] = [];
  const warnings: UpdateFinding[] = [];
  const refuse = (rule: UpdateRuleName, message: string | undefined): void => {
    if (message !== undefined) problems.push({ rule, message });
  };
  const warn = (rule: UpdateRuleName, message: string): unknown => warnings.push({ rule, message });
  if (from.id !== to.id) refuse('id', `"${to.id}" is another plugin than "${from.id}"`);
  refuse('policy', policyProblem(context.policy ?? 'major', { from: from.version, to: to.version }));
  refuse('channel', channelProblem(to, context.channel ?? 'stable'));
  for (const { rule, message } of hostFindings(to, context.host)) refuse(rule, message);
  if (from.world !== to.world) refuse('world', `the world changes from "${from.world}" to "${to.world}"`);
  for (const each of dependencyFindings(to, context)) {
    if (each.optional) warn('dependency', each.message);
    else refuse('dependency', each.message);
  }
  for (const { id, range, optional } of context.dependents ?? []) {
    if (satisfies(to.version, range)) continue;
    const message = `"${id}" needs "${to.id}" ${range}`;
    if (optional) warn('dependent', message);
    else refuse('dependent', message);
  }
  for (const { capability, required } of newPermissions(from, to)) {
    const text = `"${formatCapability(capability)}" is asked for anew`;
    const granted = (context.grants ?? []).some((grant) => covers(grant, capability));
    if (required && !granted) refuse('permission', `${text} and is not granted`);
    else warn('permission', granted ? `${text} and is granted already` : `${text}, as optional`);
  }
  refuse('state', stateProblem(from, to, context));
  if (from.state !== undefined && to.state === undefined)
    warn('state', 'the new version has no state: the old one is lost');
  refuse('config', context.configProblem?.(to));
  const kind = updateKind(from.version, to.version);
  return { allowed: problems.length === 0, kind, problems, warnings };
}

function channelProblem({ version }: Manifest, channel: string): string | undefined {
  return takesFrom(channel, version) ? undefined : `${version} is not on the channel "${channel}"`;
}

/** Lists the reasons for which a plugin does not run on a host, whether or not it is an update. */
export function hostFindings(manifest: Manifest, host: UpdateContext['host']): UpdateFinding[] {
  const found: UpdateFinding[] = [];
  if (!satisfiesAsHost(host.engine, manifest.engine)) {
    found.push({ rule: 'engine', message: `it needs the engine ${manifest.engine}; this is ${host.engine}` });
  }
  if (!satisfiesAsHost(host.abi, manifest.abi)) {
    found.push({ rule: 'abi', message: `it needs wasm-plugin:abi ${manifest.abi}; this is ${host.abi}` });
  }
  return found;
}

function dependencyFindings(
  to: Manifest,
  { installed }: UpdateContext,
): { message: string; optional: boolean }[] {
  if (installed === undefined) return [];
  return to.dependencies.flatMap(({ id, range, optional }) => {
    const versions = installed.get(id) ?? [];
    if (highestIn(range, versions) !== undefined) return [];
    const there = versions.length === 0 ? 'there is none' : `there is ${versions.join(', ')}`;
    return [{ message: `it needs "${id}" ${range}; ${there}`, optional }];
  });
}

function newPermissions(from: Manifest, to: Manifest): readonly Manifest['permissions'][number][] {
  return to.permissions.filter(
    ({ capability }) => !from.permissions.some((old) => covers(old.capability, capability)),
  );
}

/** Returns the reason for which the state of one version cannot be carried to another; `undefined` if it can. */
function stateProblem(from: Manifest, to: Manifest, { canMigrate }: UpdateContext): string | undefined {
  if (from.state === undefined || to.state === undefined) return undefined;
  const { schema } = from.state;
  const written = { version: from.version, schema };
  if (canMigrate?.(written, { version: to.version, schema: to.state.schema }) === true) return undefined;
  if (!to.state.restores.includes(schema)) {
    return `${to.version} restores the state formats ${to.state.restores.join(', ')}; ${from.version} writes ${schema}, and there is no migration`;
  }
  if (satisfies(from.version, to.state.versions)) return undefined;
  return `${to.version} restores the state of versions ${to.state.versions}, not of ${from.version}`;
}
