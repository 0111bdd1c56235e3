import { resolveLimits, type CarrierInstance, type Limits } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import type { CarrierTarget, TargetImports } from './carrier-target.js';
import type { Subject } from './subjects.js';

/** A requirement for every carrier. */
export interface CarrierCase {
  name: string;
  /** True if the plugin does things that would end a process. */
  hostile?: boolean;
  /** True if the plugin has resources. */
  hasResources?: boolean;
  /** @throws where the carrier does not */
  run(bench: CarrierBench): Promise<void>;
}

type Functions = Record<string, (...args: unknown[]) => unknown>;

/** A running plugin. Its functions are awaited, so that carriers of both kinds are called alike. */
export interface Running {
  instance: CarrierInstance;
  lifecycle: Functions;
  state: Functions;
  processor: Functions;
  logged: string[];
  /** Number of times that it has reported its end. */
  ends(): number;
}

/** Starts plugins by one carrier for one case, and ends the remaining ones. */
export class CarrierBench {
  readonly target: CarrierTarget;
  readonly #closing: (() => unknown)[] = [];

  constructor(target: CarrierTarget) {
    this.target = target;
  }

  async start(subject: Subject, limits: Limits = {}): Promise<Running> {
    const logged: string[] = [];
    const imports = hostFunctions(logged);
    const carrier = this.target.create({ limits, imports });
    this.#closing.push(() => carrier.close());
    const files = memoryFiles({ plugin: await this.target.bytesOf(subject) });
    const plugin = await carrier.load(
      { id: 'acme.subject', version: '1.0.0', entry: 'plugin', files },
      { limits: resolveLimits(limits) },
    );
    this.#closing.push(() => plugin.close());
    let ends = 0;
    const instance = await plugin.instantiate({ imports, onEnd: () => ends++ });
    this.#closing.push(() => instance.close());
    const { lifecycle, state, processor } = instance.exports as Record<string, Functions | undefined>;
    return {
      instance,
      lifecycle: lifecycle ?? {},
      state: state ?? {},
      processor: processor ?? {},
      logged,
      ends: () => ends,
    };
  }

  /** Has something run at the end. */
  atEnd(close: () => unknown): void {
    this.#closing.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0).toReversed()) await close();
  }
}

/** The interfaces that the host gives. */
export function hostFunctions(logged: string[]): TargetImports {
  return {
    'wasm-plugin:abi/log@0.1.0': { log: (level: string, text: string) => logged.push(`${level} ${text}`) },
    'wasm-plugin:abi/config@0.1.0': { get: () => undefined, keys: () => [] },
  };
}
