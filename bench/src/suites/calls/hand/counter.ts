import type { Counter, Ops } from '../ops.js';
import type { TypesCore, TypesCoreImports } from '../types-core.js';

/** The handles that the guest makes; it is the only one to use them. */
export class CounterHandles {
  readonly #reps: number[] = [0];

  readonly imports: Pick<TypesCoreImports, 'resourceNew' | 'resourceRep' | 'resourceDrop'> = {
    resourceNew: (rep) => this.#reps.push(rep) - 1,
    resourceRep: (handle) => this.rep(handle),
    resourceDrop: (handle) => void (this.#reps[handle] = 0),
  };

  rep(handle: number): number {
    return this.#reps[handle] as number;
  }
}

export function bindCounter(core: TypesCore, handles: CounterHandles): Ops['Counter'] {
  return class implements Counter {
    readonly #rep: number;

    constructor(start: number) {
      this.#rep = handles.rep(core.counterNew(start));
    }

    increment(by: number): number {
      return core.counterIncrement(this.#rep, by) >>> 0;
    }

    value(): number {
      return core.counterValue(this.#rep) >>> 0;
    }
  };
}
