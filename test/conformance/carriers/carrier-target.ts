import { LIMITS, type Carrier, type LimitName, type Limits } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import { wasm } from '#internals';
import { library } from '@wasm-plugin/native-bridge';
import { missingCompiler } from '../../native-bridge/compile-c.js';
import { componentOf, libraryOf, type Subject } from './subjects.js';

/** Imports of a plugin from the host. */
export type TargetImports = Record<string, Record<string, (...args: never[]) => unknown>>;

/** A carrier that is held to the suite. */
export interface CarrierTarget {
  /** The folder of its cases. */
  name: string;
  /** Reason for which it cannot run here. */
  missing: string | undefined;
  /** True if a plugin's faults stay within the plugin. */
  contains: boolean;
  /** Reason why it carries no resources. @default it does */
  noResources?: string;
  /** Makes the carrier. A carrier that takes no imports by instance has these. */
  create(options: { limits: Limits; imports: TargetImports }): Carrier;
  bytesOf(subject: Subject): Promise<Uint8Array>;
  /** Ends everything that it has started for its cases. */
  close?(): Promise<void>;
}

/** The carriers of this process and of its children. */
export const LOCAL_TARGETS: readonly CarrierTarget[] = [
  {
    name: 'wasm inline',
    missing: undefined,
    contains: true,
    create: ({ limits }) => wasm(createEngine({ limits }), { owns: true }),
    bytesOf: componentOf,
  },
  {
    name: 'wasm in a thread',
    missing: undefined,
    contains: true,
    noResources: 'objects do not cross to another thread',
    create: ({ limits, imports }) => inThreads(limits, imports),
    bytesOf: componentOf,
  },
  {
    name: 'library in a child',
    missing: missingCompiler(),
    contains: true,
    noResources: 'the native ABI has no resources',
    create: () => library({ stopMs: 500 }),
    bytesOf: libraryOf,
  },
  {
    name: 'library in process',
    missing: missingCompiler(),
    contains: false,
    noResources: 'the native ABI has no resources',
    create: () => library({ unsafeInProcess: true }),
    bytesOf: libraryOf,
  },
];

/** Components in threads of their own, whose imports are those of the engine. */
function inThreads(limits: Limits, imports: TargetImports): Carrier {
  const engine = createEngine({ isolation: 'worker', limits, imports });
  return {
    kind: 'wasm',
    calls: 'async',
    enforces: new Set(Object.keys(LIMITS) as LimitName[]),
    limits: engine.limits,
    async load({ id, entry, files }, context) {
      const plugin = await engine.load(await files.read(entry), { name: id, limits: context.limits });
      return {
        size: plugin.size,
        instantiate: ({ onEnd }) => plugin.instantiate(onEnd === undefined ? {} : { onEnd }),
        close: () => plugin.close(),
      };
    },
    close: () => engine.close(),
  };
}
