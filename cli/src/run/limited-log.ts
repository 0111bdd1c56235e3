/** Writes a line of a plugin's log. */
export type WriteLine = (text: string) => void;

/**
 * Lets at most so many lines a second through, and says once in a second that others are dropped.
 * @param now milliseconds that only go forward
 */
export function limitedLog(write: WriteLine, linesPerSecond: number, now: () => number): WriteLine {
  let second = -Infinity;
  let lines = 0;
  return (text) => {
    const at = now();
    if (at - second >= 1000) {
      second = at;
      lines = 0;
    }
    if (++lines <= linesPerSecond) write(text);
    else if (lines === linesPerSecond + 1)
      write(`more lines were dropped: at most ${linesPerSecond} a second are allowed\n`);
  };
}
