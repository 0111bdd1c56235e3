import { type Capability } from '@wasm-plugin/abi';
import type { DeterministicClock } from './deterministic.js';
import type { Gate } from './gate.js';
import type { HostClock } from './host-clock.js';
import { HOST_ONLY } from './host-only.js';
import { Pollable } from './io/index.js';
import type { Waiter } from './waiter.js';

const CLOCK: Capability = { kind: 'clock' };
const NS_PER_S = 1_000_000_000n;

/**
 * The interfaces of `wasi:clocks`. They have no way to refuse: without `clock` a call ends the instance, unless there is a clock
 * for those that lack it.
 */
export function clockImports(
  gate: Gate,
  { waiter, ungranted }: { waiter: Waiter; ungranted: DeterministicClock | undefined },
): Record<string, unknown> {
  /** The clock of the machine, or `undefined` for the other one. */
  const granted = (): HostClock | undefined => {
    if (ungranted !== undefined && gate.lacking(CLOCK) !== undefined) return undefined;
    gate.demand(CLOCK);
    return waiter.clock;
  };
  const now = (): bigint => (granted() ?? (ungranted as DeterministicClock)).monotonicNs();
  const timer = (dueNs: bigint): Pollable => {
    const clock = granted();
    if (clock !== undefined)
      return new Pollable(HOST_ONLY, { ready: () => clock.monotonicNs() >= dueNs, dueNs }, waiter);
    const ready = (): boolean => {
      ungranted?.goOnTo(dueNs);
      return true;
    };
    return new Pollable(HOST_ONLY, { ready, dueNs: 0n }, waiter);
  };
  return {
    'wasi:clocks/monotonic-clock@0.2.0': {
      now,
      resolution(): bigint {
        granted();
        return 1000n;
      },
      subscribeInstant: timer,
      subscribeDuration: (durationNs: bigint) => timer(now() + durationNs),
    },
    'wasi:clocks/wall-clock@0.2.0': {
      now() {
        const ns = (granted() ?? (ungranted as DeterministicClock)).wallNs();
        return { seconds: ns / NS_PER_S, nanoseconds: Number(ns % NS_PER_S) };
      },
      resolution() {
        granted();
        return { seconds: 0n, nanoseconds: 1000 };
      },
    },
  };
}
