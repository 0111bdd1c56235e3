import type { MeteredFacts, MeteredModule } from '../metered-module.js';
import type { Verdict } from './meter-limits.js';
import { quotaErrorFrom } from './quota-error.js';

type Callable = (...values: unknown[]) => unknown;

/** The functions of a meter by which instances are made and called. */
export interface CallControl {
  readonly verdict: Verdict | undefined;
  admit(metered: MeteredFacts): Verdict | undefined;
  attach(metered: MeteredFacts, instance: WebAssembly.Instance): void;
  start(metered: MeteredFacts, instance: WebAssembly.Instance): void;
  beginCall(): void;
  endCall(): void;
  pause(): void;
  resume(): void;
}

/** An instance of a metered module, and the exports of the guest. */
export interface MeteredInstance {
  readonly instance: WebAssembly.Instance;
  /** The guest's exports; each function is held to the limits, see `Meter.instantiate`. */
  readonly exports: Readonly<Record<string, WebAssembly.ExportValue>>;
}

/**
 * Informs a meter of calls into the guest and out of it. A call from outside begins and ends a call of the meter; a call from
 * within an import is part of the call in progress. The guest's clock stands while an import runs.
 */
export class CallBoundary {
  readonly #meter: CallControl;
  /** The number of imports on the stack. */
  #imports = 0;

  constructor(meter: CallControl) {
    this.#meter = meter;
  }

  /** Makes an instance and runs its start function. Throws as `Meter.instantiate` does. */
  async instantiate(metered: MeteredModule, imports: WebAssembly.Imports): Promise<MeteredInstance> {
    const meter = this.#meter;
    const refused = meter.admit(metered);
    if (refused !== undefined) throw quotaErrorFrom(refused);
    const { instance } = await WebAssembly.instantiate(metered.bytes, this.#wrapImports(imports));
    meter.attach(metered, instance);
    if (metered.names.start !== undefined) this.#callGuest(() => meter.start(metered, instance));
    return { instance, exports: this.#wrapExports(metered, instance) };
  }

  #wrapImports(imports: WebAssembly.Imports): WebAssembly.Imports {
    return mapValues(imports, (module) =>
      mapValues(module, (value) =>
        typeof value === 'function'
          ? (...values: unknown[]) => this.#callHost(() => (value as Callable)(...values))
          : value,
      ),
    );
  }

  #wrapExports(metered: MeteredFacts, instance: WebAssembly.Instance): MeteredInstance['exports'] {
    const privatePrefix = metered.names.hook.slice(0, -'hook'.length);
    const own = Object.entries(instance.exports).filter(([name]) => !name.startsWith(privatePrefix));
    return mapValues(Object.fromEntries(own), (value) =>
      typeof value === 'function'
        ? (...values: unknown[]) => this.#callGuest(() => (value as Callable)(...values))
        : value,
    );
  }

  #callGuest<Result>(run: () => Result): Result {
    const meter = this.#meter;
    const isNested = this.#imports > 0;
    if (isNested) meter.resume();
    else meter.beginCall();
    let result: Result;
    try {
      result = run();
    } catch (cause) {
      this.#leaveGuest(isNested);
      throw meter.verdict === undefined ? cause : quotaErrorFrom(meter.verdict, { cause });
    }
    this.#leaveGuest(isNested);
    if (meter.verdict !== undefined) throw quotaErrorFrom(meter.verdict);
    return result;
  }

  #leaveGuest(isNested: boolean): void {
    if (isNested) this.#meter.pause();
    else this.#meter.endCall();
  }

  #callHost<Result>(run: () => Result): Result {
    this.#meter.pause();
    this.#imports++;
    try {
      return run();
    } finally {
      this.#imports--;
      this.#meter.resume();
    }
  }
}

function mapValues<From, To>(
  values: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  const mapped = Object.create(null) as Record<string, To>;
  for (const [name, value] of Object.entries(values)) mapped[name] = map(value);
  return mapped;
}
