import { Snapshots } from '#internals';
import { describe, expect, it } from 'vitest';

const stateOf = (savedAt: number, bytes = 1) => ({
  plugin: 'eq',
  version: '1.0.0',
  schema: 1,
  abi: '0.1.0',
  savedAt,
  payload: new Uint8Array(bytes),
});

describe('Snapshots', () => {
  it('list() gives the newest first, and keeps as many as are allowed', () => {
    const snapshots = new Snapshots({ now: () => 0 }, { count: 2 });
    for (const savedAt of [1, 2, 3]) snapshots.add(stateOf(savedAt));
    expect(snapshots.list().map((state) => state.savedAt)).toEqual([3, 2]);
    expect(snapshots.latest?.savedAt).toBe(3);
    snapshots.clear();
    expect(snapshots.latest).toBeUndefined();
  });

  it('add() drops the oldest where all are too large together, and a state that is too large alone', () => {
    const snapshots = new Snapshots({ now: () => 0 }, { bytes: 10 });
    for (const savedAt of [1, 2, 3]) snapshots.add(stateOf(savedAt, 5));
    expect(snapshots.list().map((state) => state.savedAt)).toEqual([3, 2]);
    snapshots.add(stateOf(4, 11));
    expect(snapshots.list()).toEqual([]);
  });

  it('list() leaves out those that are too old', () => {
    let now = 0;
    const snapshots = new Snapshots({ now: () => now }, { maxAgeMs: 100 });
    snapshots.add(stateOf(1));
    now = 60;
    snapshots.add(stateOf(2));
    now = 120;
    expect(snapshots.list().map((state) => state.savedAt)).toEqual([2]);
  });
});
