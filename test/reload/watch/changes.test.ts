import { describe, expect, it } from 'vitest';
import { Changes } from '../../../engine/src/reload/watch/changes.js';

const content = (files: Record<string, string>): Map<string, string> => new Map(Object.entries(files));
const FIRST = content({ a: '1', b: '1' });
const LATER = content({ a: '2', b: '1', c: '1' });

describe('Changes.since() and take()', () => {
  it('list what is new, changed or gone, and know it from then on', () => {
    const changes = new Changes(FIRST);
    expect(changes.since(FIRST)).toEqual([]);
    expect(changes.since(LATER)).toEqual(['a', 'c']);
    expect(changes.since(content({ a: '1' }))).toEqual(['b']);
    changes.take(['a'], LATER);
    expect(changes.since(LATER)).toEqual(['c']);
    changes.take(['b'], content({}));
    expect(changes.since(content({ a: '2' }))).toEqual([]);
  });

  it('know nothing of a path that was not there', () => {
    expect(new Changes(undefined).since(FIRST)).toEqual(['a', 'b']);
  });
});

describe('Changes.restOf()', () => {
  it('is longer each time that the same files made no difference, at most a minute', () => {
    const changes = new Changes(FIRST);
    const rests = Array.from({ length: 6 }, () => {
      changes.take(['a'], LATER);
      changes.taken(false);
      return changes.restOf(['a']);
    });
    expect(rests).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    expect([changes.restOf(['b']), changes.restOf(['a', 'b'])]).toEqual([0, 0]);
  });

  it('is none again after a difference, and after other files', () => {
    const changes = new Changes(FIRST);
    changes.take(['a'], LATER);
    changes.taken(false);
    changes.take(['a'], LATER);
    changes.taken(true);
    expect(changes.restOf(['a'])).toBe(0);
    changes.take(['a'], LATER);
    changes.taken(false);
    changes.take(['b'], LATER);
    changes.taken(false);
    expect([changes.restOf(['a']), changes.restOf(['b'])]).toEqual([0, 5000]);
  });

  it('comes where a build writes what makes it run again, after a few times', () => {
    const changes = new Changes(FIRST);
    const rests = Array.from({ length: 6 }, (_, round) => {
      const now = content({ a: `${round + 2}`, b: '1' });
      const rest = changes.restOf(['a']);
      changes.take(['a'], now);
      changes.wrote(content({ a: `${round + 3}`, b: '1' }));
      changes.taken(true);
      return rest;
    });
    expect(rests).toEqual([0, 0, 0, 0, 5000, 10_000]);
    expect([changes.restOf(['b']), changes.restOf([])]).toEqual([0, 0]);
  });
});
