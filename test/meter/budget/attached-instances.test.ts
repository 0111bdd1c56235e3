import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { beforeEach, describe, expect, it } from 'vitest';
import { AttachedInstances } from '../../../engine/src/meter/budget/attached-instances.js';
import type { Attached } from '../../../engine/src/meter/budget/attached.js';
import { tableFunctionOf } from '../../../engine/src/meter/budget/hook-trampoline.js';
import { meterModule } from '../../../engine/src/meter/meter-module.js';

const METERED = meterModule(await parse('(module (func (export "f") nop (drop (i32.const 1))))'));
const CODE = new WebAssembly.Module(METERED.bytes);
/** Entering `f`, and its constant. */
const COST = 2;

let instances: AttachedInstances;

beforeEach(() => {
  instances = new AttachedInstances();
});

function add(): Attached & { f: () => void } {
  const instance = new WebAssembly.Instance(CODE);
  (instance.exports[METERED.names.hook] as WebAssembly.Table).set(
    0,
    tableFunctionOf(() => NaN),
  );
  return Object.assign(instances.add(METERED, instance), { f: instance.exports['f'] as () => void });
}

describe('AttachedInstances', () => {
  it('finds an instance, and says whether it is the only one', () => {
    const one = add();
    expect([instances.isSingle, instances.first, instances.find(one.instance)]).toEqual([true, one, one]);
    expect(instances.running).toEqual([one]);
    add();
    expect([instances.isSingle, instances.first, instances.all.length]).toEqual([false, one, 2]);
    expect(instances.find(new WebAssembly.Instance(CODE))).toBeUndefined();
  });

  it('knows which of several run in a call, until the next begins', () => {
    const [one, other] = [add(), add()];
    expect(instances.running).toEqual([one]);
    instances.activate(other);
    instances.activate(other);
    expect(instances.running).toEqual([one, other]);
    instances.beginCall(100);
    expect([instances.running, one.isActive, one.calls]).toEqual([[], false, -1]);
    expect([one.unspent(), other.unspent()]).toEqual([100, 100]);
  });

  it('adds up the fuel of the others, those of this call and if asked for of earlier ones', () => {
    const [one, other] = [add(), add()];
    instances.activate(other);
    for (const each of [one, other]) each.begin(50);
    other.f();
    expect(instances.fuelOfOthers(one, false)).toEqual({ used: COST, earlier: 0, unspent: 50 - COST });
    other.begin(50);
    other.f();
    expect(instances.fuelOfOthers(one, true)).toEqual({ used: COST, earlier: COST, unspent: 50 - COST });
    expect(instances.fuelOfOthers(one, false)).toMatchObject({ earlier: 0 });
    expect(instances.fuelOfOthers(other, true)).toEqual({ used: 0, earlier: 0, unspent: 50 });
    expect(instances.fuelOfAll()).toEqual({ used: COST, earlier: COST });
  });

  it('has no fuel of others where there is one', () => {
    const one = add();
    one.begin(50);
    one.f();
    expect(instances.fuelOfOthers(one, true)).toEqual({ used: 0, earlier: 0, unspent: 0 });
  });

  it('takes back what they hold: all, or the others that run', () => {
    const [one, other] = [add(), add()];
    instances.activate(other);
    for (const each of [one, other]) each.begin(50);
    instances.takeFromOthers(one);
    expect([one.unspent(), other.unspent()]).toEqual([50, 0]);
    instances.takeAll();
    expect([one.unspent(), other.unspent()]).toEqual([0, 0]);
  });

  it('sets what calls begin with, and closes calls that were left open', () => {
    const one = add();
    instances.setSlice(40);
    (one.instance.exports[METERED.names.armed.get('f') as string] as () => void)();
    expect(one.unspent()).toBe(40 - COST);
    instances.settle();
    expect(instances.stackPeak()).toBe(0);
  });

  it('returns the deepest stack of all', () => {
    const peaks = [3, 8, undefined].map((peak) => ({
      stackPeak: peak === undefined ? undefined : () => peak,
    }));
    (instances.all as object[]).push(...peaks);
    expect(instances.stackPeak()).toBe(8);
  });
});
