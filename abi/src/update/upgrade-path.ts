import { compareVersions, satisfies } from '../version/index.js';

/** A version as far as a path needs it: its number, and the state formats that it writes and accepts. */
export interface UpgradeStop {
  readonly version: string;
  readonly state:
    { readonly schema: number; readonly restores: readonly number[]; readonly versions: string } | undefined;
}

/** A state as a migration sees it: who wrote it, or is to read it, and in which format. */
export interface StateOf {
  readonly version: string;
  readonly schema: number;
}

/** One step of a path: how the state comes over. */
export interface UpgradeStep {
  readonly from: string;
  readonly to: string;
  /** The new version restores it as it is, a migration of the host turns it first, or there is none to carry. */
  readonly carry: 'restore' | 'migrate' | 'none';
}

/** Options of `upgradePath`. */
export interface UpgradePathOptions {
  /** Versions there are, both ends included; those outside of the two ends are passed over. */
  readonly available: readonly UpgradeStop[];
  /** Returns true if the host can migrate one state format to another. @default it cannot */
  readonly canMigrate?: (from: StateOf, to: StateOf) => boolean;
}

/**
 * Finds the shortest way from one version up to another on which the state is carried at every step, over versions in
 * between if the last one does not take the first one's state. Of ways of one length, the one over higher versions.
 * @returns the steps, or `undefined` if there is no way
 */
export function upgradePath(
  from: string,
  to: string,
  options: UpgradePathOptions,
): UpgradeStep[] | undefined {
  const stops = options.available
    .filter(({ version }) => compareVersions(version, from) >= 0 && compareVersions(version, to) <= 0)
    .sort((a, b) => compareVersions(b.version, a.version));
  const start = stops.find(({ version }) => version === from);
  if (start === undefined) return undefined;
  const reached = new Map<UpgradeStop, UpgradeStep[]>([[start, []]]);
  for (const [stop, steps] of reached) {
    if (stop.version === to) return steps;
    for (const next of stops) {
      if (reached.has(next) || compareVersions(next.version, stop.version) <= 0) continue;
      const carry = carryBetween(stop, next, options.canMigrate);
      if (carry !== undefined) reached.set(next, [...steps, { from: stop.version, to: next.version, carry }]);
    }
  }
  return undefined;
}

function carryBetween(
  { version, state: old }: UpgradeStop,
  { version: next, state: young }: UpgradeStop,
  canMigrate: UpgradePathOptions['canMigrate'],
): UpgradeStep['carry'] | undefined {
  if (old === undefined || young === undefined) return 'none';
  if (young.restores.includes(old.schema) && satisfies(version, young.versions)) return 'restore';
  const [from, to] = [
    { version, schema: old.schema },
    { version: next, schema: young.schema },
  ];
  return canMigrate?.(from, to) === true ? 'migrate' : undefined;
}
