import { beforeEach, describe, expect, it } from 'vitest';
import { HandleTable, MAX_HANDLES } from '../../engine/src/canonical/handle-table.js';
import type { ResourceType } from '../../engine/src/canonical/resource-type.js';

const [FILE, SOCKET] = ['file', 'socket'].map((name) => ({ name })) as [ResourceType, ResourceType];

let table: HandleTable;

beforeEach(() => {
  table = new HandleTable();
});

describe('HandleTable.add()', () => {
  it('numbers from 1, and uses freed indices again, last in, first out', () => {
    expect([7, 8, 9].map((rep) => table.add(FILE, rep, true))).toEqual([1, 2, 3]);
    table.remove(1, FILE);
    table.remove(3, FILE);
    expect([table.size, table.add(FILE, 10, true), table.add(FILE, 11, false)]).toEqual([1, 3, 1]);
    expect(table.get(1, FILE)).toMatchObject({ rep: 11, own: false, lends: 0 });
    expect([table.size, table.add(FILE, 12, true)]).toEqual([3, 4]);
  });

  it('ends at the limit of handles that are alive', () => {
    expect(table.limit).toBe(MAX_HANDLES);
    table.limit = 2;
    table.plugin = 'eq';
    table.add(FILE, 1, true);
    table.add(FILE, 2, true);
    expect(() => table.add(FILE, 3, true)).toThrow(
      expect.objectContaining({ code: 'WP_QUOTA_HANDLES', allowed: 2, used: 3, plugin: 'eq' }),
    );
    table.remove(2, FILE);
    expect(table.add(FILE, 4, true)).toBe(2);
  });
});

describe('HandleTable.get()', () => {
  it.each([0, 2, -1, 2 ** 32 - 1])('refuses the index %i, which is none', (index) => {
    table.add(FILE, 1, true);
    expect(() => table.get(index, FILE)).toThrow(`unknown handle index ${index >>> 0}`);
  });

  it('refuses a handle of another type, and one that was removed', () => {
    const index = table.add(FILE, 1, true);
    expect(() => table.get(index, SOCKET)).toThrow('used with the wrong type');
    table.remove(index, FILE);
    expect(() => table.get(index, FILE)).toThrow('unknown handle index 1');
  });
});

describe('HandleTable.remove()', () => {
  it('returns the representation, unless the handle is lent', () => {
    const index = table.add(FILE, 5, true);
    const handle = table.get(index, FILE);
    handle.lends = 1;
    expect(() => table.remove(index, FILE)).toThrow('cannot remove owned resource while borrowed');
    expect(table.size).toBe(1);
    handle.lends = 0;
    expect([table.remove(index, FILE), table.size]).toEqual([5, 0]);
  });

  it('keeps the object for the next handle, which has nothing of the last one', () => {
    const borrow = { borrows: 1 };
    const first = table.get(table.add(FILE, 5, true), FILE);
    const second = table.addBorrow(FILE, 6, borrow);
    table.remove(1, FILE);
    expect(() => table.remove(1, FILE)).toThrow('unknown handle index 1');
    expect(() => table.entry(1)).toThrow('unknown handle index 1');
    table.remove(second, FILE);
    expect([table.add(SOCKET, 7, true), table.add(SOCKET, 8, false)]).toEqual([2, 1]);
    expect(table.get(1, SOCKET)).toBe(first);
    expect(first).toEqual({ type: SOCKET, rep: 8, own: false, lends: 0, scope: undefined });
    expect(table.get(2, SOCKET)).toEqual({ type: SOCKET, rep: 7, own: true, lends: 0, scope: undefined });
    expect([table.size, table.add(FILE, 9, true)]).toEqual([2, 3]);
  });
});
