import { ABI_VERSION, PluginError } from '@wasm-plugin/abi';
import { compareVersions, satisfies, satisfiesAsHost } from '@wasm-plugin/abi/version';
import { ENGINE_VERSION } from '@wasm-plugin/engine/host';
import type { Registry, Release } from '../registry/index.js';

/** A requirement of a plugin, and its origin. */
interface Constraint {
  readonly range: string;
  /** The plugin that needs it; `undefined`: the user. */
  readonly by: string | undefined;
}

/** Options of `resolve`. */
export interface ResolveOptions {
  /** Ranges that the user asks for, by id. */
  readonly wanted: ReadonlyMap<string, string>;
  /** Versions that are taken if they fit, though there are higher ones or they were yanked. */
  readonly preferred: ReadonlyMap<string, string>;
  readonly registryOf: (id: string) => Registry;
}

/** Most versions to look at: a registry names the dependencies, and could make the search endless. */
const MOST_STEPS = 5000;

/**
 * Finds one version of each wanted plugin and of each dependency, so that all ranges fit: the highest, unless another is
 * preferred. Yanked versions, and those for other engines, are passed over; a pre-release is taken if nothing else fits.
 * @returns the releases, each after its dependencies
 * @throws {PluginError} WP_RESOLVE with the conflicting ranges and the available versions; WP_NOT_FOUND; WP_REGISTRY
 */
export async function resolve(options: ResolveOptions): Promise<Release[]> {
  const search = new Search(options);
  const chosen = await search.run();
  return dependenciesFirst(chosen);
}

type Constraints = ReadonlyMap<string, readonly Constraint[]>;
type Chosen = ReadonlyMap<string, Release>;

class Search {
  readonly #options: ResolveOptions;
  readonly #versions = new Map<string, readonly string[]>();
  readonly #releases = new Map<string, Release>();
  #steps = 0;
  #problem: Error | undefined;

  constructor(options: ResolveOptions) {
    this.#options = options;
  }

  async run(): Promise<Chosen> {
    const constraints = new Map<string, Constraint[]>();
    for (const [id, range] of this.#options.wanted) constraints.set(id, [{ range, by: undefined }]);
    const chosen = await this.#solve(constraints, new Map());
    if (chosen !== undefined) return chosen;
    throw this.#problem ?? new PluginError('WP_RESOLVE', 'Cannot find versions that fit together');
  }

  /** Chooses a version for the next plugin that has none, and goes on with that; `undefined` if no choice works. */
  async #solve(constraints: Constraints, chosen: Chosen): Promise<Chosen | undefined> {
    const next = [...constraints.keys()].find((id) => !chosen.has(id));
    if (next === undefined) return chosen;
    const own = constraints.get(next) as readonly Constraint[];
    const passed: string[] = [];
    for (const version of await this.#candidates(next)) {
      if (!own.every(({ range }) => satisfies(version, range))) continue;
      if (++this.#steps > MOST_STEPS)
        throw new PluginError(
          'WP_RESOLVE',
          `Cannot find versions that fit together within ${MOST_STEPS} tries`,
        );
      const release = await this.#release(next, version);
      const reason = this.#reasonAgainst(release);
      if (reason !== undefined) {
        passed.push(`${version} ${reason}`);
        continue;
      }
      const more = this.#with(constraints, release);
      const broken = [...chosen.values(), release].find(
        (each) => !(more.get(each.id) ?? []).every(({ range }) => satisfies(each.version, range)),
      );
      if (broken !== undefined) {
        this.#problem = await this.#misfit(broken.id, more.get(broken.id) as readonly Constraint[], []);
        continue;
      }
      const found = await this.#solve(more, new Map([...chosen, [next, release]]));
      if (found !== undefined) return found;
    }
    this.#problem ??= await this.#misfit(next, own, passed);
    return undefined;
  }

  #with(constraints: Constraints, { id, version, dependencies }: Release): Constraints {
    const more = new Map(constraints);
    for (const [needed, range] of Object.entries(dependencies))
      more.set(needed, [...(more.get(needed) ?? []), { range, by: `${id} ${version}` }]);
    return more;
  }

  /** The versions of a plugin, best first. */
  async #candidates(id: string): Promise<readonly string[]> {
    let versions = this.#versions.get(id);
    if (versions !== undefined) return versions;
    const registry = this.#options.registryOf(id);
    const all = (await registry.versions(id)).sort((a, b) => compareVersions(b, a));
    if (all.length === 0)
      throw new PluginError('WP_NOT_FOUND', `Cannot find "${id}" in the registry "${registry.name}"`, {
        plugin: id,
      });
    const isPreRelease = (version: string): boolean => version.split('+')[0]?.includes('-') === true;
    const preferred = this.#options.preferred.get(id);
    versions = [
      ...all.filter((version) => version === preferred),
      ...all.filter((version) => version !== preferred && !isPreRelease(version)),
      ...all.filter((version) => version !== preferred && isPreRelease(version)),
    ];
    this.#versions.set(id, versions);
    return versions;
  }

  async #release(id: string, version: string): Promise<Release> {
    const key = `${id}@${version}`;
    const known = this.#releases.get(key);
    if (known !== undefined) return known;
    const release = await this.#options.registryOf(id).release(id, version);
    this.#releases.set(key, release);
    return release;
  }

  #reasonAgainst({ id, version, yanked, engine, abi }: Release): string | undefined {
    if (yanked !== undefined && this.#options.preferred.get(id) !== version) return `was yanked: ${yanked}`;
    if (!satisfiesAsHost(ENGINE_VERSION, engine))
      return `needs the engine ${engine}; this is ${ENGINE_VERSION}`;
    if (!satisfiesAsHost(ABI_VERSION, abi)) return `needs wasm-plugin:abi ${abi}; this is ${ABI_VERSION}`;
    return undefined;
  }

  async #misfit(id: string, constraints: readonly Constraint[], passed: readonly string[]): Promise<Error> {
    const wishes = constraints.map(({ range, by }) => (by === undefined ? range : `${range} (for ${by})`));
    const there = (await this.#candidates(id)).slice(0, 20);
    const why = passed.length === 0 ? '' : `; ${passed.slice(0, 5).join('; ')}`;
    const text = `Cannot find a version of "${id}" that is ${wishes.join(' and ')}: there is ${there.join(', ')}${why}`;
    return new PluginError('WP_RESOLVE', text, { plugin: id });
  }
}

/** Orders releases so that each comes after those that it needs. A cycle is cut where it is met. */
function dependenciesFirst(chosen: Chosen): Release[] {
  const order = new Set<Release>();
  const begun = new Set<string>();
  const visit = (id: string): void => {
    const release = chosen.get(id);
    if (release === undefined || begun.has(id)) return;
    begun.add(id);
    for (const needed of Object.keys(release.dependencies)) visit(needed);
    order.add(release);
  };
  for (const id of chosen.keys()) visit(id);
  return [...order];
}
