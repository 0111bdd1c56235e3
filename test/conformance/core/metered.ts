import { createMeter, meterModule } from '@wasm-plugin/engine/meter';
import type { CoreVariant } from './core-variant.js';

/** More than any script uses, and yet counted. */
const AMPLE = {
  fuel: 1e12,
  fuelTotal: 1e14,
  timeMs: 600_000,
  wallMs: 600_000,
  memoryBytes: 2 ** 44,
  tableElements: 2 ** 40,
};

/** Runs metered modules with ample limits; the instances of a script share one budget. */
export const METERED: CoreVariant = {
  name: 'metered',
  open() {
    const meter = createMeter(AMPLE);
    return {
      prepare(bytes) {
        const metered = meterModule(bytes, { sharedMemories: true, unboundedHeap: true });
        return {
          bytes: metered.bytes,
          started(instance) {
            meter.admit(metered);
            meter.attach(metered, instance);
            meter.start(metered, instance);
          },
        };
      },
      entry: (instance, name) => meter.entry(instance, name),
      beginCall: () => meter.beginCall(),
      orphanExcuse:
        'a failed instantiation has no hook, so what it left in a shared table traps: the engine never enters it',
      settle: () => meter.settle(),
    };
  },
};
