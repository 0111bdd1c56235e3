import type { CarrierInstance } from '@wasm-plugin/abi';
import { SYSTEM_CLOCK, type Clock } from './clock.js';
import { checkHealth, startFrom, type Start } from './state/index.js';
import { SafetyNet, type SafetyNetOptions } from './return/index.js';
import type { Exports, ReloadSubject, RunningVersion } from './subject.js';

const CONFIRM = { calls: 1, ms: 1000 } as const;

/**
 * Makes a swap between stand-ins that are no plugins, and the call after it. A swap is rare, so its code is cold: not
 * compiled yet, or out of the processor's caches. The calls that wait for the real one do not wait for that.
 */
export function rehearse(options: SafetyNetOptions): void {
  const old = standIn(1);
  const fresh = standIn(2);
  let current = old;
  let routed: Exports | undefined;
  const subject: ReloadSubject = {
    id: 'rehearsal',
    calls: 'sync',
    current: () => current,
    swap: (next) => void (current = next),
    route: (exports) => void (routed = exports),
    restart: (version) => Promise.resolve(version),
  };
  const carry = { ...options.carry, plugin: subject.id, migrations: MIGRATIONS, clock: TIMELESS };
  const net = new SafetyNet(subject, { ...options, carry, emit: () => undefined });
  void net.getReady(fresh, CONFIRM);
  const start = startFrom({ kind: 'present', version: old }, fresh, carry) as Start;
  net.commit({ old, fresh, start, confirm: CONFIRM });
  checkHealth({ ...fresh.instance, exports: routed ?? fresh.instance.exports });
  net.close();
}

const MIGRATIONS = [
  { from: { schema: 1 }, to: { schema: 2 }, migrate: (payload: Uint8Array): Uint8Array => payload },
];

/** Sets no timers: nobody waits for the end of a rehearsal. */
const TIMELESS: Clock = { ...SYSTEM_CLOCK, after: () => () => undefined };

/** Something that is called as an instance with a state is. */
function standIn(schema: number): RunningVersion {
  const instance: CarrierInstance = {
    exports: {
      'wasm-plugin:abi/state': {
        schema: () => schema,
        serialize: () => new Uint8Array(),
        restore: () => undefined,
      },
      'wasm-plugin:abi/lifecycle': { health: () => undefined },
    },
    state: 'ready',
    death: undefined,
    usage: () => ({ hostCalls: 0 }),
    limitCalls: () => undefined,
    close: () => undefined,
  };
  return { instance, version: `${schema}.0.0` };
}
