import { describe, expect, it } from 'vitest';
import { enterHost, leaveHost, tightestCall } from '../../../engine/src/meter/budget/host-call.js';

const call = (wallMs: number) => ({ wallMs, wallLeftMs: () => wallMs });

describe('tightestCall()', () => {
  it('is none outside of imports', () => {
    expect(tightestCall()).toBeUndefined();
  });

  it('is the one with the least time left, of those whose imports run', () => {
    const [long, short] = [call(500), call(20)];
    enterHost(short);
    enterHost(long);
    expect(tightestCall()).toBe(short);
    leaveHost(long);
    expect(tightestCall()).toBe(short);
    leaveHost(short);
    expect(tightestCall()).toBeUndefined();
  });

  it('forgets calls that began after one that ends', () => {
    const [outer, inner] = [call(500), call(20)];
    enterHost(outer);
    enterHost(inner);
    leaveHost(outer);
    expect(tightestCall()).toBeUndefined();
    leaveHost(inner);
    expect(tightestCall()).toBeUndefined();
  });
});
