import { isVersionOf } from '../component/index.js';
import type { HostImports } from '../link/index.js';
import { limitLog, linesPerSecondOf, type LogFunction } from '../sandbox/abi/index.js';

const LOG = 'wasm-plugin:abi/log';

/** Enforces the limit `logLinesPerSecond` for one instance, for a log of any origin, and counts the dropped lines. */
export class LogLimiter {
  readonly #linesPerSecond: number;
  readonly #now: () => number;
  /** Lines that were dropped so far. */
  dropped = 0;

  /** @param now milliseconds that only go forward */
  constructor(linesPerSecond: number, now: () => number) {
    this.#linesPerSecond = linesPerSecond;
    this.#now = now;
  }

  /** Returns imports in which no log takes more lines. One that keeps to the limit by itself stays as it is. */
  limit(imports: HostImports): HostImports {
    const limited: Record<string, unknown> = { ...imports };
    for (const [name, given] of Object.entries(imports)) {
      const log = isVersionOf(name, LOG) ? (given as { log?: unknown } | undefined)?.log : undefined;
      if (typeof log !== 'function' || linesPerSecondOf(log as LogFunction) <= this.#linesPerSecond) continue;
      limited[name] = Object.create(given as object, { log: { value: this.#limited(log as LogFunction) } });
    }
    return limited;
  }

  #limited(log: LogFunction): LogFunction {
    return limitLog(log, {
      linesPerSecond: this.#linesPerSecond,
      now: this.#now,
      onDropped: () => this.dropped++,
    });
  }
}
