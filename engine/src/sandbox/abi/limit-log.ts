/** The names of log levels, those that matter least first. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;

/** Severity of a line. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The function `log` of the interface `wasm-plugin:abi/log`. */
export type LogFunction = (level: LogLevel, message: string) => unknown;

/** Bounds of a log. */
export interface LogLimit {
  linesPerSecond: number;
  /** Milliseconds that only go forward. */
  now: () => number;
  /** Lines that matter less are dropped, and count for nothing. @default 'trace' */
  level?: LogLevel | undefined;
  /** Hears of each message that is dropped for the limit. */
  onDropped?: () => unknown;
}

/** The longest message, in characters; the rest is cut. */
const MOST_MESSAGE = 16 * 1024;

const limited = new WeakMap<LogFunction, number>();

/** Returns the number of lines in a message; stops counting above the limit. */
function linesOf(message: string, most: number): number {
  let count = 1;
  for (let at = message.indexOf('\n'); at >= 0 && count <= most; at = message.indexOf('\n', at + 1)) count++;
  return count;
}

/**
 * Lets at most so many lines a second through, those of one message counted, and says once in a second, as a warning, that others are dropped. A second
 * begins with the first line after the last one.
 */
export function limitLog(log: LogFunction, options: LogLimit): LogFunction {
  const { linesPerSecond, now, onDropped, level: least = 'trace' } = options;
  const leastRank = LOG_LEVELS.indexOf(least);
  let second = -Infinity;
  let lines = 0;
  return markLimited((level, message) => {
    if (LOG_LEVELS.indexOf(level) < leastRank) return undefined;
    const at = now();
    if (at - second >= 1000) {
      second = at;
      lines = 0;
    }
    const text = message.length > MOST_MESSAGE ? `${message.slice(0, MOST_MESSAGE)}…` : message;
    const before = lines;
    lines += linesOf(text, linesPerSecond);
    if (lines <= linesPerSecond) return log(level, text);
    onDropped?.();
    if (before > linesPerSecond) return undefined;
    lines = linesPerSecond + 1;
    return log('warn', `lines are dropped: at most ${linesPerSecond} a second are allowed`);
  }, linesPerSecond);
}

/** Notes that a function lets no more lines through, so that nobody counts them twice. */
export function markLimited(log: LogFunction, linesPerSecond: number): LogFunction {
  limited.set(log, linesPerSecond);
  return log;
}

/** Returns the lines a second that a log function lets through by itself. */
export function linesPerSecondOf(log: LogFunction): number {
  return limited.get(log) ?? Infinity;
}
