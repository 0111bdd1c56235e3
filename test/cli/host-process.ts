import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { BIN, plainEnvironment } from './run-cli.js';

/** A line of `wasm-plugin host --json`. */
export type HostLine = { readonly event: string; readonly [key: string]: unknown };

/** A `wasm-plugin host` that runs. */
export interface HostProcess {
  readonly child: ChildProcess;
  /** Every line that was printed. */
  readonly lines: readonly HostLine[];
  /** Waits for a line, after the last one that was waited for. */
  until(fits: (line: HostLine) => boolean): Promise<HostLine>;
  /** Ends it, and waits for that. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `wasm-plugin host FILE --json`. */
export function startHost(file: string): HostProcess {
  const child = spawn(process.execPath, [BIN, 'host', file, '--json'], { env: plainEnvironment() });
  const lines: HostLine[] = [];
  const waiting = new Set<() => void>();
  let [at, errors] = [0, ''];
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(JSON.parse(text) as HostLine);
    for (const look of waiting) look();
  });
  return {
    child,
    lines,
    until: (fits) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const index = lines.findIndex((line, each) => each >= at && fits(line));
          if (index < 0) return;
          at = index + 1;
          waiting.delete(look);
          resolve(lines[index] as HostLine);
        };
        waiting.add(look);
        child.once('close', () => reject(new Error(`It ended: ${errors}\n${JSON.stringify(lines)}`)));
        look();
      }),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null) return child.exitCode;
      child.kill(signal);
      const [code] = (await once(child, 'close')) as [number | null];
      return code;
    },
  };
}
