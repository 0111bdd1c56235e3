import { describe, expect, it } from 'vitest';
import { appendArmed, appendControls } from '../../../engine/src/meter/append/index.js';
import { appended, moduleFrom } from './appended-module.js';

const TEXT = '(module (func (param i64) (result i64) (local.get 0)))';

async function controls() {
  const { index } = await moduleFrom(TEXT);
  const instance = await appended(TEXT, (appendix, { globals }) => {
    const parts = { appendix, globals, resetFrames: undefined };
    const armed = appendArmed(parts, { index: 0, type: index.functionTypes[0] as number, params: 1 });
    return { ...functionsOf(appendControls(parts)), armed };
  });
  const counter = instance.global('counter');
  const burn = (fuel: number): void => void (counter.value += BigInt(fuel));
  return { ...instance, burn };
}

/** The names of the functions, apart from those of the globals that are exported beside them. */
function functionsOf({ slice, earlier, calls, ...rest }: ReturnType<typeof appendControls>) {
  return { ...rest, setSlice: slice, usedEarlier: earlier, callNumber: calls };
}

describe('appendControls()', () => {
  it('begins a call with fuel, and books the one before', async () => {
    const { call, burn } = await controls();
    call('begin', 100);
    burn(30);
    expect([call('used'), call('unspent'), call('usedEarlier')]).toEqual([30, 70, 0]);
    call('begin', 50);
    expect([call('used'), call('unspent'), call('usedEarlier')]).toEqual([0, 50, 30]);
    burn(60);
    expect([call('used'), call('unspent')]).toEqual([60, -10]);
    expect(call('callNumber')).toBe(2);
  });

  it('exchanges what is left for other fuel, and says what was used', async () => {
    const { call, burn } = await controls();
    call('begin', 100);
    burn(30);
    expect(call('exchange', 7)).toBe(30);
    expect([call('used'), call('unspent')]).toEqual([30, 7]);
    expect(call('exchange', 0)).toBe(30);
    expect([call('used'), call('unspent')]).toEqual([30, 0]);
  });
});

describe('appendArmed()', () => {
  it('begins a call with a fresh slice, unless one is open', async () => {
    const { call, burn, global } = await controls();
    call('setSlice', 500);
    expect(call('armed', 3n)).toBe(3n);
    expect([call('unspent'), call('callNumber'), global('depth').value]).toEqual([500, 1, 0]);
    burn(20);
    call('armed', 3n);
    expect([call('usedEarlier'), call('unspent'), call('callNumber')]).toEqual([20, 500, 2]);
    global('depth').value = 1;
    burn(5);
    call('armed', 3n);
    expect([call('used'), call('unspent'), call('callNumber'), global('depth').value]).toEqual([
      5, 495, 2, 1,
    ]);
    call('settle');
    expect(global('depth').value).toBe(0);
  });
});
