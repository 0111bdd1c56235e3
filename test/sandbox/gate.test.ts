import { parseCapability, type Capability, type CapabilityError } from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../engine/src/sandbox/gate.js';

const capabilities = (texts: readonly string[]): Capability[] => texts.map((text) => parseCapability(text));

function gate({ asks, grants }: { asks: string[]; grants: string[] }) {
  const heard: CapabilityError[] = [];
  const state = { grants: capabilities(grants), nowMs: 0 };
  const made = new Gate({
    plugin: 'eq',
    permissions: capabilities(asks),
    grants: () => state.grants,
    onDenied: (error) => heard.push(error),
    now: () => state.nowMs,
  });
  return { gate: made, heard, state };
}

const [CLOCK] = capabilities(['clock']) as [Capability];
const variable = (name: string): Capability => parseCapability(`env:${name}`);

describe('Gate.lacking()', () => {
  it.each([
    ['nobody', ['clock'], ['clock'], undefined],
    ['the manifest', [], ['clock'], 'manifest'],
    ['the host', ['clock'], [], 'host'],
    ['both, the manifest first', [], [], 'manifest'],
  ])('says that %s lacks it', (_, asks, grants, lacking) => {
    const { gate: made, heard } = gate({ asks, grants });
    expect([made.lacking(CLOCK), made.lacking(CLOCK)]).toEqual([lacking, lacking]);
    expect([made.denials, heard]).toEqual([[], []]);
  });

  it('reads the grants at each request', () => {
    const { gate: made, state } = gate({ asks: ['clock'], grants: ['clock'] });
    expect(made.lacking(CLOCK)).toBeUndefined();
    state.grants = [];
    expect(made.lacking(CLOCK)).toBe('host');
    state.grants = [CLOCK];
    expect(made.lacking(CLOCK)).toBeUndefined();
  });

  it('decides beyond what it keeps', () => {
    const { gate: made } = gate({ asks: ['env:A*'], grants: ['env:A*'] });
    for (let number = 0; number < 1100; number++) made.lacking(variable(`B${number}`));
    expect([made.lacking(variable('A1')), made.lacking(variable('B1099'))]).toEqual([undefined, 'manifest']);
  });
});

describe('Gate.allows() and demand()', () => {
  it('let through what is granted', () => {
    const { gate: made, heard } = gate({ asks: ['clock'], grants: ['clock'] });
    expect(made.allows(CLOCK)).toBe(true);
    expect(() => made.demand(CLOCK)).not.toThrow();
    expect([made.denials, heard]).toEqual([[], []]);
  });

  it('allows() notes a refusal, and tells of it once', () => {
    const { gate: made, heard } = gate({ asks: ['clock'], grants: [] });
    expect([made.allows(CLOCK), made.allows(CLOCK)]).toEqual([false, false]);
    expect(made.denials).toEqual(heard);
    expect(heard).toEqual([
      expect.objectContaining({
        code: 'WP_CAPABILITY',
        capability: 'clock',
        lacking: 'host',
        plugin: 'eq',
        instanceUsable: true,
      }),
    ]);
  });

  it('demand() throws, and tells of it each time, as each ends an instance', () => {
    const { gate: made, heard } = gate({ asks: [], grants: [] });
    for (let times = 0; times < 2; times++)
      expect(() => made.demand(CLOCK)).toThrow(
        expect.objectContaining({ lacking: 'manifest', instanceUsable: false }),
      );
    expect([heard.length, made.denials.length]).toEqual([2, 1]);
  });

  it('keeps 64 refusals, and tells of others once a second', () => {
    const { gate: made, heard, state } = gate({ asks: [], grants: [] });
    const refuse = (from: number, to: number): void => {
      for (let number = from; number < to; number++) made.allows(variable(`A${number}`));
    };
    refuse(0, 64);
    expect([made.denials.length, heard.length]).toEqual([64, 64]);
    refuse(64, 100);
    expect([made.denials.length, heard.length]).toEqual([64, 65]);
    state.nowMs = 999;
    refuse(100, 110);
    expect(heard.length).toBe(65);
    state.nowMs = 1000;
    refuse(110, 120);
    expect(heard.length).toBe(66);
  });
});
