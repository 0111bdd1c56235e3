import { describe, expect, it } from 'vitest';
import { endCodec } from '../../../engine/src/canonical/compose/end-codec.js';
import { FlatReader } from '../../../engine/src/canonical/compose/codec.js';
import { CanonicalContext } from '../../../engine/src/canonical/context.js';
import { InstanceContext } from '../../../engine/src/canonical/instance-context.js';
import { MemoryViews } from '../../../engine/src/canonical/memory-views.js';
import { RootState } from '../../../engine/src/canonical/root-state.js';

/** A context whose instance numbers what it is given, from 7 on, and gives it back by number. */
function context(): CanonicalContext {
  const instance = new InstanceContext(new RootState());
  const values: unknown[] = [];
  instance.concurrency = {
    liftEnd: (_type, index) => values[index - 7],
    lowerEnd: (_type, value) => values.push(value) + 6,
    takeBackEnd: () => undefined,
  };
  const memory = new MemoryViews(new WebAssembly.Memory({ initial: 1 }));
  return new CanonicalContext(instance, { memory, realloc: undefined, encoding: 'utf8', side: 'component' });
}

describe('endCodec()', () => {
  const codec = endCodec({ kind: 'future', element: undefined });

  it('moves an end as a core value', () => {
    const cx = context();
    const flats: (number | bigint)[] = [];
    codec.lower(cx, 'an end', flats);
    expect(flats).toEqual([7]);
    expect(codec.lift(cx, new FlatReader(flats))).toBe('an end');
  });

  it('moves an end through memory', () => {
    const cx = context();
    codec.store(cx, 'an end', 16);
    expect(cx.memory.u32[4]).toBe(7);
    expect(codec.load(cx, 16)).toBe('an end');
  });
});
