import { copyFields, type Migration, type SavedState } from '@wasm-plugin/engine/reload';
import { migrateState, migrationPath } from '#internals';
import { describe, expect, it } from 'vitest';

/** A migration that writes its name behind the state. */
function way(name: string, from: Migration['from'], to: Migration['to'], cost?: number): Migration {
  const migrate = (payload: Uint8Array): Uint8Array => Uint8Array.of(...payload, name.charCodeAt(0));
  return { from, to, migrate, ...(cost !== undefined && { cost }) };
}

function stateOf(version: string, schema: number): SavedState {
  return { plugin: 'p', version, schema, abi: '0.1.0', savedAt: 0, payload: new Uint8Array() };
}

function gone(
  migrations: Migration[],
  from: SavedState,
  goal: { version: string; schema: number; accepts?: (state: { schema: number }) => boolean },
): string | undefined {
  const path = migrationPath(migrations, from, goal);
  if (path === undefined) return undefined;
  const { payload, schema, version } = migrateState(from, path, {
    ...goal,
    template: () => new Uint8Array(),
  });
  return `${new TextDecoder().decode(payload)}:${schema}@${version}`;
}

describe('migrationPath()', () => {
  const chain = [
    way('a', { schema: 1 }, { schema: 2 }),
    way('b', { schema: 2 }, { schema: 3 }),
    way('c', { schema: 3 }, { schema: 4 }),
  ];

  it('has nothing to do for the goal’s own schema', () => {
    expect(gone(chain, stateOf('1.0.0', 4), { version: '2.0.0', schema: 4 })).toBe(':4@1.0.0');
  });

  it('prefers a migration for exactly that pair of versions, also within a schema', () => {
    const pair = way('p', { schema: 4, versions: '1.0.0' }, { schema: 4, version: '2.0.0' });
    expect(gone([...chain, pair], stateOf('1.0.0', 4), { version: '2.0.0', schema: 4 })).toBe('p:4@2.0.0');
    expect(gone([...chain, pair], stateOf('1.0.1', 4), { version: '2.0.0', schema: 4 })).toBe(':4@1.0.1');
  });

  it('goes a chain, and the cheapest of several', () => {
    const goal = { version: '4.0.0', schema: 4 };
    expect(gone(chain, stateOf('1.0.0', 1), goal)).toBe('abc:4@4.0.0');
    expect(gone([...chain, way('d', { schema: 1 }, { schema: 4 }, 5)], stateOf('1.0.0', 1), goal)).toBe(
      'abc:4@4.0.0',
    );
    expect(gone([...chain, way('d', { schema: 1 }, { schema: 4 }, 2)], stateOf('1.0.0', 1), goal)).toBe(
      'd:4@4.0.0',
    );
    expect(gone([...chain, way('e', { schema: 2 }, { schema: 4 })], stateOf('1.0.0', 1), goal)).toBe(
      'ae:4@4.0.0',
    );
  });

  it('takes a migration for a range of versions only from those', () => {
    const ranged = [way('r', { schema: 1, versions: '^1.2.0' }, { schema: 2 })];
    expect(gone(ranged, stateOf('1.3.0', 1), { version: '2.0.0', schema: 2 })).toBe('r:2@2.0.0');
    expect(gone(ranged, stateOf('1.1.0', 1), { version: '2.0.0', schema: 2 })).toBeUndefined();
  });

  it('goes to a schema that the plugin restores itself where there is no way to its own', () => {
    const accepts = ({ schema }: { schema: number }): boolean => schema === 3;
    expect(gone(chain, stateOf('1.0.0', 1), { version: '9.0.0', schema: 9, accepts })).toBe('ab:3@1.0.0');
    expect(gone(chain, stateOf('1.0.0', 3), { version: '9.0.0', schema: 9, accepts })).toBe(':3@1.0.0');
    expect(gone(chain, stateOf('1.0.0', 1), { version: '9.0.0', schema: 9 })).toBeUndefined();
  });

  it('does not go in circles', () => {
    const circle = [...chain, way('z', { schema: 3 }, { schema: 1 }, 0)];
    expect(gone(circle, stateOf('1.0.0', 1), { version: '4.0.0', schema: 9 })).toBeUndefined();
  });
});

describe('migrateState()', () => {
  it('says which migration failed', () => {
    const broken = { from: { schema: 1 }, to: { schema: 2 }, migrate: () => 'text' as unknown as Uint8Array };
    const migrate = (): unknown =>
      migrateState(stateOf('1.0.0', 1), [broken], {
        version: '2.0.0',
        schema: 2,
        template: () => new Uint8Array(),
      });
    expect(migrate).toThrow(
      'Cannot migrate the state of "p" from schema 1 to 2: the migration must return a Uint8Array',
    );
  });
});

describe('copyFields()', () => {
  const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const copied = (old: unknown, fresh: unknown): unknown =>
    JSON.parse(new TextDecoder().decode(copyFields(bytes(old), { template: () => bytes(fresh) })));

  it('carries fields of the same name and kind, in objects too, and keeps what is new', () => {
    const old = { gain: 3, name: 'x', gone: true, list: [1, 2], deep: { a: 1, b: 2 }, changed: 'text' };
    const fresh = { gain: 0, name: '', list: [], deep: { b: 0, c: 9 }, changed: 5, added: null };
    const wanted = { gain: 3, name: 'x', list: [1, 2], deep: { b: 2, c: 9 }, changed: 5, added: null };
    expect(copied(old, fresh)).toEqual(wanted);
  });

  it('refuses what is not a JSON object', () => {
    expect(() => copied([1], {})).toThrow('a state must be a JSON object, it is array');
    expect(() => copyFields(Uint8Array.of(0xff), { template: () => bytes({}) })).toThrow(TypeError);
  });

  it('does not let a field named like a prototype through', () => {
    const old = new TextEncoder().encode('{"__proto__":{"polluted":1},"a":1}');
    const carried = copyFields(old, { template: () => bytes({ a: 0, b: {} }) });
    expect(JSON.parse(new TextDecoder().decode(carried))).toEqual({ a: 1, b: {} });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
