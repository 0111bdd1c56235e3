import { describe, expect, it } from 'vitest';
import type { InstanceContext } from '../../engine/src/canonical/index.js';
import { Scope, type RuntimeType } from '../../engine/src/link/scope.js';

const CONTEXT = {} as InstanceContext;
const typeOf = (name: string): RuntimeType => ({
  kind: 'value',
  type: { kind: 'enum', names: [name] } as never,
});

describe('Scope', () => {
  it('numbers the items of each sort by themselves', () => {
    const scope = new Scope(undefined, CONTEXT);
    const [a, b] = [typeOf('a'), typeOf('b')];
    scope.add('type', a);
    scope.add('core-instance', {});
    scope.addItem({ sort: 'type', value: b });
    expect([scope.get('type', 0), scope.get('type', 1)]).toEqual([a, b]);
    expect(scope.item('type', 1)).toEqual({ sort: 'type', value: b });
    expect(scope.get('core-instance', 0)).toEqual({});
  });

  it('reaches the scopes around it, and not beyond the outermost', () => {
    const outer = new Scope(undefined, CONTEXT);
    const middle = new Scope(outer, CONTEXT);
    const inner = new Scope(middle, CONTEXT);
    expect([0, 1, 2, 3].map((count) => inner.outer(count))).toEqual([inner, middle, outer, outer]);
  });
});
