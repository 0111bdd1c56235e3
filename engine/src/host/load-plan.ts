import { PluginError } from '@wasm-plugin/abi';
import { satisfies } from '@wasm-plugin/abi/version';
import type { Dependency } from '@wasm-plugin/abi/manifest';
import type { PluginPackage } from './plugin-package.js';

/** A plugin to load, and its links. */
export interface PlannedPlugin {
  /** The id, or `id@version` for a version beside another. */
  readonly name: string;
  readonly package: PluginPackage;
  readonly dependencies: { readonly name: string; readonly optional: boolean }[];
  /** True if it runs already, so that nothing is to be done. */
  readonly runs: boolean;
  /** Optional dependencies that it has to do without. */
  readonly skipped: { readonly id: string; readonly reason: string }[];
}

/** The plugins that a plan is made from. */
export interface PlanSource {
  /** The package that runs under a name, or is selected to: it is not replaced. */
  current(name: string): PluginPackage | undefined;
  runs(name: string): boolean;
  /** Names of the plugins that a running plugin is linked with. */
  links(name: string): readonly string[];
  /** The highest version in a range. */
  highest(id: string, range: string): PluginPackage | undefined;
  versions(id: string): readonly string[];
  isDisabled(id: string): boolean;
}

/** More than any host follows for one plugin; a graph that goes back on optional dependencies could take 2^n. */
const MOST_STEPS = 10_000;
const DEEPEST = 500;

/**
 * Plans the loading of some plugins, dependencies first. A dependency whose range the version under its plain id does not
 * satisfy gets a version of its own, beside it. An optional dependency that is not available is skipped.
 * @throws {PluginError} WP_DEPENDENCY for a missing or disabled plugin, for a cycle, as a path `a → b → a`, and for
 * dependencies deeper than 500 levels or longer than 10,000 steps for each wanted plugin
 */
export function planLoad(
  wanted: readonly { name: string; package: PluginPackage }[],
  source: PlanSource,
): PlannedPlugin[] {
  const run: Run = {
    source,
    wanted: new Map(wanted.map((plugin) => [plugin.name, plugin.package])),
    planned: new Map(),
    path: new Map(),
    followed: new Set(),
    stepsLeft: MOST_STEPS * wanted.length,
    highest: new Map(),
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
  stepsLeft: number;
  /** The highest version for an id and a range, so that ranges are not read again with each step. */
  highest: Map<string, PluginPackage | undefined>;
}

function visit(name: string, pkg: PluginPackage, run: Run): void {
  if (run.planned.has(name)) return;
  takeStep(run);
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

function takeStep(run: Run): void {
  const [first = ''] = run.path.keys();
  if (run.path.size > DEEPEST)
    throw refusal(first, `its dependencies are nested deeper than ${DEEPEST} levels`);
  if (--run.stepsLeft >= 0) return;
  throw refusal(first, `its dependencies take more than ${MOST_STEPS} steps to follow`);
}

function refuseCycle(name: string, path: readonly string[]): void {
  if (!path.includes(name)) return;
  const cycle = [...path.slice(path.indexOf(name)), name].join(' → ');
  throw refusal(path[0] as string, `there is a cycle of dependencies: ${cycle}`);
}

/** A running plugin stays as it is, but may depend on a plugin that runs in another version so far. */
function visitLinks(name: string, path: readonly string[], run: Run): void {
  for (const link of run.source.links(name)) {
    refuseCycle(link, [...path, name]);
    if (run.followed.has(link)) continue;
    run.followed.add(link);
    visitLinks(link, [...path, name], run);
  }
}

/** The plan for an optional dependency that fails is taken back. */
function tryVisit(planned: PlannedPlugin, dependency: Dependency, run: Run): void {
  const { size } = run.planned;
  const path = new Map(run.path);
  try {
    planned.dependencies.push({ name: visitDependency(planned.name, dependency, run), optional: true });
  } catch (error) {
    if (!PluginError.is(error) || run.stepsLeft < 0) throw error;
    for (const name of [...run.planned.keys()].slice(size)) run.planned.delete(name);
    run.path = path;
    planned.skipped.push({ id: dependency.id, reason: error.message });
  }
}

function visitDependency(name: string, { id, range }: Dependency, run: Run): string {
  const { source } = run;
  takeStep(run);
  if (source.isDisabled(id)) throw refusal(name, `it needs "${id}", which is disabled`);
  const current =
    run.planned.get(id)?.package ?? run.path.get(id) ?? run.wanted.get(id) ?? source.current(id);
  const highest = highestOf({ id, range }, run);
  const main = current ?? highest;
  if (main !== undefined && (main === highest || satisfies(main.manifest.version, range))) {
    visit(id, main, run);
    return id;
  }
  if (highest === undefined) {
    const versions = source.versions(id);
    const there = versions.length === 0 ? 'there is none' : `there is ${versions.join(', ')}`;
    throw refusal(name, `it needs "${id}" ${range}; ${there}`);
  }
  const beside = `${id}@${highest.manifest.version}`;
  visit(beside, highest, run);
  return beside;
}

function highestOf({ id, range }: Pick<Dependency, 'id' | 'range'>, run: Run): PluginPackage | undefined {
  const key = `${id} ${range}`;
  if (!run.highest.has(key)) run.highest.set(key, run.source.highest(id, range));
  return run.highest.get(key);
}

function refusal(name: string, reason: string): PluginError {
  return new PluginError('WP_DEPENDENCY', `Cannot load "${name}": ${reason}`, { plugin: name });
}
