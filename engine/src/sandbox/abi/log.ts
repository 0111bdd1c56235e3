import { textArgument } from '../argument.js';
import type { Gate } from '../gate.js';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;

/** How much a line matters, least first. */
export type LogLevel = (typeof LEVELS)[number];

/** What a plugin with `log` writes to. */
export interface LogOptions {
  /** Takes a line. What it throws ends the instance. */
  sink: (level: LogLevel, message: string) => unknown;
  /** Lines that matter less are dropped, and count for nothing. @default 'trace' */
  level?: LogLevel;
  /** Milliseconds that only go forward, for lines a second. @default the clock of the sandbox */
  now?: () => number;
}

/**
 * The interface `wasm-plugin:abi/log`. Lines over the limit are dropped; how many is said once the second is over. It has no
 * way to refuse: without `log` a call ends the instance.
 * @param options.now milliseconds that only go forward
 */
export function logImports(
  gate: Gate,
  options: { log: LogOptions | undefined; linesPerSecond: number; now: () => number },
): Record<string, unknown> {
  const { log, linesPerSecond, now } = options;
  const least = LEVELS.indexOf(log?.level ?? 'trace');
  let second = -Infinity;
  let lines = 0;
  return {
    'wasm-plugin:abi/log': {
      log(level: LogLevel, message: string): void {
        gate.demand({ kind: 'log' });
        const rank = LEVELS.indexOf(level);
        if (rank < 0) throw new TypeError('Cannot log: there is no such level');
        if (rank < least) return;
        const at = now();
        if (at - second >= 1000) {
          const dropped = lines - linesPerSecond;
          second = at;
          lines = 0;
          if (dropped > 0) {
            log?.sink(
              'warn',
              `${dropped} lines were dropped: at most ${linesPerSecond} a second are allowed`,
            );
          }
        }
        if (++lines <= linesPerSecond) log?.sink(level, textArgument(message, 'message'));
      },
    },
  };
}
