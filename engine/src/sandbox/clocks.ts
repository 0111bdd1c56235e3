import { type Capability } from '@wasm-plugin/abi';
import type { Gate } from './gate.js';
import { HOST_ONLY } from './host-only.js';
import { Pollable } from './io/index.js';
import type { Waiter } from './waiter.js';

const CLOCK: Capability = { kind: 'clock' };
const NS_PER_S = 1_000_000_000n;

/** The interfaces of `wasi:clocks`. They have no way to refuse: without `clock` a call ends the instance. */
export function clockImports(gate: Gate, waiter: Waiter): Record<string, unknown> {
  const { clock } = waiter;
  const timer = (dueNs: bigint): Pollable =>
    new Pollable(HOST_ONLY, { ready: () => clock.monotonicNs() >= dueNs, dueNs }, waiter);
  return {
    'wasi:clocks/monotonic-clock@0.2.0': {
      now(): bigint {
        gate.demand(CLOCK);
        return clock.monotonicNs();
      },
      resolution(): bigint {
        gate.demand(CLOCK);
        return 1000n;
      },
      subscribeInstant(whenNs: bigint): Pollable {
        gate.demand(CLOCK);
        return timer(whenNs);
      },
      subscribeDuration(durationNs: bigint): Pollable {
        gate.demand(CLOCK);
        return timer(clock.monotonicNs() + durationNs);
      },
    },
    'wasi:clocks/wall-clock@0.2.0': {
      now() {
        gate.demand(CLOCK);
        const ns = clock.wallNs();
        return { seconds: ns / NS_PER_S, nanoseconds: Number(ns % NS_PER_S) };
      },
      resolution() {
        gate.demand(CLOCK);
        return { seconds: 0n, nanoseconds: 1000 };
      },
    },
  };
}
