import { PluginError } from '@wasm-plugin/abi';
import { satisfies } from '@wasm-plugin/abi/version';
import type { Dependency } from '@wasm-plugin/abi/manifest';
import type { PluginPackage } from './plugin-package.js';

/** A plugin that is to be loaded, and what it is linked with. */
export interface PlannedPlugin {
  /** The id, or `id@version` for a version beside another. */
  readonly name: string;
  readonly package: PluginPackage;
  readonly dependencies: { readonly name: string; readonly optional: boolean }[];
  /** Whether it runs already, so that nothing is to be done. */
  readonly runs: boolean;
  /** Optional dependencies that it has to do without. */
  readonly skipped: { readonly id: string; readonly reason: string }[];
}

/** What a plan is made from. */
export interface PlanSource {
  /** What runs under a name, or is chosen to: it is not replaced. */
  current(name: string): PluginPackage | undefined;
  runs(name: string): boolean;
  /** What a plugin that runs is linked with, by name. */
  links(name: string): readonly string[];
  /** The highest version in a range. */
  highest(id: string, range: string): PluginPackage | undefined;
  versions(id: string): readonly string[];
  isDisabled(id: string): boolean;
}

/**
 * Plans what has to be loaded for some plugins, dependencies first. A dependency whose range the version under its plain
 * id does not satisfy gets a version of its own, beside it. An optional dependency that cannot be had is skipped.
 * @throws {PluginError} WP_DEPENDENCY for what is missing or disabled, and for a cycle, as a path `a → b → a`
 */
export function planLoad(
  wanted: readonly { name: string; package: PluginPackage }[],
  source: PlanSource,
): PlannedPlugin[] {
  const run: Run = {
    source,
    wanted: new Map(wanted.map((each) => [each.name, each.package])),
    planned: new Map(),
    path: new Map(),
    followed: new Set(),
  };
  for (const { name, package: pkg } of wanted) visit(name, pkg, run);
  return [...run.planned.values()];
}

interface Run {
  source: PlanSource;
  wanted: ReadonlyMap<string, PluginPackage>;
  /** In the order in which they can be loaded. */
  planned: Map<string, PlannedPlugin>;
  /** From a wanted plugin down to where the plan stands. */
  path: Map<string, PluginPackage>;
  /** Plugins that run and whose links were looked at. */
  followed: Set<string>;
}

function visit(name: string, pkg: PluginPackage, run: Run): void {
  if (run.planned.has(name)) return;
  refuseCycle(name, [...run.path.keys()]);
  const runs = run.source.runs(name);
  if (runs) visitLinks(name, [...run.path.keys()], run);
  const planned: PlannedPlugin = { name, package: pkg, dependencies: [], skipped: [], runs };
  run.path.set(name, pkg);
  for (const dependency of runs ? [] : pkg.manifest.dependencies) {
    if (dependency.optional) tryVisit(planned, dependency, run);
    else planned.dependencies.push({ name: visitDependency(name, dependency, run), optional: false });
  }
  run.path.delete(name);
  run.planned.set(name, planned);
}

function refuseCycle(name: string, path: readonly string[]): void {
  if (!path.includes(name)) return;
  const cycle = [...path.slice(path.indexOf(name)), name].join(' → ');
  throw refusal(path[0] as string, `there is a cycle of dependencies: ${cycle}`);
}

/** What runs is left as it is, but may lead back to a plugin that runs in another version so far. */
function visitLinks(name: string, path: readonly string[], run: Run): void {
  for (const link of run.source.links(name)) {
    refuseCycle(link, [...path, name]);
    if (run.followed.has(link)) continue;
    run.followed.add(link);
    visitLinks(link, [...path, name], run);
  }
}

/** What was planned for an optional dependency that fails is taken back. */
function tryVisit(planned: PlannedPlugin, dependency: Dependency, run: Run): void {
  const { size } = run.planned;
  const path = new Map(run.path);
  try {
    planned.dependencies.push({ name: visitDependency(planned.name, dependency, run), optional: true });
  } catch (error) {
    if (!PluginError.is(error)) throw error;
    for (const name of [...run.planned.keys()].slice(size)) run.planned.delete(name);
    run.path = path;
    planned.skipped.push({ id: dependency.id, reason: error.message });
  }
}

function visitDependency(name: string, { id, range }: Dependency, run: Run): string {
  const { source } = run;
  if (source.isDisabled(id)) throw refusal(name, `it needs "${id}", which is disabled`);
  const current =
    run.planned.get(id)?.package ?? run.path.get(id) ?? run.wanted.get(id) ?? source.current(id);
  const main = current ?? source.highest(id, range);
  if (main !== undefined && satisfies(main.manifest.version, range)) {
    visit(id, main, run);
    return id;
  }
  const other = source.highest(id, range);
  if (other === undefined) {
    const versions = source.versions(id);
    const there = versions.length === 0 ? 'there is none' : `there is ${versions.join(', ')}`;
    throw refusal(name, `it needs "${id}" ${range}; ${there}`);
  }
  const beside = `${id}@${other.manifest.version}`;
  visit(beside, other, run);
  return beside;
}

function refusal(name: string, reason: string): PluginError {
  return new PluginError('WP_DEPENDENCY', `Cannot load "${name}": ${reason}`, { plugin: name });
}
