import { StateError } from '@wasm-plugin/abi';
import { satisfies } from '@wasm-plugin/abi/version';
import type { SavedState } from './saved-state.js';

/** The target of a migration. */
export interface MigrationTarget {
  readonly version: string;
  readonly schema: number;
  /** Returns the state of the new version before it has taken one over. */
  template(): Uint8Array;
}

/**
 * A way of the host to turn one state format into another. Exact pair: both versions are named. Range: `from.versions` is
 * one. Formats alone: only the schemas are named.
 */
export interface Migration {
  readonly from: {
    readonly schema: number;
    /** A range of versions that wrote it. @default any */
    readonly versions?: string;
  };
  readonly to: {
    readonly schema: number;
    /** The version that it writes for. @default any that has the schema */
    readonly version?: string;
  };
  /** Cost, by any measure: of two paths the cheaper one is taken. @default 1 */
  readonly cost?: number;
  /** Turns the bytes; throws if it cannot. */
  migrate(payload: Uint8Array, target: MigrationTarget): Uint8Array;
}

/** The version and format that a state is migrated to. */
export interface StateGoal {
  readonly version: string;
  readonly schema: number;
  /** Tests a state for whether its own `restore` takes it; `undefined` if it does not say. */
  readonly accepts?: ((state: { version: string; schema: number }) => boolean) | undefined;
}

interface Stop {
  version: string;
  schema: number;
  cost: number;
  steps: Migration[];
}

/**
 * Finds how to carry a state: nothing to do if the schema is the goal's own, unless a migration for exactly this pair of
 * versions says otherwise; else the cheapest chain of migrations to the goal's schema; else the cheapest to one that the
 * goal's own `restore` takes.
 * @returns the migrations in order; `undefined` if there is no way, and the goal's own `restore` has to decide
 */
export function migrationPath(
  migrations: readonly Migration[],
  from: { version: string; schema: number },
  goal: StateGoal,
): Migration[] | undefined {
  const pair = migrations.find(
    (migration) =>
      takes(migration, from) && migration.to.schema === goal.schema && migration.to.version === goal.version,
  );
  if (pair !== undefined) return [pair];
  if (from.schema === goal.schema) return [];
  // No way begins here: told without a search, since this runs while calls wait.
  if (!migrations.some((migration) => takes(migration, from)))
    return goal.accepts?.(from) === true ? [] : undefined;
  const direct = cheapestDirect(migrations, from, goal);
  if (direct !== undefined) return [direct];
  const stops = reachable(migrations, from);
  const exact = stops.find(({ schema }) => schema === goal.schema);
  return (exact ?? stops.find((stop) => goal.accepts?.(stop) === true))?.steps;
}

/**
 * Turns a state into the format of a new version.
 * @throws {StateError} WP_STATE if a migration throws, or returns no bytes
 */
export function migrateState(
  state: SavedState,
  migrations: readonly Migration[],
  target: MigrationTarget,
): SavedState {
  let carried = state;
  for (const { from, to, migrate } of migrations) {
    const payload = attempt(() => migrate(carried.payload, target), { from, to, plugin: state.plugin });
    const version = to.version ?? (to.schema === target.schema ? target.version : carried.version);
    carried = { ...carried, payload, version, schema: to.schema };
  }
  return carried;
}

/** One migration that no chain can be cheaper than. The usual case, and found in no time. */
function cheapestDirect(
  migrations: readonly Migration[],
  from: { version: string; schema: number },
  goal: StateGoal,
): Migration | undefined {
  let direct: Migration | undefined;
  let least = Infinity;
  for (const migration of migrations) {
    const { cost = 1 } = migration;
    least = Math.min(least, cost);
    if (migration.to.schema !== goal.schema || !takes(migration, from)) continue;
    if (direct === undefined || cost < (direct.cost ?? 1)) direct = migration;
  }
  return direct !== undefined && (direct.cost ?? 1) <= least * 2 ? direct : undefined;
}

/** Every stop that can be reached, the cheapest first (Dijkstra). */
function reachable(migrations: readonly Migration[], from: { version: string; schema: number }): Stop[] {
  const open: Stop[] = [{ ...from, cost: 0, steps: [] }];
  const done = new Map<string, Stop>();
  for (;;) {
    open.sort((a, b) => a.cost - b.cost || a.steps.length - b.steps.length);
    const stop = open.shift();
    if (stop === undefined) return [...done.values()];
    const key = `${stop.schema}@${stop.version}`;
    if (done.has(key)) continue;
    done.set(key, stop);
    for (const migration of migrations) {
      if (!takes(migration, stop)) continue;
      const { schema, version = stop.version } = migration.to;
      open.push({
        schema,
        version,
        cost: stop.cost + (migration.cost ?? 1),
        steps: [...stop.steps, migration],
      });
    }
  }
}

function takes({ from }: Migration, state: { version: string; schema: number }): boolean {
  return (
    from.schema === state.schema && (from.versions === undefined || satisfies(state.version, from.versions))
  );
}

function attempt(
  work: () => Uint8Array,
  { from, to, plugin }: Pick<Migration, 'from' | 'to'> & { plugin: string },
): Uint8Array {
  const what = `Cannot migrate the state of "${plugin}" from schema ${from.schema} to ${to.schema}`;
  let payload: unknown;
  try {
    payload = work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StateError(`${what}: ${reason}`, { plugin, cause: error });
  }
  if (payload instanceof Uint8Array) return payload;
  throw new StateError(`${what}: the migration must return a Uint8Array`, { plugin });
}
