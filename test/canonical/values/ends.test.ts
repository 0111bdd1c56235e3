import { describe, expect, it } from 'vitest';
import { CanonicalContext, type Side } from '../../../engine/src/canonical/context.js';
import type { Concurrency } from '../../../engine/src/canonical/concurrency.js';
import { InstanceContext } from '../../../engine/src/canonical/instance-context.js';
import { RootState } from '../../../engine/src/canonical/root-state.js';
import type { CopyType } from '../../../engine/src/canonical/types.js';
import { liftEnd, lowerEnd } from '../../../engine/src/canonical/values/ends.js';

const BYTES: CopyType = { kind: 'stream', element: { kind: 'u8' } };

/** A context whose instance writes down what it is asked for. */
function recorder(side: Side): { cx: CanonicalContext; asked: unknown[] } {
  const asked: unknown[] = [];
  const instance = new InstanceContext(new RootState());
  const concurrency: Concurrency = {
    liftEnd: (...args) => asked.push(['lift', ...args]),
    lowerEnd: (...args) => asked.push(['lower', ...args]),
    takeBackEnd: (index) => asked.push(['take back', index]),
  };
  instance.concurrency = concurrency;
  const cx = new CanonicalContext(instance, {
    memory: undefined,
    realloc: undefined,
    encoding: 'utf8',
    side,
  });
  return { cx, asked };
}

describe('liftEnd() and lowerEnd()', () => {
  it('ask the instance, with the side that the value is for', () => {
    const { cx, asked } = recorder('host');
    liftEnd(cx, BYTES, -1);
    lowerEnd(cx, BYTES, 'a stream');
    expect(asked).toEqual([
      ['lift', BYTES, 0xffff_ffff, true],
      ['lower', BYTES, 'a stream', true],
    ]);
  });

  it('give an end back if a later argument does not fit', () => {
    const { cx, asked } = recorder('host');
    const index = lowerEnd(cx, BYTES, 'a stream');
    cx.instance.takeBack();
    expect(asked.at(-1)).toEqual(['take back', index]);
  });

  it('give nothing back between components', () => {
    const { cx, asked } = recorder('component');
    lowerEnd(cx, BYTES, 'a stream');
    cx.instance.takeBack();
    expect(asked).toEqual([['lower', BYTES, 'a stream', false]]);
  });
});
