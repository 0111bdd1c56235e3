/** As much of a line is kept before it is shown all the same. */
const MOST_CHARACTERS = 16_384;

/** Makes a function that takes text piece by piece, and hands on whole lines; `end` hands on the rest. */
export function lineWriter(write: (line: string) => void): { take(text: string): void; end(): void } {
  let rest = '';
  return {
    take(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() as string;
      for (const line of lines) write(line);
      if (rest.length <= MOST_CHARACTERS) return;
      write(rest);
      rest = '';
    },
    end() {
      if (rest !== '') write(rest);
      rest = '';
    },
  };
}
