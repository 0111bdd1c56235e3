import { LIMITS, type Carrier, type LimitName, type Limits, type ResolvedLimits } from '@wasm-plugin/abi';
import type { HostImports } from '../link/index.js';
import type { Instance } from '../runtime/index.js';

/** The part of an engine that the carrier needs. */
export interface ComponentLoader {
  /** Limits of every instance. */
  readonly limits: ResolvedLimits;
  load(bytes: Uint8Array, options: { name?: string; limits?: Limits }): Promise<ComponentPlugin>;
  close(): void;
}

/** A component that an engine has loaded. */
export interface ComponentPlugin {
  readonly size: number;
  instantiateAsync(options: {
    imports?: HostImports;
    limits?: Limits;
    onEnd?: () => unknown;
  }): Promise<Instance>;
  close(): void;
}

/**
 * Runs components in an engine of this process. Holds every limit.
 * @param owns whether closing the carrier closes the engine
 */
export function wasm(engine: ComponentLoader, { owns = false } = {}): Carrier {
  return {
    kind: 'wasm',
    calls: 'sync',
    enforces: new Set(Object.keys(LIMITS) as LimitName[]),
    limits: engine.limits,
    async load({ id, entry, files }, { limits }) {
      const plugin = await engine.load(await files.read(entry), { name: id, limits });
      return {
        size: plugin.size,
        instantiate: (options) => plugin.instantiateAsync(options),
        close: () => plugin.close(),
      };
    },
    close: () => (owns ? engine.close() : undefined),
  };
}
