import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach } from 'vitest';
import { BIN, plainEnvironment } from './run-cli.js';

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
});

/** A `wasm-plugin dev` that runs. */
export interface Dev {
  /** Everything it has printed. */
  text(): string;
  /** Waits until it prints something, after what was waited for before. */
  until(pattern: RegExp): Promise<string>;
  /** Ends it as Ctrl+C does. */
  stop(): Promise<number | null>;
}

/** Starts `wasm-plugin dev` in a process; it ends with the test. */
export function startDev(
  path: string,
  args: readonly string[] = [],
  {
    terminal = false,
    bin = BIN,
    env: more = {},
  }: { terminal?: boolean; bin?: string; env?: NodeJS.ProcessEnv } = {},
): Dev {
  const words = [process.execPath, bin, 'dev', path, ...args];
  const env = { ...plainEnvironment(), TERM: 'xterm', ...more };
  const inTerminal = `stty cols 300 && exec ${words.map((word) => `'${word}'`).join(' ')}`;
  const running = terminal
    ? spawn('script', ['-qefc', inTerminal, '/dev/null'], { env })
    : spawn(words[0] as string, words.slice(1), { env });
  child = running;
  if (!terminal) running.stdin.end();
  let [text, at] = ['', 0];
  const waiting = new Set<() => void>();
  for (const stream of [running.stdout, running.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const look of waiting) look();
    });
  }
  return {
    text: () => text,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(text.slice(at));
          if (found === null) return;
          at += found.index + found[0].length;
          waiting.delete(look);
          resolve(found[0]);
        };
        waiting.add(look);
        running.once('close', () => reject(new Error(`It ended, and had printed:\n${text}`)));
        look();
      }),
    async stop() {
      if (terminal) running.stdin.write('\u0003');
      else running.kill('SIGINT');
      const [code] = (await once(running, 'close')) as [number | null];
      return code;
    },
  };
}
