import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** An example that runs. */
export interface Program {
  /** Resolves to the first line, from those not asked for so far on, that matches. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Ends it. Returns its exit code. */
  stop(): Promise<number | null>;
}

/** Starts an example as its README says. */
export function startProgram(
  path: string,
  { args = [], env = {} }: { args?: string[]; env?: NodeJS.ProcessEnv } = {},
): Program {
  const child = spawn(process.execPath, [path, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async line(pattern) {
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error(`The example ended without a line like ${pattern}: ${errors}`);
        const found = pattern.exec(value);
        if (found !== null) return found;
      }
    },
    async stop() {
      child.kill('SIGINT');
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}
