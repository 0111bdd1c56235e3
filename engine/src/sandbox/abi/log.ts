import { textArgument } from '../argument.js';
import type { Gate } from '../gate.js';
import { limitLog, LOG_LEVELS, markLimited, type LogLevel } from './limit-log.js';

/** Log of a plugin with `log`. */
export interface LogOptions {
  /** Takes a line. An error that it throws ends the instance. */
  sink: (level: LogLevel, message: string) => unknown;
  /** Lines that matter less are dropped, and count for nothing. @default 'trace' */
  level?: LogLevel;
  /** Milliseconds that only go forward, for lines a second. @default the clock of the sandbox */
  now?: () => number;
}

/**
 * The interface `wasm-plugin:abi/log`. Lines over the limit are dropped, see `limitLog`. It has no way to refuse: without
 * `log` a call ends the instance.
 * @param options.now milliseconds that only go forward
 */
export function logImports(
  gate: Gate,
  options: { log: LogOptions | undefined; linesPerSecond: number; now: () => number },
): Record<string, unknown> {
  const { log, linesPerSecond, now } = options;
  const write = limitLog((level, message) => void log?.sink(level, message), {
    linesPerSecond,
    now,
    level: log?.level,
  });
  return {
    'wasm-plugin:abi/log': {
      log: markLimited((level, message) => {
        gate.demand({ kind: 'log' });
        if (!LOG_LEVELS.includes(level)) throw new TypeError('Cannot log: there is no such level');
        write(level, textArgument(message, 'message'));
      }, linesPerSecond),
    },
  };
}
